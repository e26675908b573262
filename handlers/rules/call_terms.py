"""What a call for drafts asks for, as it is said: 各2篇, 800字左右, 权重2; and what draft fits it.

Times and units are read elsewhere; here is what is particular to a call.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_PIECES = re.compile(r"(?:各|每(?:个科室|科室|家|科)?)\s?(?P<n>[1-5一二两三四五])\s?[篇条份个]")
_OF_UNIT = re.compile(r"[科室股处心站所办]\s?(?P<n>[1-5一二两三四五])\s?[篇条份]")
_LENGTH = re.compile(
    r"(?P<x>(?:不超过|不少于|控制在)?\s?\d{2,4}(?:\s?[-到至~]\s?\d{2,4})?\s?字(?:以内|左右|以上)?)"
)
_WEIGHT = re.compile(r"(?:权重|加权|计)\s?(?:按|为)?\s?(?P<n>[1-5一二两三四五])\s?倍?")
_LABELLED = re.compile(
    r"^\s*(?:角度|要求|内容|写什么|角度和要求)\s?[:：]\s*(?P<x>.+)$", re.MULTILINE
)
_URGENT = re.compile(r"紧急|加急|特急|急件")
_TOPIC_WORDS = re.compile(r"[\W_的和与及]+")
FITS_FROM = 0.5
_READ = 400
TOPIC_LIMIT = 60
LARGEST = 5
"""Pieces that a unit can owe to a call, and the greatest weight of one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What else is asked for; *angle* is what the lines below the first say.

    *uneven*: one unit is asked for more pieces than another, which one call cannot do.
    """

    pieces: int = 1
    uneven: bool = False
    weight: int = 1
    length: str = ""
    angle: str = ""
    urgent: bool = False


def read_terms(text: str) -> Terms:
    """Read the terms of a call from what was said about it."""
    first, _, below = text.partition("\n")
    pieces, weight, length = _PIECES.search(text), _WEIGHT.search(text), _LENGTH.search(text)
    of_units = {_number(found) for found in _OF_UNIT.finditer(first)}
    labelled = [found["x"].strip() for found in _LABELLED.finditer(below)]
    plain_lines = [
        line.strip() for line in below.split("\n") if line.strip() and not _is_term(line)
    ]
    return Terms(
        pieces=_number(pieces) if pieces else max(of_units, default=1),
        uneven=pieces is None and len(of_units) > 1,
        weight=_number(weight) if weight else 1,
        length=re.sub(r"\s", "", length["x"]) if length else "",
        angle="\n".join(labelled or plain_lines),
        urgent=_URGENT.search(first) is not None,
    )


def _is_term(line: str) -> bool:
    return any(form.fullmatch(line.strip(" 。，,")) for form in (_PIECES, _WEIGHT, _LENGTH))


def _number(found: re.Match[str]) -> int:
    return _DIGITS.get(found["n"]) or int(found["n"])


def fit(topic: str, title: str, body: str = "") -> float:
    """Return which part of the topic's pairs of characters a draft has in its title and beginning.

    Between 0 and 1; from `FITS_FROM` on it is worth asking whether the draft answers the call.
    """
    wanted = set(_pairs(topic))
    if not wanted:
        return 0.0
    found = set(_pairs(title)) | set(_pairs(body[:_READ]))
    return len(wanted & found) / len(wanted)


def _pairs(text: str) -> Iterator[str]:
    plain = _TOPIC_WORDS.sub("", text)
    for at in range(len(plain) - 1):
        yield plain[at : at + 2]
