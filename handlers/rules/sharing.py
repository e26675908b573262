"""How authors share one adoption: by whole weights, so that the parts are exactly one."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

_Who = TypeVar("_Who")

_BYLINE = re.compile(
    r"(?:署名|作者)[是为:：\s]*(?P<names>[^\n,，。;；]+?)\s*(?P<ratio>\d+(?:[:：/]\d+)+)?\s*$",
    re.MULTILINE,
)
_BETWEEN = re.compile(r"[、\s和与及]+")


def parts(weights: Mapping[_Who, int]) -> dict[_Who, Fraction]:
    """Return each one's part; they sum to exactly one.

    Raises:
        ValueError: there is nobody, or a weight is not positive.
    """
    if not weights or min(weights.values()) <= 0:
        raise ValueError("a share needs somebody, and a weight above nothing")
    whole = sum(weights.values())
    return {who: Fraction(weight, whole) for who, weight in weights.items()}


def percent(part: Fraction) -> str:
    """Write a part as people do: 60%, 33.3%."""
    return f"{float(part * 100):.1f}".removesuffix(".0") + "%"


def read_byline(text: str) -> Sequence[tuple[str, int]]:
    """Read 署名 王芳、陈静 3:2 as names with their weights, equal ones if none are said.

    Returns nothing where there is no byline, or one with more weights than names.
    """
    found = _BYLINE.search(text)
    if found is None:
        return ()
    names = [name for name in _BETWEEN.split(found["names"].strip()) if name]
    ratio = [int(part) for part in re.split(r"[:：/]", found["ratio"])] if found["ratio"] else []
    weights = ratio or [1] * len(names)
    if len(weights) != len(names) or min(weights, default=0) <= 0:
        return ()
    return tuple(zip(names, weights, strict=True))
