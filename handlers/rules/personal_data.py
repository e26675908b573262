"""Numbers that belong to a person: identity cards, mobile phones, bank cards.

A hint, not a verdict: a hotline looks like anybody's mobile, and the author knows which it is.
"""

import re
from dataclasses import dataclass
from enum import Enum, unique


@unique
class PersonalKind(Enum):
    IDENTITY = "identity"
    MOBILE = "mobile"
    BANK_CARD = "bank_card"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """A number that was found, from character *start* to before *end*."""

    kind: PersonalKind
    start: int
    end: int


_WIDE = str.maketrans("０１２３４５６７８９Ｘｘ－＋　", "0123456789Xx-+ ")  # one for one
_GAP = r"[ -]?"
_ALONE = r"(?<![0-9A-Za-z.])(?:%s)(?![0-9A-Za-z])(?!\.[0-9])"
_A_QUANTITY = r"(?! ?(?:[余多]?[万亿千百]|元|吨|公斤|千克|平方|立方|千瓦|度电|人次|米|公里))"

_IDENTITY = re.compile(
    _ALONE % r"[1-9][0-9]{5} ?(?:19|20)[0-9]{2}[01][0-9][0-3][0-9] ?[0-9]{3}[0-9Xx]"
)
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.])(?:\+?86[ -]?)?1[3-9][0-9]" + _GAP + r"[0-9]{4}" + _GAP + r"[0-9]{4}"
    r"(?![0-9A-Za-z])(?!\.[0-9])" + _A_QUANTITY
)
_BANK_CARD = re.compile(_ALONE % rf"[3-69](?:{_GAP}[0-9]){{15,18}}")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_TEN = 10


def personal_data(text: str) -> list[PersonalData]:
    """Return the numbers of persons in *text*, in order; none of them overlap."""
    plain = text.translate(_WIDE)
    found: list[PersonalData] = []
    for kind, pattern, holds in _KINDS:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if holds(match[0]) and not any(start < one.end and one.start < end for one in found):
                found.append(PersonalData(kind=kind, start=start, end=end))
    return sorted(found, key=lambda one: one.start)


def masked(kind: PersonalKind, number: str) -> str:
    """Return *number* with only so much of it that its author knows which one is meant."""
    plain = _bare(number.translate(_WIDE))
    if kind is PersonalKind.MOBILE:
        plain = plain[-11:]
    head, tail = (3, 4) if kind is PersonalKind.MOBILE else (4, 4)
    if kind is PersonalKind.IDENTITY:
        head, tail = 3, 2
    return plain[:head] + "*" * (len(plain) - head - tail) + plain[-tail:]


def _bare(number: str) -> str:
    return re.sub(r"[ +-]", "", number)


def _is_identity(number: str) -> bool:
    """Check the last digit by GB 11643."""
    digits = _bare(number).upper()
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return _CHECK_DIGITS[total % len(_CHECK_DIGITS)] == digits[-1]


def _is_card(number: str) -> bool:
    """Check the last digit by Luhn; a run of one digit is no card."""
    digits = [int(digit) for digit in _bare(number)]
    doubled = [digit * 2 - 9 * (digit * 2 >= _TEN) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % _TEN == 0 and len(set(digits)) > 1


_KINDS = (
    (PersonalKind.IDENTITY, _IDENTITY, _is_identity),
    (PersonalKind.BANK_CARD, _BANK_CARD, _is_card),
    (PersonalKind.MOBILE, _MOBILE, bool),
)
