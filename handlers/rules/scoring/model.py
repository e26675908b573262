"""A rule set: how one bureau counts, in the form in which it stands in a TOML file.

docs/scoring.md explains each key. Short forms (`penalty = { late_submit = -1 }`, `stacking =
"max"`) are taken as what they stand for; a rule set is never changed after it was used, a new
version begins with its `valid_from`.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from pydantic import AliasChoices, BeforeValidator, Field, model_validator

from handlers.rules.scoring.notices import Trigger
from handlers.rules.scoring.parts import (
    Amount,
    Band,
    ByUnit,
    Length,
    Levels,
    OfRemark,
    OfUse,
    Part,
    Points,
    Rate,
    Word,
    Words,
)

Positive = Annotated[int, Field(ge=1, le=1000, strict=True)]
OUTCOMES = ("done", "late", "missed", "declined")
"""How a call for drafts ends."""
Effect = Literal["none", "zero_item", "zero_period", "zero_year", "veto"]


class AdoptionRow(OfUse):
    """Points of one use. Of several rows that fit, the most specific counts."""

    points: Points
    cap: Amount | None = None
    clause: str = ""


class Modifier(OfUse):
    """What a mark on a use does to its points: multiply, add, or set them."""

    mul: Annotated[Points, Field(ge=0)] | None = None
    add: Points | None = None
    set: Points | None = None
    clause: str = ""

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if sum(each is not None for each in (self.mul, self.add, self.set)) != 1:
            raise ValueError("mul、add、set 要写其中一个 / give one of mul, add, set")
        return self


class InstructionRow(OfRemark):
    """Points of a leader's remark, or (`mul`) what it does to the points of its item."""

    points: Points | None = None
    mul: Annotated[Points, Field(ge=1)] | None = None
    stack: Literal["sum", "max", "once"] = "sum"
    clause: str = ""

    @model_validator(mode="after")
    def _does_one_thing(self) -> Self:
        if (self.points is None) == (self.mul is None):
            raise ValueError("points 和 mul 要写其中一个 / give either points or mul")
        return self


class OnMet(Part):
    mode: Literal["all_or_nothing"] = "all_or_nothing"
    points: Points


class OnShort(Part):
    """What a shortfall costs. *cap* bounds it in one of the quota's own periods."""

    mode: Literal["nothing", "per_missing", "flat", "pro_rata", "multiple"]
    points: Annotated[Points, Field(le=0)] | None = None
    k: Annotated[Points, Field(ge=0)] | None = None
    cap: Points | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.mode in {"per_missing", "flat"} and self.points is None:
            raise ValueError(f"{self.mode} 要写 points / {self.mode} needs points")
        if self.mode == "multiple" and self.k is None:
            raise ValueError("multiple 要写 k / multiple needs k")
        return self


class OnExtra(Part):
    """What each item over the target gives; *bonus* counts into the set's `bonus_cap`."""

    points: Annotated[Points, Field(ge=0)]
    cap: Amount | None = None
    bonus: bool = False


class Each(Part):
    """Points of each item that counts, target or not."""

    points: Points
    cap: Amount | None = None


class Quota(Part):
    """A required number (任务数), and what becomes of meeting it, missing it or going beyond.

    With *per* `person` the targets are those of each officer; a unit's is their sum. In a rule set
    about people they all are.
    """

    measure: Word
    name: str = ""
    per: Literal["unit", "person"] = "unit"
    filter: OfUse = OfUse()
    period: Literal["week", "month", "quarter", "half", "year"] | None = None
    targets: ByUnit | None = Field(default=None, validation_alias=AliasChoices("targets", "target"))
    base: Points = Decimal(0)
    full: Points | None = None
    on_met: OnMet | None = None
    on_short: OnShort | None = None
    on_extra: OnExtra | None = None
    each: Each | None = None
    clause: str = ""

    @model_validator(mode="after")
    def _knows_what_is_full(self) -> Self:
        short = self.on_short
        if short and short.mode == "pro_rata" and self.full is None and self.on_met is None:
            raise ValueError("pro_rata 要写 full 或 on_met / pro_rata needs full or on_met")
        return self

    @property
    def called(self) -> str:
        return self.name or self.measure


class Strikes(Part):
    """How many misses (`of`) cost how much."""

    n: Positive
    effect: Literal["zero", "zero_period", "zero_year", "veto"]
    of: Word = "missed"


class CallRule(Part):
    """Points of a call, by how it ended; *weight* multiplies uses of what was called for."""

    done: Points | None = None
    late: Points | None = None
    missed: Points | None = None
    declined: Points | None = None
    weight: Annotated[Points, Field(ge=0)] | None = None
    strikes: Strikes | None = None


class Penalty(Part):
    points: Annotated[Points, Field(le=0)] = Decimal(0)
    effect: Effect = "none"
    cap: Points | None = None
    clause: str = ""


class Threshold(Part):
    """Points where a rate is below a bound, at least another, or in between.

    Only if *min_count* items were submitted. Of several rows all that fit count.
    """

    metric: Word
    below: Points | None = None
    at_least: Points | None = None
    min_count: Length = 0
    points: Points

    @model_validator(mode="after")
    def _has_one_bound(self) -> Self:
        if self.below is None and self.at_least is None:
            raise ValueError("below 和 at_least 至少写一个 / give below, at_least or both")
        if self.below is not None and self.at_least is not None and self.below <= self.at_least:
            raise ValueError("at_least 要小于 below / at_least must be less than below")
        return self

    def applies(self, rate: Decimal) -> bool:
        above = self.at_least is None or rate >= self.at_least
        return above and (self.below is None or rate < self.below)


class Stacking(Part):
    """What several uses of one item are worth together.

    `sum`: all of them. `max`: the highest. `top_levels`: one use of each level, of the *n* levels
    that give most.
    Uses by the channels in *exceptions* are added to that in any case.
    """

    mode: Literal["sum", "max", "top_levels"] = "sum"
    n: Positive = 2
    exceptions: Words = ()


class Share(Part):
    """What the subject has of an item with several authors."""

    mode: Literal["equal", "ratio", "first", "each_full"] = "equal"
    ratio: tuple[Amount, ...] = ()
    max_people: Positive | None = Field(
        default=None, validation_alias=AliasChoices("max_people", "n")
    )
    office_share: Rate | None = None
    office_share_if_diff_over: Rate | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.mode == "ratio" and not sum(self.ratio):
            raise ValueError("ratio 要写比例，如 [3, 2] / ratio needs parts such as [3, 2]")
        return self


class Cap(Part):
    """At most so many points of one sort (`adoption`, `quota`, ...) in a period."""

    of: Literal["adoption", "instruction", "call", "quota"]
    max: Amount


class Channel(Part):
    """What is known of a channel; a use that does not say its level takes it from here."""

    level: Levels = ()
    family: str = ""

    @model_validator(mode="after")
    def _has_one_level(self) -> Self:
        if len(self.level) > 1:
            raise ValueError("一个渠道只有一个层级 / a channel has one level")
        return self


class Cutoff(Part):
    """Until which day of the month after a period its evidence counts."""

    day: Annotated[int, Field(ge=1, le=31, strict=True)]
    workday_shift: Literal["none", "next", "previous"] = "none"


class NoticeRow(Part):
    """When a unit is named in the notice, and with which words."""

    when: Trigger
    text: Word


def _penalties(raw: object) -> object:
    """Take `{late = -1}` and a list of rows with their `event` as a table by event."""
    if isinstance(raw, Mapping):
        return {
            event: row if isinstance(row, Mapping) else {"points": row}
            for event, row in raw.items()
        }
    if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
        return raw
    found: dict[Any, Any] = {}
    for row in raw:
        event = row.get("event")
        if not isinstance(event, str) or event in found:
            raise ValueError(
                f"每行要有自己的 event（{event!r}）/ each row needs an event of its own"
            )
        found[event] = {key: value for key, value in row.items() if key != "event"}
    return found


class RuleSet(Band):
    """All rules of one way to count."""

    title: str = ""
    source: str = ""
    inferred: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    subject: Literal["unit", "person", "group"] = "unit"
    period: Literal["week", "month", "quarter", "half", "year"] = "month"
    rollup: Literal["sum", "mean"] = "sum"
    groups: Mapping[str, Words] = Field(default_factory=dict)
    ties: Literal["shared", "dense"] = "shared"
    tie_breakers: Words = ()
    awards: Annotated[int, Field(ge=0, le=1000, strict=True)] = 0
    notice: tuple[NoticeRow, ...] = ()

    base: ByUnit = ByUnit(default=Decimal(0))
    pass_mark: Points | None = None
    bonus_cap: Amount | None = None
    cap: tuple[Cap, ...] = ()
    rounding: Annotated[int, Field(ge=0, le=4, strict=True)] = 2

    channels: Mapping[str, Channel] = Field(default_factory=dict)
    adoption: tuple[AdoptionRow, ...] = ()
    modifier: tuple[Modifier, ...] = ()
    stacking: Stacking = Stacking()
    share: Share = Share()
    instruction: tuple[InstructionRow, ...] = ()
    call: CallRule = Field(default=CallRule(), validation_alias=AliasChoices("call", "commission"))
    quota: tuple[Quota, ...] = ()
    threshold: tuple[Threshold, ...] = ()
    penalty: Annotated[Mapping[str, Penalty], BeforeValidator(_penalties)] = Field(
        default_factory=dict
    )
    zero_item: Words = ()
    zero_period: Words = ()
    zero_year: Words = ()
    veto: Words = ()

    count_by: Literal["adopted_at", "submitted_at"] = "adopted_at"
    cutoff: Cutoff | None = None
    late_registration: Literal["own_period", "next_period"] = "own_period"
    appeal_days: Length = 0

    @model_validator(mode="before")
    @classmethod
    def _unfold(cls, raw: Any) -> Any:
        """Take the short forms of stacking and strikes as what they stand for.

        A quota of a rule set about people is each person's.
        """
        if not isinstance(raw, Mapping):
            return raw
        full = dict(raw)
        if isinstance(mode := full.get("stacking"), str):
            full["stacking"] = {"mode": mode}
            if "stacking_n" in full:
                full["stacking"]["n"] = full.pop("stacking_n")
        call = full.get(key := "commission" if "commission" in full else "call", {})
        if "strikes" in full and isinstance(call, Mapping):
            full[key] = {**call, "strikes": full.pop("strikes")}
        quotas = full.get("quota")
        if full.get("subject") == "person" and isinstance(quotas, list | tuple):
            full["quota"] = [
                {"per": "person", **quota} if isinstance(quota, Mapping) else quota
                for quota in quotas
            ]
        return full

    @model_validator(mode="after")
    def _caps_each_sort_once(self) -> Self:
        sorts = [cap.of for cap in self.cap]
        if len(set(sorts)) < len(sorts):
            raise ValueError("同一类得分只写一个 cap / one cap for each sort of points")
        return self

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValueError("valid_from 在 valid_until 之后 / it ends before it begins")
        return self

    def effects_of(self, event: str) -> frozenset[str]:
        """Return what *event* does besides its points."""
        listed = {
            effect
            for effect in ("zero_item", "zero_period", "zero_year", "veto")
            if event in getattr(self, effect)
        }
        row = self.penalty.get(event)
        return frozenset(listed | ({row.effect} - {"none"} if row else set()))

    @property
    def events(self) -> tuple[str, ...]:
        """The breaches that this rule set says anything of, in its order."""
        strikes = self.call.strikes
        counted = (strikes.of,) if strikes and strikes.of not in OUTCOMES else ()
        named = (*self.penalty, *self.zero_item, *self.zero_period, *self.zero_year, *self.veto)
        return tuple(dict.fromkeys((*named, *counted)))
