"""What files are taken for, which kinds are allowed there, and why one is refused."""

import dataclasses
import datetime as dt

from yiwang.packs import refusals
from yiwang.packs.text import Text

MEGABYTE = 1024 * 1024

TYPES = {
    "image/jpeg": Text(zh="JPEG 图片", en="JPEG image"),
    "image/png": Text(zh="PNG 图片", en="PNG image"),
    "image/webp": Text(zh="WebP 图片", en="WebP image"),
    "application/pdf": Text(zh="PDF 文件", en="PDF file"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": Text(
        zh="Word 文档（docx）", en="Word document (docx)"
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Text(
        zh="Excel 表格（xlsx）", en="Excel sheet (xlsx)"
    ),
    "text/csv": Text(zh="CSV 表格", en="CSV table"),
    "application/x-ndjson": Text(zh="JSON 行文件", en="JSON lines"),
    "text/plain": Text(zh="纯文本", en="plain text"),
}
"""Kinds with a name. Others are recognised too, but no purpose allows them."""

EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "text/csv": ".csv",
    "application/x-ndjson": ".jsonl",
    "text/plain": ".txt",
}

IMAGES = frozenset({"image/jpeg", "image/png", "image/webp"})


@dataclasses.dataclass(frozen=True, slots=True)
class Purpose:
    """What a file is taken for: the media types allowed and the most bytes."""

    name: str
    types: frozenset[str]
    limit: int


PHOTO = Purpose("photo", IMAGES, 20 * MEGABYTE)
DOCUMENT = Purpose("document", frozenset(TYPES), 50 * MEGABYTE)
TABLE = Purpose("table", frozenset(TYPES) - IMAGES - {"application/pdf"}, 200 * MEGABYTE)


@dataclasses.dataclass(frozen=True, slots=True)
class ImageFacts:
    """What a photo tells of itself: pixels as displayed, position in degrees in its datum, time it was taken."""

    width: int
    height: int
    lon: float | None = None
    lat: float | None = None
    datum: str = ""
    taken_at: dt.datetime | None = None


REASONS = {
    "empty": Text(zh="文件是空的", en="the file is empty"),
    "too-large": Text(zh="文件超过 {limit} MB", en="the file is larger than {limit} MB"),
    "not-allowed": Text(
        zh="不接受此类文件（{found}）；可用：{allowed}",
        en="this kind of file ({found}) is not taken; use: {allowed}",
    ),
    "heic": Text(
        zh="暂不支持 HEIC 图片；请在手机相机设置中选择“兼容性最佳”（JPEG），或转换后再上传",
        en="HEIC images are not supported; set the camera to “Most Compatible” (JPEG) or convert the photo first",
    ),
    "macros": Text(zh="文档含有宏，请去除后再上传", en="the document contains macros; remove them first"),
    "damaged": Text(
        zh="文件已损坏，无法打开：{reason}", en="the file is damaged and cannot be opened: {reason}"
    ),
    "too-many-pixels": Text(
        zh="图片像素过多，最多 {limit} 百万像素", en="the image has too many pixels; at most {limit} million"
    ),
    "inflated": Text(
        zh="文档解压后超过 {limit} MB，不予接受",
        en="the document unpacks to more than {limit} MB and is refused",
    ),
    "no-publication": Text(zh="只有图片可以公开发布", en="only images can be published"),
    "unknown": Text(zh="文件“{value}”不存在", en="there is no stored file “{value}”"),
}


class Refused(refusals.Refusal):
    """A file was not taken; nothing is kept of it."""

    reasons = REASONS
