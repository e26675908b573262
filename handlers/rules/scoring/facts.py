"""What is scored: the facts of one subject in one period, as the office registered them.

Facts are values without an order: the same facts in another order give the same lines. The *ref* of
a fact is what its register calls it; without one its lines name the item or the event.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

LEVELS = ("own", "county", "city", "province", "nation")
"""How high a channel or a leader stands; the lowest first. `district` is a county."""

ONE, NONE = Decimal(1), Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """A use of an item by a channel; *times* the item was used like this.

    *value* is what the receiving office itself counted where its own scores are taken over, and 1
    elsewhere. *words* is the length in characters. *authors* units or people share the item, of
    whom the subject is number *place* (the first is 1); *share*, where it is known, says the part
    outright. *edited* is the part of the text that the office wrote anew; *by_office* says that the
    subject is the office, which has its part for that.
    """

    item: str
    channel: str = ""
    family: str = ""
    level: str = ""
    kind: str = ""
    form: str = ""
    flags: frozenset[str] = frozenset()
    times: int = 1
    value: Decimal = ONE
    words: int = 0
    authors: int = 1
    place: int = 1
    share: Decimal | None = None
    edited: Decimal = NONE
    by_office: bool = False
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instruction:
    """A leader's remark (批示), on an item or on no known one; `written`, or only `circled`."""

    level: str = ""
    rank: str = ""
    channel: str = ""
    item: str = ""
    remark: str = "written"
    times: int = 1
    ref: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """Something that is punished, such as `late_submit`; *item* where it is about one.

    *why* says when and for what, in words for its line.
    """

    event: str
    item: str = ""
    times: int = 1
    ref: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calls:
    """How calls for drafts (约稿) ended: `done`, `late`, `missed` or `declined`.

    *weight* is how many times each gives its points; as a strike it is one. *why* names it.
    """

    outcome: str
    times: int = 1
    ref: str = ""
    weight: int = 1
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What was done of a quota in one of its own periods, named by the quota or by its measure.

    *done* None is counted from the adoptions (`points`, `adopted`); *target* None is what the
    rule set asks of the subject.
    """

    measure: str
    done: Decimal | None = None
    target: Decimal | None = None
    during: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All facts of one subject in one period. *metrics* are rates such as `adoption_rate`."""

    subject: str = ""
    period: str = ""
    adoptions: tuple[Adoption, ...] = ()
    instructions: tuple[Instruction, ...] = ()
    breaches: tuple[Breach, ...] = ()
    calls: tuple[Calls, ...] = ()
    counts: tuple[Count, ...] = ()
    metrics: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
