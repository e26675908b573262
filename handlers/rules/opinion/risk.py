"""How much is at stake in a post, 0 to 100, shown in its parts.

    risk = 100 · relevance · (.35 severity + .20 tone + .15 source + .15 spread + .15 velocity)

It orders lists and decides what is worth a case; the grade comes from `grading`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from handlers.rules.opinion.casualties import Casualties
from handlers.rules.opinion.signs import Medium, Signs
from handlers.rules.opinion.tone import Tone

WEIGHTS: Final[Mapping[str, float]] = {
    "严重程度": 0.35,
    "语气": 0.20,
    "来源": 0.15,
    "扩散": 0.15,
    "增速": 0.15,
}
_SEVERITIES = (0.0, 0.35, 0.6, 0.85)
_MEDIA = {Medium.CITY: 0.6, Medium.PROVINCE: 0.8, Medium.NATION: 1.0}
_PLATFORMS = {"微博": 0.5, "抖音": 0.5, "快手": 0.5, "人民网": 1.0, "头条": 0.5, "今日头条": 0.5}
_REPORTED, _SOMEBODY = 0.7, 0.4
_MASS = {0: 0.0, 2: 0.1, 3: 0.2}
_FAST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Spreading:
    """How far it has come: *voices* that say it, *velocity* 0 to 1, its *platform*.

    *weight* is what the bureau says that the source is worth, 0 to 100, instead of its platform.
    """

    voices: int = 1
    velocity: float = 0.0
    platform: str = ""
    weight: int | None = None
    reported: bool = False


def velocity(now: int, usual: float) -> float:
    """Return how unusual *now* posts are where there are *usual* ones at this hour, 0 to 1."""
    return min(1.0, max(0.0, (now - usual) / math.sqrt(usual + 1)) / _FAST)


def weight_of(platform: str) -> float:
    """Return how far a platform carries, 0 to 1."""
    return _PLATFORMS.get(platform, _SOMEBODY)


def shares(
    severity: int, harm: Casualties, signs: Signs, tone: Tone, spreading: Spreading
) -> Mapping[str, float]:
    """Return the parts of a risk, each 0 to 1, by the names of `WEIGHTS`."""
    grave = 1.0 if harm.dead else 0.9 if harm.hurt or harm.poisoned else 0.0
    stake = max(_SEVERITIES[severity], grave, 0.6 * tone.risk) + _MASS[signs.mass]
    source = _MEDIA.get(signs.medium, 0.0)
    given = weight_of(spreading.platform)
    if spreading.weight is not None:
        given = spreading.weight / 100
    if spreading.reported:
        source = max(source, _REPORTED)
    return {
        "严重程度": min(1.0, stake),
        "语气": tone.negative * (0.5 if signs.softened else 1.0),
        "来源": max(source, given),
        "扩散": min(1.0, math.log2(spreading.voices) / 4 + _heat(signs.heat)),
        "增速": spreading.velocity,
    }


def risk(
    relevance: float, parts: Mapping[str, float], weights: Mapping[str, float] = WEIGHTS
) -> float:
    """Return the whole, 0 to 100."""
    return 100 * relevance * sum(weight * parts[name] for name, weight in weights.items())


def _heat(heat: int) -> float:
    """Return what views, likes and reposts are worth: 1,000 a quarter, a million all."""
    return min(1.0, max(0.0, math.log10(heat + 1) - 2) / 4)
