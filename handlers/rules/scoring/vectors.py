"""Reads facts from JSON, in the short form in which rules are tried out on examples.

`{"rules": "renshe", "events": {"adopt": [{"item": 1, "level": "city"}], "quota": {"points": [[14,
20]]}}}`; docs/scoring.md has all keys.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from handlers.rules.scoring.facts import Adoption, Breach, Calls, Count, Facts, Instruction
from handlers.rules.scoring.parts import Amount, Points, Rate, Words

_MOST = 1_000_000


class VectorsError(Exception):
    """The file holds no vectors; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vector:
    """One example: which rule set, what happened, and what is expected, where that is known.

    *faults* say why it cannot be scored, *unknown* which of its keys nobody understands.
    """

    rules: str
    facts: Facts
    expected: Decimal | None = None
    faults: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def _text(value: object) -> object:
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _level(value: object) -> object:
    return "county" if value == "district" else value


Text = Annotated[str, BeforeValidator(_text), Field(max_length=500)]
Level = Annotated[str, BeforeValidator(_level), Field(max_length=100)]
Times = Annotated[int, Field(ge=0, le=_MOST)]


class _Given(BaseModel):
    model_config = ConfigDict(extra="allow", hide_input_in_errors=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_left_out(cls, raw: Any) -> Any:
        """Take null as a key that is not there."""
        if not isinstance(raw, Mapping):
            return raw
        return {key: value for key, value in raw.items() if value is not None}


class _Adopt(_Given):
    item: Text = ""
    channel: Text = ""
    family: Text = ""
    level: Level = ""
    kind: Text = ""
    form: Text = ""
    flags: Words = Field(default=(), validation_alias=AliasChoices("flags", "flag"))
    n: Times = 1
    value: Points = Field(default=Decimal(1), validation_alias=AliasChoices("value", "points"))
    words: Times = 0
    authors: Annotated[int, Field(ge=1, le=1000)] | tuple[Text, ...] = Field(
        default=1, validation_alias=AliasChoices("authors", "units", "people", "shared_by")
    )
    place: Annotated[int, Field(ge=1, le=1000)] | Text = Field(
        default=1, validation_alias=AliasChoices("place", "author", "position")
    )
    share: Rate | None = None
    edited: Rate = Decimal(0)
    by_office: bool = False

    def part(self) -> tuple[int, int]:
        """Return among how many authors the subject is which, named or counted."""
        names = self.authors
        if isinstance(names, int):
            return names, self.place if isinstance(self.place, int) else 1
        here = self.place if isinstance(self.place, int) else 1
        return max(len(names), 1), names.index(self.place) + 1 if self.place in names else here


class _Instr(_Given):
    level: Level = ""
    rank: Text = ""
    channel: Text = Field(default="", validation_alias=AliasChoices("channel", "on_channel"))
    item: Text = ""
    remark: Text = "written"
    n: Times = 1


class _Penalty(_Given):
    type: Text = Field(validation_alias=AliasChoices("type", "event"))
    item: Text = ""
    n: Times = 1


def _pair(value: object) -> object:
    """Take `[4]` as four done, of the target in the rule set."""
    return [*value, None] if isinstance(value, list) and len(value) == 1 else value


def _pairs(value: object) -> object:
    """Take one pair as a list of one."""
    alone = isinstance(value, list) and not any(isinstance(each, list) for each in value)
    return [value] if alone else value


Pair = Annotated[tuple[Amount | None, Amount | None], BeforeValidator(_pair)]
Pairs = Annotated[tuple[Pair, ...], BeforeValidator(_pairs)]


def _penalties(value: object) -> object:
    """Take `{"late_submit": 2}` as a list of what happened."""
    if isinstance(value, Mapping):
        return [{"type": event, "n": times} for event, times in value.items()]
    return value


class _Events(_Given):
    adopt: tuple[_Adopt, ...] = Field(
        default=(), validation_alias=AliasChoices("adopt", "adoptions")
    )
    instr: tuple[_Instr, ...] = Field(
        default=(), validation_alias=AliasChoices("instr", "instructions")
    )
    penalties: Annotated[tuple[_Penalty, ...], BeforeValidator(_penalties)] = ()
    commission: Mapping[str, Times] = Field(
        default_factory=dict, validation_alias=AliasChoices("commission", "call", "calls")
    )
    quota: Mapping[str, Pairs] = Field(default_factory=dict)
    metrics: Mapping[str, Points] = Field(default_factory=dict)
    subject: Text = Field(default="", validation_alias=AliasChoices("subject", "unit"))
    period: Text = ""


class _Line(_Given):
    rules: Text
    events: _Events = _Events()
    expected: Points | None = None


def read_vectors(content: bytes) -> list[Vector]:
    """Read a JSON list of vectors; each that is wrong keeps its faults.

    Raises:
        VectorsError: the file is no JSON in UTF-8, or not a list.
    """
    try:
        raw = json.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        raise VectorsError("不是 UTF-8 / this is not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise VectorsError(f"不是 JSON / this is not JSON: {error}") from None
    if not isinstance(raw, list):
        raise VectorsError("最外层要是列表 [...] / the file must hold a list")
    return [_vector(each) for each in raw]


def _vector(raw: Any) -> Vector:
    name = str(raw.get("rules", "")) if isinstance(raw, Mapping) else ""
    try:
        line = _Line.model_validate(raw)
    except ValidationError as error:
        faults = tuple(
            f"{'.'.join(map(str, fault['loc'])) or 'vector'}: {fault['msg']}"
            for fault in error.errors(include_url=False, include_input=False)
        )
        return Vector(rules=name, facts=Facts(), faults=faults)
    rates = {
        key: Decimal(value)
        for key, value in (line.events.model_extra or {}).items()
        if isinstance(value, int | Decimal) and not isinstance(value, bool)
    }
    return Vector(
        rules=line.rules,
        facts=_facts(line.events, rates),
        expected=line.expected,
        unknown=tuple(_unknown(line, rates)),
    )


def _facts(events: _Events, rates: Mapping[str, Decimal]) -> Facts:
    return Facts(
        subject=events.subject,
        period=events.period,
        adoptions=tuple(_adoption(number, each) for number, each in enumerate(events.adopt, 1)),
        instructions=tuple(
            Instruction(
                level=each.level,
                rank=each.rank,
                channel=each.channel,
                item=each.item,
                remark=each.remark,
                times=each.n,
            )
            for each in events.instr
        ),
        breaches=tuple(
            Breach(event=each.type, item=each.item, times=each.n) for each in events.penalties
        ),
        calls=tuple(Calls(outcome=key, times=n) for key, n in events.commission.items()),
        counts=tuple(_counts(events.quota)),
        metrics={**events.metrics, **rates},
    )


def _adoption(number: int, each: _Adopt) -> Adoption:
    authors, place = each.part()
    return Adoption(
        item=each.item or f"#{number}",
        channel=each.channel,
        family=each.family,
        level=each.level,
        kind=each.kind,
        form=each.form,
        flags=frozenset(each.flags),
        times=each.n,
        value=each.value,
        words=each.words,
        authors=authors,
        place=place,
        share=each.share,
        edited=each.edited,
        by_office=each.by_office,
    )


def _counts(quota: Mapping[str, Sequence[Pair]]) -> Iterator[Count]:
    for measure, pairs in quota.items():
        for number, (done, target) in enumerate(pairs, start=1):
            during = f"第{number}期" if len(pairs) > 1 else ""
            yield Count(measure=measure, done=done, target=target, during=during)


def _unknown(line: _Line, rates: Mapping[str, Decimal]) -> Iterator[str]:
    """Name the keys that nobody understands; *rates* were understood."""
    events = line.events
    parts: list[tuple[str, _Given]] = [("", line), ("events.", events)]
    for name, rows in (
        ("adopt", events.adopt),
        ("instr", events.instr),
        ("penalties", events.penalties),
    ):
        parts += [(f"events.{name}[{number}].", row) for number, row in enumerate(rows, 1)]
    for where, part in parts:
        yield from (f"{where}{key}" for key in part.model_extra or {} if key not in rates)
