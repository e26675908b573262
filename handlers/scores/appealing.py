"""申诉: a unit objects to its announced score; the office answers it, with a reason and a trace."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import MessageKind, Text
from handlers.kit.scoring import standing_scores
from handlers.rules.calendar import local
from handlers.rules.notices.periods import period_in
from handlers.rules.scoring.lines import plain
from handlers.rules.visibility import may_appeal, may_deduct
from handlers.scores import meanings, texts
from handlers.scores.commands import registry
from handlers.scores.deductions import day_text, lately
from handlers.scores.reading import objection, read_breach
from storage.models import Appeal, Notice, Unit
from storage.vocabulary import (
    NO_DEDUCTION,
    AppealId,
    AppealStatus,
    DeductionId,
    NoticeStatus,
    Role,
    UnitKind,
    Urgency,
)

COMMAND = "file_appeal"
_CONCERNED = frozenset({Role.OFFICER, Role.SECTION_HEAD})
_SHOWN = 10

registry.message(MessageKind(name="appeal_filed", urgency=Urgency.ROUTINE, distinct=True))


@registry.command(
    "申诉",
    takes=Takes.WORDS,
    usage="申诉 8月 得分 少算了12号的采用",
    purpose="通报发布后对本科室得分提出异议，看办公室的答复",
    shown_to=_CONCERNED | {Role.OFFICE},
    means=meanings.appeal,
)
def file_appeal(ctx: Context, asked: Asked) -> str:
    """File an objection to the score of the sender's unit; without words tell what became of them.

    Raises:
        UserError: it is not his to file, no notice says anything of that month, or it is too late.
    """
    if not asked.text:
        return _told(ctx)
    unit = ctx.uow.members.unit(ctx.sender.unit)
    if not may_appeal(viewer(ctx), unit.id) or unit.kind is not UnitKind.SECTION:
        raise UserError(texts.NOT_TO_APPEAL)
    notice = _announced(ctx, asked)
    words = objection(asked.text)
    if not words:
        question = texts.ASK_OBJECTION.format(month=_month(notice.period))
        return ctx.ask(question, "objection", COMMAND, replace(asked, slots={}))
    mine = ctx.uow.deductions.appeals_of([unit.id], [notice.period])
    if any(each.words == words and each.status is AppealStatus.OPEN for each in mine):
        raise UserError(texts.APPEALED_AGAIN)
    return _file(ctx, unit, notice, words)


def _announced(ctx: Context, asked: Asked) -> Notice:
    """Return the notice that is objected to, the last one where no month is named.

    Raises:
        UserError: there is none, it gives no time for objections, or that time is over.
    """
    said = period_in(asked.text, local(ctx.now).date())
    bureau = ctx.sender.bureau
    notice = ctx.uow.notices.of(bureau, said) if said else ctx.uow.deductions.last_announced(bureau)
    if notice is None or notice.status is not NoticeStatus.RELEASED:
        raise UserError(texts.NOT_ANNOUNCED.format(month=_month(said) if said else ""))
    if notice.appeal_until is None:
        raise UserError(texts.NO_APPEALS.format(month=_month(notice.period)))
    if local(ctx.now).date() > notice.appeal_until:
        until = day_text(ctx, notice.appeal_until)
        raise UserError(texts.TOO_LATE.format(month=_month(notice.period), until=until))
    return notice


def _file(ctx: Context, unit: Unit, notice: Notice, words: str) -> str:
    today = local(ctx.now).date()
    found = standing_scores(ctx.uow, unit.bureau, [unit], notice.period, today)
    appeal = Appeal(
        id=AppealId(ctx.new_id()),
        bureau=unit.bureau,
        unit=unit.id,
        period=notice.period,
        words=words,
        filed_by=ctx.sender.userid,
        filed_at=ctx.now,
        points=found[2][unit.id].points if found else texts.NOTHING,
        deduction=_deduction(ctx, unit, notice.period, words, today),
    )
    ctx.uow.deductions.file(appeal)
    ctx.audit(
        "appeal:file",
        appeal.id,
        after={"unit": unit.id, "period": appeal.period, "words": words},
    )
    known = {"appeal": called(ctx, appeal), "points": plain(appeal.points)}
    how = texts.HOW_TO_ANSWER.format(unit=unit.name, month=_month(appeal.period))
    for member in ctx.uow.members.holding(Role.OFFICE, unit.bureau):
        link = ctx.link(f"appeals/{appeal.period}", member)
        said = texts.APPEAL_FILED.format(**known, how=how) + (f"\n{link}" if link else "")
        ctx.tell("appeal_filed", [member], Text(text=said), subject=appeal.id)
    return texts.APPEALED.format(**known)


def _deduction(ctx: Context, unit: Unit, month: str, words: str, today: date) -> DeductionId:
    """Return the deduction that the words are about, if they can be about one only."""
    said = read_breach(words, (), (), today)
    found = [
        each.deduction
        for each in ctx.uow.deductions.of_units([unit.id], [month])
        if (said.event or "扣分" in words or said.number)
        and (not said.event or said.event == each.deduction.event)
        and (not said.number or said.number == each.number)
    ]
    return found[0].id if len(found) == 1 else NO_DEDUCTION


def called(ctx: Context, appeal: Appeal) -> str:
    """Name an objection: 物业科8月得分的申诉（少算了12号的采用）."""
    unit = ctx.uow.members.unit(appeal.unit).name
    return texts.APPEAL.format(unit=unit, month=_month(appeal.period), words=appeal.words)


def _month(period: str) -> str:
    return f"{int(period[5:7])}月" if len(period) == len("2026-08") else period


def _told(ctx: Context) -> str:
    """Tell the office what waits for its answer, others what became of theirs."""
    if may_deduct(viewer(ctx), ctx.sender.bureau):
        found = ctx.uow.deductions.open_appeals(ctx.sender.bureau)
        if not found:
            return texts.NONE_OPEN
        said = texts.OPEN_APPEALS.format(count=len(found), lines=_lines(ctx, found))
        return ctx.with_link(said, f"appeals/{found[0].period}")
    months = lately(local(ctx.now).year)
    mine = ctx.uow.deductions.appeals_of([ctx.sender.unit], months)
    if not mine:
        return texts.HOW_TO_APPEAL
    return texts.YOUR_APPEALS.format(lines=_lines(ctx, mine[::-1]))


def _lines(ctx: Context, appeals: Sequence[Appeal]) -> str:
    return "\n".join(f"{called(ctx, each)}{state_of(each)}" for each in appeals[:_SHOWN])


def state_of(appeal: Appeal) -> str:
    """Say what became of an objection."""
    answer = f"：{appeal.answer}" if appeal.answer else ""
    return f" {texts.APPEAL_STATES[appeal.status]}{answer}"
