"""扣分: what a unit did and is punished for; a named person of the office says so, with a reason.

What is only late is known from its time, and is counted where it happened (calls); what was missed,
kept back or made up is never found by a machine (domain-rules §4.4).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import draft_numbered, named
from handlers.kit.messages import MessageKind
from handlers.kit.scoring import in_force, rules_by
from handlers.rules.attribution import counting
from handlers.rules.calendar import local
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.texts import EVENT_NAMES, given
from handlers.scores import meanings, texts
from handlers.scores.anew import count_anew
from handlers.scores.commands import registry
from handlers.scores.deductions import (
    called,
    day_text,
    refuse_unless_office,
    sections_by_name,
    tell_unit,
)
from handlers.scores.reading import Said, event_name, read_breach
from handlers.scores.telling import points_of
from storage.models import Deduction, Draft, Unit
from storage.queries.deductions import Deducted
from storage.vocabulary import (
    NO_DRAFT,
    NOBODY,
    DeductionId,
    DraftId,
    DraftStatus,
    EntryStatus,
    Role,
    Urgency,
    UserId,
)

COMMAND = "enter_deduction"
_NOT_YET = frozenset({DraftStatus.COMPOSING, DraftStatus.CANCELLED})
_WIPING = {
    "zero_period": "本期得分清零",
    "zero_year": "全年得分清零",
    "veto": "取消评优资格",
}

registry.message(MessageKind(name="deduction_told", urgency=Urgency.ROUTINE, distinct=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Breach:
    """What is entered: whose, what, when, why, and about which draft."""

    unit: Unit
    event: str
    day: date
    reason: str
    draft: Draft | None
    member: UserId

    @property
    def draft_id(self) -> DraftId:
        return NO_DRAFT if self.draft is None else self.draft.id


@registry.command(
    "扣分",
    takes=Takes.WORDS,
    usage="扣分 物业科 迟报 12号 超过时限两天（只发 扣分：本月的清单）",
    purpose="登记迟报、漏报、失实等扣分事项，要写事由",
    shown_to=frozenset({Role.OFFICE}),
    means=meanings.deduction,
)
def enter_deduction(ctx: Context, asked: Asked) -> str:
    """Enter a breach; it counts at once, and what wipes a whole score out is asked about first.

    Raises:
        UserError: it is not the sender's to enter, or what was said is no breach of a unit.
    """
    refuse_unless_office(ctx)
    if not asked.text:
        return _this_month(ctx)
    today = local(ctx.now).date()
    found = in_force(ctx.uow, ctx.sender.bureau, today)
    rules = None if found is None else found[1]
    events = tuple(EVENT_NAMES) if rules is None else rules.events
    units = sections_by_name(ctx)
    said = read_breach(asked.text, units, events, today)
    draft = draft_numbered(ctx, said.number) if said.number else None
    unit = _unit(ctx, units, said, draft)
    if said.event not in events:
        raise UserError(_no_such_event(rules, said.event, events))
    if said.day is not None and said.day > today:
        raise UserError(texts.NOT_YET.format(day=day_text(ctx, said.day)))
    if not said.reason:
        question = texts.ASK_WHY.format(unit=unit.name, event=event_name(said.event))
        return ctx.ask(question, "deduct_why", COMMAND, asked)
    breach = _Breach(
        unit=unit,
        event=said.event,
        day=said.day or today,
        reason=said.reason,
        draft=draft,
        member=_member(ctx, rules, unit, asked.text, draft),
    )
    if question := _sure(ctx, rules, breach, asked):
        return question
    return _enter(ctx, breach)


def _unit(ctx: Context, units: Mapping[str, Unit], said: Said, draft: Draft | None) -> Unit:
    """Return the unit that is named, or that the draft is of.

    Raises:
        UserError: none is, the draft is another one's, or it was not handed in.
    """
    if draft is not None and draft.status in _NOT_YET:
        raise UserError(texts.NOT_HANDED_IN.format(name=named(draft)))
    if not said.unit:
        if draft is None:
            raise UserError(texts.WHOSE_DEDUCTION)
        return ctx.uow.members.unit(draft.unit)
    unit = units[said.unit]
    if draft is not None and draft.unit != unit.id:
        own = ctx.uow.members.unit(draft.unit)
        raise UserError(texts.OTHER_UNITS_DRAFT.format(name=named(draft), unit=own.name))
    return unit


def _member(
    ctx: Context, rules: RuleSet | None, unit: Unit, text: str, draft: Draft | None
) -> UserId:
    """Return whose it is where the rules are about people: the draft's author, or who is named.

    Raises:
        UserError: nobody is.
    """
    if rules is None or rules.subject != "person":
        return NOBODY
    if draft is not None:
        return draft.author
    names = [name for name in ctx.uow.members.names_in(unit.bureau) if name in text]
    found = [each for each in ctx.uow.members.called(unit.bureau, names) if each.unit == unit.id]
    if len(found) != 1:
        raise UserError(texts.WHO_OF_THEM.format(unit=unit.name))
    return found[0].userid


def _no_such_event(rules: RuleSet | None, event: str, events: Sequence[str]) -> str:
    if not events:
        return texts.NO_EVENTS
    known = "、".join(_priced(rules, each) for each in events)
    if not event:
        return texts.WHICH_EVENT.format(known=known)
    return texts.UNKNOWN_EVENT.format(event=event_name(event), known=known)


def _priced(rules: RuleSet | None, event: str) -> str:
    row = rules.penalty.get(event) if rules else None
    return event_name(event) + (f"（{given(row.points)}）" if row and row.points else "")


def _sure(ctx: Context, rules: RuleSet | None, breach: _Breach, asked: Asked) -> str:
    """Ask whether a whole score is really to be wiped out; empty where that is not so, or said."""
    wiped = sorted(rules.effects_of(breach.event) & _WIPING.keys()) if rules else []
    if not wiped or asked.slots.get("confirmed"):
        return ""
    question = texts.SURE_TO_WIPE.format(
        unit=breach.unit.name,
        event=event_name(breach.event),
        why=breach.reason,
        effect="、".join(_WIPING[effect] for effect in wiped),
    )
    sure = Asked(text=asked.text, slots={"confirmed": True})
    return ctx.offer(question, Option.of(COMMAND, sure), confirming=COMMAND)


def _enter(ctx: Context, breach: _Breach) -> str:
    today = local(ctx.now).date()
    rules = rules_by(ctx.uow, breach.unit.bureau, breach.day)
    where = counting(rules, breach.day, today, ctx.calendar().is_workday)
    _refuse_twice(ctx, breach, where.month)
    entry = Deduction(
        id=DeductionId(ctx.new_id()),
        bureau=breach.unit.bureau,
        unit=breach.unit.id,
        event=breach.event,
        happened_on=breach.day,
        counts_in=where.month,
        late=where.late,
        reason=breach.reason,
        entered_by=ctx.sender.userid,
        entered_at=ctx.now,
        draft=breach.draft_id,
        member=breach.member,
    )
    ctx.uow.deductions.add(entry)
    ctx.audit(
        "deduction:enter",
        entry.id,
        after={
            "unit": entry.unit,
            "event": entry.event,
            "draft": entry.draft,
            "happened_on": entry.happened_on.isoformat(),
            "reason": entry.reason,
        },
    )
    count_anew(ctx, [entry.unit], entry.counts_in)
    known = {
        "what": called(ctx, ctx.uow.deductions.with_draft(entry)),
        "month": int(where.month[-2:]),
        "worth": points_of(ctx, entry),
    }
    told = tell_unit(ctx, entry, texts.DEDUCTION_TOLD.format(**known), "entered")
    return texts.DEDUCTED.format(told=told, unit=breach.unit.name, **known)


def _refuse_twice(ctx: Context, breach: _Breach, month: str) -> None:
    for other in ctx.uow.deductions.of_units([breach.unit.id], [month]):
        old = other.deduction
        alike = (old.event, old.happened_on, old.draft, old.member) == (
            breach.event,
            breach.day,
            breach.draft_id,
            breach.member,
        )
        if alike and (breach.draft is not None or old.reason == breach.reason):
            raise UserError(texts.DEDUCTED_AGAIN.format(what=called(ctx, other)))


def _this_month(ctx: Context) -> str:
    """List what counts this month, and below it how to enter and to take back."""
    month = f"{local(ctx.now):%Y-%m}"
    found = [
        each
        for each in ctx.uow.deductions.of_bureau(ctx.sender.bureau, [month])
        if each.deduction.status is EntryStatus.CONFIRMED
    ]
    return ctx.with_link(_listed(ctx, month, found), f"appeals/{month}")


def _listed(ctx: Context, month: str, found: Sequence[Deducted]) -> str:
    known = {"month": int(month[-2:]), "count": len(found)}
    if not found:
        return texts.NO_DEDUCTIONS.format(**known)
    lines = "\n".join(called(ctx, each) for each in found[:_SHOWN])
    more = texts.MORE_DEDUCTIONS.format(count=len(found) - _SHOWN) if len(found) > _SHOWN else ""
    return texts.DEDUCTIONS.format(**known, lines=lines + more)


_SHOWN = 15
