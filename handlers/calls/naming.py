"""A call and the parts of its units, as people name them; and whose they are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from handlers.calls import texts
from handlers.kit.context import Context
from handlers.rules.calls import is_overdue
from storage.models import Call, CallPart
from storage.vocabulary import Role, UnitId, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Who writes for a unit, and who heads it."""

    officers: Sequence[UserId] = field(default_factory=tuple)
    heads: Sequence[UserId] = field(default_factory=tuple)

    @property
    def writers(self) -> Sequence[UserId]:
        """The officers; the heads where there is none."""
        return self.officers or self.heads


def people_of(ctx: Context, bureau: UnitId, units: Collection[UnitId]) -> Mapping[UnitId, People]:
    """Return the people of units: of each role those of the nearest scope that has any.

    A head over the whole bureau is no unit's.
    """
    held = ctx.uow.members.holders(bureau, {Role.OFFICER, Role.SECTION_HEAD})
    lineages = ctx.uow.members.lineages(units)

    def nearest(role: Role, unit: UnitId) -> Sequence[UserId]:
        scopes = held[role]
        below = (scope for scope in lineages[unit] if scope != bureau or unit == bureau)
        return next((scopes[scope] for scope in below if scope in scopes), ())

    return {
        unit: People(officers=nearest(Role.OFFICER, unit), heads=nearest(Role.SECTION_HEAD, unit))
        for unit in units
    }


def named_call(call: Call) -> str:
    return texts.NAME.format(number=call.number, topic=call.topic)


def unit_said(said: str, names: Collection[str]) -> str | None:
    """Return the name that is said, in full or short: 物业科 is 物业管理科, if no other is."""
    if said in names:
        return said
    close = [name for name in names if _is_short_for(said, name)]
    return close[0] if len(close) == 1 else None


def _is_short_for(said: str, name: str) -> bool:
    left = iter(name)
    return len(said) > 1 and said[0] == name[0] and all(one in left for one in said)


def unit_names(ctx: Context, parts: Collection[CallPart]) -> Mapping[UnitId, str]:
    return ctx.uow.members.unit_names({part.unit for part in parts})


def state_words(ctx: Context, part: CallPart) -> str:
    """Return how far a part is; overdue where the clock says so."""
    said = texts.STATES[part.state]
    return f"{texts.OVERDUE}、{said}" if is_overdue(part.state, part.due_at, ctx.now) else said


def left_of(ctx: Context, call: Call, part: CallPart) -> int:
    """Return how many drafts a part still owes."""
    return max(call.pieces - len(ctx.uow.calls.handed_in(part.id)), 0)
