"""What a word processor leaves in a text and nobody wrote."""

import re
import unicodedata

_SPACES = re.compile(r"[^\S\n]+")
_NUMBER = re.compile(
    r"^([（(]?)([0-9０-９]{1,3}|[一二三四五六七八九十]{1,3})([)）]?) ?([、.．,，]?) ?(?=\S)"
)
_BULLET = re.compile(r"^[●○•◆◇■□▪▫➢➤✓✔·\uf000-\uf0ff]+ ?")
_BESIDE_MARK = re.compile(r"(?<=[，。；：、！？）》”]) | (?=[，。；：、！？）》”])")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_HALF = str.maketrans("０１２３４５６７８９．", "0123456789.")


def clean(text: str) -> str:
    """Return *text*, one paragraph a line, without indents, blank lines, bullets and the unseen."""
    lines = (_line(line) for line in text.replace("\v", "\n").splitlines())
    return "\n".join(line for line in lines if line)


def _line(line: str) -> str:
    spaced = _SPACES.sub(" ", line)
    seen = "".join(char for char in spaced if unicodedata.category(char) not in _UNSEEN).strip()
    plain = _BESIDE_MARK.sub("", _BULLET.sub("", seen))
    return _NUMBER.sub(_numbered, plain)


def _numbered(found: re.Match[str]) -> str:
    """Write a number at the head of a line the one way: 1. 一、 （一）."""
    opened, number, closed, point = found.groups()
    if not (closed or point):
        return found[0]
    number = number.translate(_HALF)
    if opened or closed:
        return f"（{number}）{'' if point in {'、', ''} else point}" if opened else f"{number}）"
    if number.isdigit():
        return found[0] if point in {",", "，"} else f"{number}{point.translate(_HALF)}"
    return f"{number}{point}" if point in {",", "，", "."} else f"{number}、"
