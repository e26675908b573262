"""What the page about deductions and objections shows: the office all, others their own unit's."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.kit.context import Context
from handlers.kit.finding import viewer
from handlers.kit.scoring import standing_scores
from handlers.rules.calendar import local
from handlers.rules.scoring.lines import plain
from handlers.rules.visibility import may_deduct, may_see_points
from handlers.scores import texts
from handlers.scores.deductions import day_text
from handlers.scores.reading import event_name
from storage.models import Appeal, Unit
from storage.vocabulary import AppealStatus, EntryStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection, with the unit's points when it was filed and now."""

    appeal: Appeal
    unit: str
    before: str
    after: str
    filed_by: str
    answered_by: str
    state: str
    answerable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOff:
    """A deduction; *by* confirmed it, *back* is why it counts no longer."""

    day: str
    unit: str
    what: str
    by: str
    back: str


def _seen(ctx: Context) -> Sequence[Unit]:
    """Return the sections whose points the visitor may see."""
    who = viewer(ctx)
    units = ctx.uow.members.sections_of(ctx.sender.bureau)
    lineages = ctx.uow.members.lineages([unit.id for unit in units])
    return [unit for unit in units if may_see_points(who, ctx.sender.unit, lineages[unit.id])]


def objections_seen(ctx: Context, month: str) -> Sequence[Objection]:
    """Return the objections of a month that the visitor may see, those that wait first."""
    units = {unit.id: unit for unit in _seen(ctx)}
    appeals = ctx.uow.deductions.appeals_of(list(units), [month])
    concerned = list({units[each.unit].id: units[each.unit] for each in appeals}.values())
    today = local(ctx.now).date()
    found = standing_scores(ctx.uow, ctx.sender.bureau, concerned, month, today)
    names = ctx.uow.members.names(
        {who for each in appeals for who in (each.filed_by, each.answered_by)}
    )
    answers = may_deduct(viewer(ctx), ctx.sender.bureau)
    waits_first = sorted(appeals, key=lambda each: each.status is not AppealStatus.OPEN)
    return [
        Objection(
            appeal=each,
            unit=units[each.unit].name,
            before=plain(each.points),
            after=plain(found[2][each.unit].points if found else texts.NOTHING),
            filed_by=names.get(each.filed_by, ""),
            answered_by=names.get(each.answered_by, ""),
            state=texts.APPEAL_STATES[each.status],
            answerable=answers
            and each.status is AppealStatus.OPEN
            and each.filed_by != ctx.sender.userid,
        )
        for each in waits_first
    ]


def taken_off(ctx: Context, month: str) -> Sequence[TakenOff]:
    """Return the deductions of a month that the visitor may see, also those taken back."""
    units = {unit.id: unit for unit in _seen(ctx)}
    found = [
        each
        for each in ctx.uow.deductions.of_bureau(ctx.sender.bureau, [month])
        if each.deduction.unit in units
    ]
    names = ctx.uow.members.names({each.deduction.entered_by for each in found})
    return [
        TakenOff(
            day=day_text(ctx, each.deduction.happened_on),
            unit=units[each.deduction.unit].name,
            what="，".join(
                part
                for part in (
                    event_name(each.deduction.event),
                    f"{each.number}号《{each.title}》" if each.number else "",
                    each.deduction.reason,
                )
                if part
            ),
            by=names.get(each.deduction.entered_by, ""),
            back=(
                each.deduction.taken_back_why
                if each.deduction.status is EntryStatus.TAKEN_BACK
                else ""
            ),
        )
        for each in found
    ]
