"""Which files are taken, what they begin with, and what browsers are told of them.

Imported by the child process as well, so it imports nothing that takes long.
"""

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
"""Type → what a browser is told on download."""
IMAGES = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
"""Type of image → what Pillow calls it."""
OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
"""Type of office file → the part without which it is none."""


def begins_like(kind: str, data: bytes) -> bool:
    """Whether the first bytes are those of the type; only then may a parser see the rest."""
    if kind == "pdf":
        return data.startswith(b"%PDF-")
    if kind == "jpeg":
        return data.startswith(b"\xff\xd8\xff")
    if kind == "png":
        return data.startswith(b"\x89PNG\r\n\x1a\n")
    if kind == "webp":
        return data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return kind in OFFICE and data.startswith(b"PK\x03\x04")
