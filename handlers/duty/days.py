"""What the days of a bureau's roster are like, who has them, and how a shift is called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.duty import texts
from handlers.duty.policy import DutyPolicy, policy_of
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.rules.calendar import local
from handlers.rules.rota import DutyDay, Nature, Pattern, Slot, Turn, days_of, missing, needed
from storage.models import DutyGap, DutyShift
from storage.queries.duty import Placed
from storage.vocabulary import DutyPosition, Role, ShiftKind, UnitId, UserId

DAY = timedelta(days=1)
LONGEST = 92
"""How many days are looked at or put on the roster at once."""

_SHOWN = 6

LEADERS = frozenset({Role.DEPUTY, Role.PRINCIPAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """A stretch of days with what each is like, who is on, and what is missing."""

    days: Sequence[DutyDay]
    placed: Sequence[Placed]
    gaps: Mapping[date, Sequence[Slot]]
    declared: Mapping[date, DutyGap]
    policy: DutyPolicy

    def on(self, day: date) -> Sequence[Placed]:
        return [one for one in self.placed if one.shift.day == day]

    @property
    def natures(self) -> Mapping[date, Nature]:
        return {day.day: day.nature for day in self.days}

    @property
    def turns(self) -> Sequence[Turn]:
        return turns_of(one.shift for one in self.placed)


def keeps_roster(ctx: Context) -> bool:
    """Tell whether the sender keeps the roster of his bureau."""
    return viewer(ctx).holds({Role.OFFICE}, [ctx.sender.bureau])


def keeps_duty(ctx: Context) -> bool:
    """Tell whether the sender oversees the duty of his bureau."""
    return keeps_roster(ctx) or bool(set(viewer(ctx).roles) & LEADERS)


def duty_days(ctx: Context, bureau: UnitId, first: date, last: date) -> Sequence[DutyDay]:
    """Return what each day is like, sensitive periods included."""
    periods = ctx.uow.duty.sensitive_periods(bureau, first, last)
    return days_of(first, last, ctx.calendar(), [(one.first, one.last) for one in periods])


def roster_of(ctx: Context, bureau: UnitId, first: date, last: date) -> Roster:
    """Return the roster of the days from *first* to *last*, both within it."""
    days = duty_days(ctx, bureau, first, last)
    placed = ctx.uow.duty.roster(bureau, first, last)
    declared = ctx.uow.duty.gaps(bureau, first, last)
    policy = policy_of(ctx, bureau)
    return Roster(
        days=days,
        placed=placed,
        gaps=gaps_of(policy.pattern, days, [slot_of(one.shift) for one in placed], declared),
        declared=declared,
        policy=policy,
    )


def gaps_of(
    pattern: Pattern, days: Sequence[DutyDay], taken: Sequence[Slot], declared: Iterable[date]
) -> Mapping[date, Sequence[Slot]]:
    """Return by day which places nobody has, days that were declared to need none excepted."""
    excepted = set(declared)
    wanted = [slot for day in days if day.day not in excepted for slot in needed(day, pattern)]
    gaps: dict[date, list[Slot]] = {}
    for slot in missing(wanted, taken):
        gaps.setdefault(slot.day, []).append(slot)
    return gaps


def slot_of(shift: DutyShift) -> Slot:
    return Slot(day=shift.day, kind=shift.kind, position=shift.position, seat=shift.seat)


def turns_of(shifts: Iterable[DutyShift]) -> Sequence[Turn]:
    return [Turn(slot=slot_of(shift), member=shift.member) for shift in shifts]


def stretch(slots: Mapping[str, object]) -> tuple[date, date] | None:
    """Return the days that were said: one, or the first and the last. None: none were.

    Raises:
        UserError: they are too many, or the last comes before the first.
    """
    if "date_from" in slots:
        first = date.fromisoformat(str(slots["date_from"]))
        last = date.fromisoformat(str(slots["date_to"]))
    elif "date" in slots:
        first = last = date.fromisoformat(str(slots["date"]))
    else:
        return None
    if last < first or (last - first).days >= LONGEST:
        raise UserError(texts.TOO_LONG.format(days=LONGEST))
    return first, last


def day_text(day: date, today: date) -> str:
    """Write a day with its weekday: 10月1日（周四）."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日（周{texts.WEEKDAYS[day.weekday()]}）"


def brief_day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def shift_name(shift: DutyShift | Slot) -> str:
    """Call a shift as people do: 10月1日夜班, 10月1日带班."""
    return f"{brief_day(shift.day)}{kind_name(shift.kind, shift.position)}"


def kind_name(kind: ShiftKind, position: DutyPosition) -> str:
    if position is DutyPosition.DUTY:
        return texts.KINDS[kind]
    return texts.POSITIONS[position]


def hours(shift: DutyShift) -> str:
    """Write when a shift is: 17:30至次日08:30."""
    begins, ends = local(shift.begins_at), local(shift.ends_at)
    next_day = "次日" if ends.date() > begins.date() else ""
    return f"{begins:%H:%M}至{next_day}{ends:%H:%M}"


def shifts_text(shifts: Sequence[DutyShift]) -> str:
    """Name shifts with their hours, the first of them."""
    ordered = sorted(shifts, key=lambda shift: shift.begins_at)
    named = [
        texts.SHIFT.format(
            day=f"{local(shift.begins_at).month}月{local(shift.begins_at).day}日",
            what=kind_name(shift.kind, shift.position),
            hours=hours(shift),
        )
        for shift in ordered[:_SHOWN]
    ]
    more = f"等{len(ordered)}个班" if len(ordered) > _SHOWN else ""
    return "、".join(named) + more


def gap_lines(gaps: Mapping[date, Sequence[Slot]], today: date, most: int = 5) -> str:
    """Name what is missing day by day, the first days in full."""
    lines = [
        texts.GAP_LINE.format(
            day=day_text(day, today),
            what="、".join(
                dict.fromkeys(
                    kind_name(slot.kind, slot.position)
                    for slot in sorted(gaps[day], key=_leads_first)
                )
            ),
        )
        for day in sorted(gaps)[:most]
    ]
    if len(gaps) > most:
        lines.append(texts.MORE_DAYS.format(count=len(gaps) - most))
    return "\n".join(lines)


def _leads_first(slot: Slot) -> bool:
    return slot.position is not DutyPosition.LEAD


def today_of(ctx: Context) -> date:
    return local(ctx.now).date()


def hour_text(moment: datetime) -> str:
    here = local(moment)
    return f"{here.month}月{here.day}日 {here:%H:%M}"


def office_of(ctx: Context, bureau: UnitId) -> Sequence[UserId]:
    """Return who keeps the roster of a bureau."""
    offices = ctx.uow.members.holders(bureau, {Role.OFFICE})[Role.OFFICE]
    return sorted({who for those in offices.values() for who in those})
