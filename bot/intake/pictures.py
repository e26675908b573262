"""Pictures, by what they are and not by what they are called."""

import struct
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from bot.intake.refusals import Refusal, RefusedFileError

MAX_PIXELS = 60_000_000
_FORMATS = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "BMP": "bmp", "WEBP": "webp"}
_TORN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, struct.error, EOFError)
_SMALL = (256, 256)
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"RIFF")


def looks_like_picture(content: bytes) -> bool:
    return content.startswith(_BEGINNINGS)


def picture_kind(content: bytes) -> str:
    """Return the extension of a picture, which has been read to its end.

    Raises:
        RefusedFileError: it is no picture that is taken, it is torn, or it has too many pixels.
    """
    try:
        with Image.open(BytesIO(content), formats=tuple(_FORMATS)) as picture:
            return _read_whole(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RefusedFileError(Refusal.TOO_MANY_PIXELS) from None
    except _TORN:
        raise RefusedFileError(Refusal.NOT_A_PICTURE) from None


def _read_whole(picture: Image.Image) -> str:
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise RefusedFileError(Refusal.TOO_MANY_PIXELS)
    kind = _FORMATS[picture.format or ""]
    picture.draft("RGB", _SMALL)  # a JPEG is unpacked at an eighth of its size: a tenth of the work
    picture.load()
    return kind
