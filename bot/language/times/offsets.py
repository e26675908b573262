"""Distances from now in hours and minutes: 30分钟后, 一个半小时后, 过两小时."""

import re
from datetime import timedelta

from bot.language.times.grammar import COUNT, count, form

_AFTER = "[之以]?后"
_AMOUNT = f"(?P<amount>半|[0-9]{{3,4}}|{COUNT}) 个?(?P<half>半)?"
_MINUTES = f"(?:(?P<minutes>{COUNT}) 分钟?)?"
_OFFSET = form(f"{_AMOUNT} (?P<unit>分钟?|刻钟|小时|钟头) {_MINUTES} {_AFTER}")
_PASSED = form(
    f"(?<![超经通])(?:再过|过) {_AMOUNT} (?P<unit>分钟|刻钟|小时|钟头) {_MINUTES}(?!以?来)"
)
_UNITS = {"分": timedelta(minutes=1), "刻": timedelta(minutes=15)}


def offset_at(text: str, at: int) -> tuple[timedelta, int] | None:
    """Read the distance at *at* and where it ends."""
    found = _OFFSET.match(text, at) or _PASSED.match(text, at)
    return (_distance(found), found.end()) if found else None


def _distance(found: re.Match[str]) -> timedelta:
    whole = 0.5 if found["amount"] == "半" else count(found["amount"])
    unit = _UNITS.get(found["unit"][0], timedelta(hours=1))
    minutes = timedelta(minutes=count(found["minutes"]))
    return whole * unit + (unit / 2 if found["half"] else timedelta(0)) + minutes


def iso_duration(distance: timedelta) -> str:
    """Write a distance below a day as ISO 8601 does: PT1H30M."""
    minutes, seconds = divmod(int(distance.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + ("".join(f"{value}{unit}" for value, unit in parts if value) or "0M")
