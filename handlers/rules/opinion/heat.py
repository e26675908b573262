"""How hot a matter is, as a curve over time: what each post adds, and how fast that fades.

    heat = 10 · Σ weight · (1 + ln(1 + interactions) / 6) · 2^(-age / 12 h)

It orders what people look at and shows whether it rises or falls; it decides nothing.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from handlers.rules.calendar import local
from handlers.rules.notices.report import Chart, Series
from handlers.rules.opinion.risk import velocity, weight_of

HALF_LIFE: Final = timedelta(hours=12)
RECENT: Final = timedelta(hours=3)
SINCE: Final = timedelta(days=7)
"""What is older adds nothing that anybody would see: a sixteen-thousandth."""
MOST_CURVES: Final = 4

_USUAL = timedelta(hours=24)
_SCALE = 10
_RISING, _AT_LEAST = 0.2, 2
_STEPS = tuple(timedelta(hours=hours) for hours in (1, 2, 3, 6))
_POINTS = 30
RISING, STEADY, FALLING = "上升", "平稳", "回落"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A post: when it was found, where, and how many have looked at, liked or passed it on."""

    at: datetime
    platform: str = ""
    interactions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many posts there were in the last three hours, and usually in three of the day before."""

    recent: int
    usual: float

    @property
    def word(self) -> str:
        """Return whether it rises, is steady or falls."""
        if self.recent >= _AT_LEAST and velocity(self.recent, self.usual) >= _RISING:
            return RISING
        return FALLING if self.recent < self.usual / 2 else STEADY


def interactions(heat: Mapping[str, Any]) -> int:
    """Return all that was counted of a post: views, likes, comments, reposts."""
    return sum(int(count) for count in heat.values())


def heat(posts: Sequence[Said], now: datetime) -> float:
    """Return how hot it is at *now*, by the posts until then."""
    return _SCALE * sum(
        weight_of(one.platform)
        * (1 + math.log1p(one.interactions) / 6)
        * math.exp2((one.at - now) / HALF_LIFE)
        for one in posts
        if one.at <= now
    )


def pace(posts: Sequence[Said], now: datetime) -> Pace:
    begins = now - RECENT
    before = sum(begins - _USUAL < one.at <= begins for one in posts)
    return Pace(
        recent=sum(begins < one.at <= now for one in posts), usual=before * (RECENT / _USUAL)
    )


def moments(first: datetime, now: datetime) -> list[datetime]:
    """Return the moments of a curve from *first* to *now*, evenly and at most some thirty."""
    span = min(now - first, SINCE)
    step = next((one for one in _STEPS if span <= one * _POINTS), _STEPS[-1])
    count = max(1, math.ceil(span / step))
    return [now - step * back for back in range(count, -1, -1)]


def heat_chart(curves: Mapping[str, Sequence[Said]], now: datetime, title: str) -> Chart | None:
    """Return the curves of the hottest by their names; None where nothing was found lately."""
    found = {
        name: posts
        for name, posts in curves.items()
        if any(now - SINCE <= one.at <= now for one in posts)
    }
    hottest = sorted(found, key=lambda name: -heat(found[name], now))[:MOST_CURVES]
    if not hottest:
        return None
    first = min(max(one.at, now - SINCE) for name in hottest for one in found[name])
    at = moments(first, now)
    return Chart(
        title=title,
        said="；".join(
            f"{name}现在{heat(found[name], now):.0f}，{pace(found[name], now).word}"
            for name in hottest
        ),
        labels=tuple(_label(one, now) for one in at),
        series=tuple(
            Series(name=name, values=tuple(round(heat(found[name], one)) for one in at))
            for name in hottest
        ),
        curve=True,
    )


def spread_chart(posts: Sequence[Said], now: datetime, title: str) -> Chart | None:
    """Return how many posts there were by each moment; None where there is none."""
    if not posts:
        return None
    at = moments(min(one.at for one in posts), now)
    counts = tuple(sum(one.at <= moment for one in posts) for moment in at)
    return Chart(
        title=title,
        said=f"截至{_label(now, now)}共{counts[-1]}条",
        labels=tuple(_label(one, now) for one in at),
        series=(Series(name="累计条数", values=counts),),
        curve=True,
    )


def _label(moment: datetime, now: datetime) -> str:
    there = local(moment)
    same_day = there.date() == local(now).date()
    return f"{there:%H:%M}" if same_day else f"{there.month}月{there.day}日{there.hour}时"
