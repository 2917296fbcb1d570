"""One module per identifier: `parse(text)` gives the normal form or raises, `mask(text)` hides it.

The field types stand here too: `from yiwang.kernel.identifiers import logic as identifiers`,
then `identifiers.Uscc` in a pack model and `identifiers.mobile.parse(…)` at intake.
"""

from yiwang.kernel.identifiers.logic import area_code, citizen_id, masking, mobile, plate, uscc
from yiwang.kernel.identifiers.logic.types import AreaCode, CitizenId, Mobile, Plate, Uscc

__all__ = [
    "AreaCode",
    "CitizenId",
    "Mobile",
    "Plate",
    "Uscc",
    "area_code",
    "citizen_id",
    "masking",
    "mobile",
    "plate",
    "uscc",
]
