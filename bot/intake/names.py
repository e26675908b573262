"""Names of files as members give them."""

import re
import unicodedata
from pathlib import PurePosixPath

from bot.intake.refusals import Refusal, RefusedFileError

MAX_NAME = 200
_OF_A_PATH = re.compile(r"[/\\]|^[A-Za-z]:|^\.+$|^$")
_OTHERS = re.compile(
    r"\.(?:pdf|ofd|xlsx?|et|pptx?|dps|txt|csv|zip|rar|7z|exe|apk|mp3|mp4|mov|avi|heic|tiff?|svg|psd"
    r"|html?)$"
)
_NOT_TO_BE_SEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


def checked_name(name: str) -> str:
    """Return *name* if it is that of a file and of nothing else.

    Raises:
        RefusedFileError: it has parts of a path, or characters that hide what it is.
    """
    plain = name.strip()
    unseen = any(unicodedata.category(char) in _NOT_TO_BE_SEEN for char in plain)
    if unseen or len(plain) > MAX_NAME or _OF_A_PATH.search(plain):
        raise RefusedFileError(Refusal.BAD_NAME)
    return plain


def expected_name(name: str, *, evidence: bool = False) -> str:
    """Return the name of a file that is still to be fetched, if one of that name may be taken.

    As *evidence* a PDF is taken as well.

    Raises:
        RefusedFileError: by its name alone it would be refused.
    """
    plain = checked_name(name)
    suffix = PurePosixPath(plain.lower()).suffix
    if evidence and suffix == ".pdf":
        return plain
    if suffix in {".doc", ".wps", ".dot", ".rtf"}:
        raise RefusedFileError(Refusal.OLD_WORD)
    if suffix in {".docm", ".dotm"}:
        raise RefusedFileError(Refusal.MACROS)
    if _OTHERS.match(suffix):
        raise RefusedFileError(Refusal.NOT_TAKEN)
    return plain
