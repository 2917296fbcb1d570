"""Looking at bytes: what kind of file it is (`sniffing`), what a photo tells (`photos`), and its public form."""

from yiwang.kernel.files.logic import exif, photos, sniffing

__all__ = ["exif", "photos", "sniffing"]
