"""What rule sets are built of: numbers, words, conditions, numbers that differ by unit."""

from collections.abc import Mapping
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Annotated, Any, Self

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from handlers.rules.scoring.facts import LEVELS

_SAME_LEVEL = {"district": "county"}
_EVERY = "any"


class Part(BaseModel):
    """A piece of a rule set: never changed, and without keys that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


def _number(value: object) -> object:
    if isinstance(value, bool | str):
        raise ValueError("要写数字，不加引号 / a number, without quotation marks")  # noqa: TRY004 - pydantic's
    return value


def _listed(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _levels(value: object) -> object:
    """Take `any` as no condition, `province+` as a province and what is above it."""
    if not isinstance(listed := _listed(value), list | tuple):
        return value
    found: list[str] = []
    for word in listed:
        if word == _EVERY:
            return ()
        found += _from_level_on(word)
    return tuple(dict.fromkeys(found))


def _from_level_on(word: object) -> tuple[str, ...]:
    plain = str(word).removesuffix("+")
    level = _SAME_LEVEL.get(plain, plain)
    if level not in LEVELS:
        known = ", ".join((*LEVELS, *_SAME_LEVEL, _EVERY))
        raise ValueError(f"没有这个层级：{word}，可以写 {known} / no such level")
    return LEVELS[LEVELS.index(level) :] if str(word).endswith("+") else (level,)


Points = Annotated[
    Decimal,
    BeforeValidator(_number),
    Field(ge=-1_000_000, le=1_000_000, max_digits=11, decimal_places=4),
]
Amount = Annotated[Points, Field(ge=0)]
Rate = Annotated[Points, Field(ge=0, le=1)]
Word = Annotated[str, Field(min_length=1, max_length=100)]
Words = Annotated[tuple[Word, ...], BeforeValidator(_listed)]
Levels = Annotated[tuple[Word, ...], BeforeValidator(_levels)]
Length = Annotated[int, Field(ge=0, le=10_000_000, strict=True)]


class Conditions(Part):
    """What a fact must be for a row to fit; what is left out, may be anything.

    `match = {...}`, `when = {...}` or `filter = {...}` around them mean the same as writing them
    in the row.
    """

    channel: Words = Field(default=(), validation_alias=AliasChoices("channel", "on_channel"))
    level: Levels = ()

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, raw: Any) -> Any:
        if not isinstance(raw, Mapping):
            return raw
        flat = dict(raw)
        for around in ("match", "when"):
            if isinstance(inside := flat.get(around), Mapping):
                del flat[around]
                if twice := sorted(map(str, inside.keys() & flat.keys())):
                    raise ValueError(f"写了两遍：{'、'.join(twice)} / given twice")
                flat |= inside
        return flat

    @property
    def places(self) -> tuple[tuple[str, ...], ...]:
        """Return what is asked of where it was, the most specific first."""
        return (self.channel, self.level)

    @property
    def others(self) -> int:
        """Return how many further things are asked."""
        return 0

    @property
    def weight(self) -> tuple[int, ...]:
        """How specific this is: a channel before a family before a level before all others."""
        return (*map(bool, self.places), self.others)


class OfUse(Conditions):
    """What a use must be. *words* are the characters of the item; below is not included."""

    family: Words = ()
    kind: Words = ()
    form: Words = ()
    flag: Words = ()
    words_from: Length | None = None
    words_below: Length | None = None

    @property
    def places(self) -> tuple[tuple[str, ...], ...]:
        return (self.channel, self.family, self.level)

    @property
    def others(self) -> int:
        by_length = self.words_from is not None or self.words_below is not None
        return sum(map(bool, (self.kind, self.form, self.flag))) + by_length


class OfRemark(Conditions):
    """Whose remark it must be: `principal`, or `other` for every leader who is not.

    A remark is `written` unless the row asks for one that is only `circled`.
    """

    rank: Words = ()
    remark: Words = ("written",)

    @property
    def others(self) -> int:
        return bool(self.rank) + (len(self.remark) == 1)


class ByUnit(Part):
    """A number for every unit, and others for some: names or patterns such as `*科`."""

    default: Points | None = None
    units: Mapping[str, Points] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _from_file(cls, raw: Any) -> Any:
        if not isinstance(raw, Mapping):
            return {"default": raw}
        if raw.keys() <= {"default", "units"} and isinstance(raw.get("units", {}), Mapping):
            return raw
        return {
            "default": raw.get("default"),
            "units": {name: number for name, number in raw.items() if name != "default"},
        }

    def of(self, unit: str) -> Decimal | None:
        """Return the number of *unit*: by its name, else the longest pattern, else the default."""
        if unit in self.units:
            return self.units[unit]
        patterns = sorted(self.units, key=lambda pattern: (-len(pattern), pattern))
        found = (self.units[pattern] for pattern in patterns if fnmatchcase(unit, pattern))
        return next(found, self.default)


class Band(Part):
    """Two bounds, either of which may be missing."""

    floor: Points | None = None
    ceiling: Points | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.floor is not None and self.ceiling is not None and self.floor > self.ceiling:
            raise ValueError("floor 比 ceiling 高 / the floor is above the ceiling")
        return self
