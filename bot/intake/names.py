"""Names of files as members give them."""

import re
import unicodedata

from bot.intake.refusals import Refusal, RefusedFileError

MAX_NAME = 200
_OF_A_PATH = re.compile(r"[/\\]|^[A-Za-z]:|^\.+$|^$")
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
