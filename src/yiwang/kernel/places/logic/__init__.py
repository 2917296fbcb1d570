"""Where things are: datums, outlines and the search for the area around a point. Pure; numpy and shapely inside."""

from yiwang.kernel.places.logic import datums, locating, outlines
from yiwang.kernel.places.logic.checking import check_areas, check_outlines

__all__ = ["check_areas", "check_outlines", "datums", "locating", "outlines"]
