"""Numbers as people write them: 23, ２３, 二十三, 廿三, 一百零二, 二〇二六, 两万, 贰佰.

Own code, because the library (cn2an) takes longer for one number than a finder of times may take
for a whole text: docs/adr/0008 has the figures.
"""

import re

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLAIN = str.maketrans(
    "壹贰叁肆伍陆柒捌玖拾佰仟兩萬億０１２３４５６７８９",
    "一二三四五六七八九十百千两万亿0123456789",
) | {ord("廿"): "二十", ord("卅"): "三十"}
_LONGEST = 16  # characters; what is longer counts nothing that we keep

_ONE = "[一二三四五六七八九两]"
# Up to 9999. A last digit straight after 百 or 千 counts the next lower unit: 一百二 is 120.
_GAP = "[零〇]?"
_SECTION = re.compile(f"(?:({_ONE})千)?{_GAP}(?:({_ONE})百)?{_GAP}(?:({_ONE}?)十)?{_GAP}({_ONE}?)")
_SHORT = {"百": 10, "千": 100}

# One numeral of either kind. No groups, no anchors: for use inside larger patterns.
NUMERAL = (
    "(?:[0-9０-９]{1,16}万?|[零〇一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟]{1,16})"
)


def number(word: str) -> int | None:
    """Return the whole number that *word* is; None if it is none, or is not well formed."""
    if len(word) > _LONGEST:
        return None
    word = word.translate(_PLAIN)
    if word.isascii():
        return int(word) if word.isdigit() else None
    if all(char in _DIGITS for char in word):
        return int("".join(str(_DIGITS[char]) for char in word))
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = word.partition(unit)
        if found:
            return _large(head, tail, size)
    return _section(word)


def _large(head: str, tail: str, size: int) -> int | None:
    """两万, 两万零三, 两万三 (23,000)."""
    count = number(head) if head else None
    rest = number(tail) if tail else 0
    if count is None or rest is None or tail[:1] in ("十", "百", "千") or (tail.isascii() and tail):
        return None
    return count * size + rest * (size // 10 if len(tail) == 1 else 1)


def _section(word: str) -> int | None:
    found = _SECTION.fullmatch(word)
    if not found:
        return None
    thousands, hundreds, tens, ones = found.groups()
    value = 1000 * _DIGITS.get(thousands, 0) + 100 * _DIGITS.get(hundreds, 0)
    if tens is not None:
        value += 10 * _DIGITS.get(tens, 1)
    return value + _DIGITS.get(ones, 0) * _SHORT.get(word[-2:-1], 1)
