"""Pictures: decoded and written anew, so that only what is seen remains (no place, no camera, no tail)."""

import io
import warnings

from PIL import Image, ImageOps

from models.uploads.kinds import IMAGES
from models.uploads.refused import Refused

MOST_PIXELS = 40_000_000
MOST_SIDE = 30_000
QUALITIES = (90, 80, 70)
"""Tried in this order until the picture is no larger than it came."""
MODES = {"jpeg": ("RGB", "L"), "png": ("1", "L", "LA", "I;16", "P", "RGB", "RGBA"), "webp": ("RGB", "RGBA")}


def rewritten(kind: str, data: bytes) -> bytes:
    """The first frame of the picture, upright, without anything that is not picture. Raises `Refused`."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=[IMAGES[kind]]) as picture:
                width, height = picture.size
                if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
                    raise Refused("pixels")
                picture.load()
                seen = _plain(kind, ImageOps.exif_transpose(picture))
                return _written(kind, seen, len(data))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused("pixels") from bomb
    except Refused:
        raise
    except (OSError, ValueError, SyntaxError, IndexError, KeyError, TypeError, EOFError) as wrong:
        raise Refused("damaged") from wrong


def _plain(kind: str, picture: Image.Image) -> Image.Image:
    """The pixels alone, in a mode the format has."""
    mode = picture.mode if picture.mode in MODES[kind] else ("RGBA" if "A" in picture.mode else "RGB")
    if kind == "jpeg" and mode == "RGBA":
        mode = "RGB"
    seen = picture.convert(mode) if picture.mode != mode else picture.copy()
    transparency = picture.info.get("transparency") if seen.mode in ("P", "L", "RGB") else None
    seen.info = {} if transparency is None else {"transparency": transparency}
    return seen


def _written(kind: str, picture: Image.Image, came: int) -> bytes:
    if kind == "png":
        return _saved(picture, "PNG", compress_level=9)
    for quality in QUALITIES:
        content = _saved(picture, IMAGES[kind], quality=quality)
        if len(content) <= came:
            break
    return content


def _saved(picture: Image.Image, form: str, **options: int) -> bytes:
    output = io.BytesIO()
    picture.save(output, form, **options)
    return output.getvalue()
