"""Which grade an event suggests, and why: points for topic, crowd, harm, medium, heat, season.

A person decides; the suggestion shows its parts and the floors below which it does not fall.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from handlers.rules.opinion.attention import in_words
from handlers.rules.opinion.casualties import Casualties
from handlers.rules.opinion.signs import Medium, Signs
from storage.vocabulary import Grade

TOPIC = "涉及{names}"
MASS = "聚集、上访等"
HARM = "有人员伤亡"
COMPLAINT = "有人反映问题"
AFFECTED = "涉及{count}户"
MEDIUM_SAID = {
    Medium.CITY: "市级媒体",
    Medium.PROVINCE: "省级媒体",
    Medium.NATION: "中央媒体或热搜",
}
HEAT = "热度{count}"
RISING = "热度两小时翻倍"
SENSITIVE = "重要时段"
SOFTENED = "已有处置或辟谣"
DEATHS = "有人死亡或被困，不低于橙色"
MANY_HURT = "受伤、中毒人数多，不低于黄色"
HELD = "有人被困电梯，不低于黄色"
MANY_DEAD = "死亡10人以上，红色"
CROWDED = "聚集100人以上，不低于橙色"
CENTRAL = "中央媒体关注，不低于橙色"
REMARKED = "领导有批示，不低于黄色"
"""Of a case, where a leader has said something about it: no post tells that."""
REMARKED_LEAST: Final = Grade.YELLOW

_ORDER: Final = tuple(Grade)
STEPS: Final = (2.5, 5.5, 8.5)
"""Above how many points it is yellow, orange, red."""

_HEATS: Final = ((100_000, 3), (10_000, 2), (1_000, 1))
_HURT, _POISONED, _DEAD, _CROWD, _HOUSEHOLDS = 10, 30, 10, 100, 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What is known of an event. *topics* are names and severities (1 to 3) of what it is about.

    *rising*: its heat doubled within two hours. *trapped*: people are still inside or below.
    *complaint*: something of ours is complained of, in words that no topic knows.
    """

    topics: tuple[tuple[str, int], ...] = ()
    signs: Signs = field(default_factory=Signs)
    harm: Casualties = field(default_factory=Casualties)
    trapped: bool = False
    rising: bool = False
    sensitive_period: bool = False
    complaint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One reason of a suggestion and its points."""

    said: str
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A grade, the points that lead to it, and the floors that lifted it.

    *floor* is the grade that it must not be below, whatever the points.
    """

    grade: Grade
    points: int
    parts: tuple[Part, ...]
    floors: tuple[str, ...]
    floor: Grade = Grade.BLUE


def suggest(
    event: Event, *, added: float = 0.0, steps: tuple[float, float, float] = STEPS
) -> Suggestion:
    """Return the grade that is suggested for an event, with its reasons.

    Source: facts of the field put together in docs/opinion-topics.md; at most 2 points blue, 5
    yellow, 8 orange. *added* points and other *steps* are what a bureau's weights make of it.
    """
    parts = tuple(_parts(event))
    points = sum(part.points for part in parts)
    by_points = grade_by(points + added, steps)
    floors = tuple(_floors(event))
    floor = max([Grade.BLUE, *(grade for grade, _ in floors)], key=_ORDER.index)
    lifted = tuple(said for grade, said in floors if _ORDER.index(grade) > _ORDER.index(by_points))
    return Suggestion(
        grade=max(by_points, floor, key=_ORDER.index),
        points=points,
        parts=parts,
        floors=lifted,
        floor=floor,
    )


def grade_by(points: float, steps: tuple[float, float, float]) -> Grade:
    """Return what points make without any floor."""
    return _ORDER[sum(points >= step for step in steps)]


def _parts(event: Event) -> Iterator[Part]:
    harm = event.harm
    harmed = harm.dead or harm.hurt or harm.poisoned or event.trapped
    heat = next((points for least, points in _HEATS if event.signs.heat >= least), 0)
    every = (
        _of_topics(event.topics),
        (COMPLAINT, int(event.complaint)),
        (MASS, event.signs.mass),
        (HARM, 3 if harmed else 0),
        (
            AFFECTED.format(count=event.signs.affected),
            int(event.signs.affected >= _HOUSEHOLDS),
        ),
        (MEDIUM_SAID.get(event.signs.medium, ""), int(event.signs.medium)),
        (HEAT.format(count=in_words(event.signs.heat)), heat),
        (RISING, int(event.rising)),
        (SENSITIVE, int(event.sensitive_period)),
        (SOFTENED, -int(event.signs.softened)),
    )
    return (Part(said=said, points=points) for said, points in every if points)


def _of_topics(topics: Sequence[tuple[str, int]]) -> tuple[str, int]:
    """Return what the gravest topics give."""
    heaviest = max((severity for _, severity in topics), default=0)
    names = "、".join(name for name, severity in topics if severity == heaviest)
    return TOPIC.format(names=names), heaviest


def _floors(event: Event) -> Iterator[tuple[Grade, str]]:
    """Yield grades below which the event must not be, with the reason."""
    harm = event.harm
    if harm.dead >= _DEAD:
        yield Grade.RED, MANY_DEAD
    if harm.dead or event.trapped:
        yield Grade.ORANGE, DEATHS
    if event.signs.crowd >= _CROWD:
        yield Grade.ORANGE, CROWDED
    if event.signs.medium is Medium.NATION:
        yield Grade.ORANGE, CENTRAL
    if harm.hurt >= _HURT or harm.poisoned >= _POISONED:
        yield Grade.YELLOW, MANY_HURT
    if event.signs.held:
        yield Grade.YELLOW, HELD
