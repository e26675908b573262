"""What somebody says besides his approval: 可以，但人脸要打码; 同意，下次注意时效."""

from itertools import pairwise

from handlers.kit.meaning import Heard
from handlers.kit.patterns import later
from handlers.reviews.meanings import AGREED_ALONE, AGREEING

_BETWEEN = later(r"[\s,.;:!?~]+|(?=但是?|不过|只是|可是|就是)")
_BUT = later(r"^(?:但是?|不过|只是|可是|就是)[\s,.，、]*")
_SHORTEST = 2


def remark(heard: Heard) -> str:
    """Return the words behind the approval that are none themselves; empty where there are none.

    Of an approval in principle all words are kept, since they are its condition.
    """
    if "原则" in heard.plain:
        return heard.raw.strip(" 。")
    agreed = False
    for start, end in _clauses(heard.plain):
        clause = heard.plain[start:end]
        alone = AGREED_ALONE.search(clause) is not None
        if agreed and not alone and len(clause) >= _SHORTEST:
            return heard.raw[start:].strip(" ，,。.！!")
        agreed = agreed or alone or AGREEING.search(clause) is not None
    return ""


def set_against(said: str) -> str:
    """Return what a remark takes back of the approval before it, without its but; else nothing."""
    but = _BUT.search(said)
    return said[but.end() :] if but else ""


def agrees(said: str) -> bool:
    """Tell whether words that should be a reason say the opposite: 全部同意，全部退回."""
    return AGREED_ALONE.search(said) is not None


def _clauses(plain: str) -> list[tuple[int, int]]:
    cuts = [0, *(at for each in _BETWEEN.finditer(plain) for at in each.span()), len(plain)]
    return [(start, end) for start, end in pairwise(cuts) if plain[start:end].strip(" ,.;:!?~")]
