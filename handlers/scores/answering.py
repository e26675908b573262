"""采纳申诉, 驳回申诉: the office answers an objection; what it accepts it puts right."""

from dataclasses import replace

from handlers.kit.asked import Asked, Form, Takes
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.messages import MessageKind, Text
from handlers.rules.calendar import local
from handlers.rules.notices.periods import period_in
from handlers.scores import meanings, texts
from handlers.scores.appealing import called
from handlers.scores.commands import registry
from handlers.scores.deductions import refuse_unless_office, sections_by_name
from handlers.scores.reading import reason
from handlers.scores.taking_back import put_back, take_back
from storage.models import Appeal
from storage.vocabulary import (
    NOBODY,
    AppealId,
    AppealStatus,
    EntryStatus,
    Role,
    Urgency,
)

_OFFICE = frozenset({Role.OFFICE})

registry.message(MessageKind(name="appeal_answered", urgency=Urgency.ROUTINE, distinct=True))


@registry.command(
    "采纳申诉",
    "同意申诉",
    takes=Takes.WORDS,
    usage="采纳申诉 物业科 8月 已补登12号",
    purpose="采纳科室对得分的申诉，写明理由",
    shown_to=_OFFICE,
    means=meanings.accepting,
)
def accept_appeal(ctx: Context, asked: Asked) -> str:
    """Accept an objection; a deduction that it is about counts no longer.

    Raises:
        UserError: it is not the sender's to answer, or none waits that could be meant.
    """
    return _answer(ctx, asked, AppealStatus.ACCEPTED)


@registry.command(
    "驳回申诉",
    "不采纳申诉",
    takes=Takes.WORDS,
    usage="驳回申诉 物业科 8月 12号8月没有登记采用",
    purpose="不采纳科室对得分的申诉，写明理由",
    shown_to=_OFFICE,
    means=meanings.refusing,
)
def refuse_appeal(ctx: Context, asked: Asked) -> str:
    """Refuse an objection, with a reason.

    Raises:
        UserError: as above.
    """
    return _answer(ctx, asked, AppealStatus.REFUSED)


@registry.form("appeal")
def answer_on_page(ctx: Context, form: Form) -> str:
    """Take the answer that was written on the page.

    Raises:
        UserError: it is not the visitor's to answer, somebody has answered, or no reason is given.
    """
    refuse_unless_office(ctx)
    appeal = ctx.uow.deductions.appeal(AppealId(form.fields["appeal"]))
    if appeal is None or appeal.bureau != ctx.sender.bureau:
        raise UserError(texts.NONE_OPEN)
    why = form.fields["why"].strip()
    if not why:
        raise UserError(texts.REASON_PLEASE)
    accepted = form.fields["verdict"] == AppealStatus.ACCEPTED
    return decide(ctx, appeal, AppealStatus.ACCEPTED if accepted else AppealStatus.REFUSED, why)


def _answer(ctx: Context, asked: Asked, verdict: AppealStatus) -> str:
    refuse_unless_office(ctx)
    command = "accept_appeal" if verdict is AppealStatus.ACCEPTED else "refuse_appeal"
    found = _meant(ctx, asked)
    if not found:
        raise UserError(texts.NONE_OPEN)
    if len(found) > 1:
        options = [
            Option.of(command, replace(asked, slots={"appeal": each.id}), called(ctx, each))
            for each in found
        ]
        return ctx.offer(texts.WHICH_APPEAL, *options)
    why = reason(asked.text, list(sections_by_name(ctx)))
    if not why:
        slot = "accept_why" if verdict is AppealStatus.ACCEPTED else "refuse_why"
        question = texts.ASK_ANSWER.format(appeal=called(ctx, found[0]))
        return ctx.ask(question, slot, command, replace(asked, slots={"appeal": found[0].id}))
    return decide(ctx, found[0], verdict, why)


def _meant(ctx: Context, asked: Asked) -> list[Appeal]:
    waiting = ctx.uow.deductions.open_appeals(ctx.sender.bureau)
    if chosen := asked.slots.get("appeal"):
        return [each for each in waiting if each.id == chosen]
    named = [unit.id for name, unit in sections_by_name(ctx).items() if name in asked.text]
    period = period_in(asked.text, local(ctx.now).date())
    fitting = [each for each in waiting if not named or each.unit in named]
    return [each for each in fitting if each.period == period] or fitting


def decide(ctx: Context, appeal: Appeal, verdict: AppealStatus, why: str) -> str:
    """Answer an objection once; nobody answers his own.

    Raises:
        UserError: it is the sender's own, or somebody has answered it.
    """
    ctx.uow.deductions.lock_appeal(appeal)
    if appeal.status is not AppealStatus.OPEN:
        raise UserError(texts.ANSWERED_ALREADY.format(appeal=called(ctx, appeal)))
    if appeal.filed_by == ctx.sender.userid:
        raise UserError(texts.OWN_APPEAL)
    appeal.status, appeal.answer = verdict, why
    appeal.answered_by, appeal.answered_at = ctx.sender.userid, ctx.now
    _audit(ctx, appeal, AppealStatus.OPEN)
    corrected = _put_right(ctx, appeal) if verdict is AppealStatus.ACCEPTED else ""
    known = {"appeal": called(ctx, appeal), "why": why}
    form = texts.ACCEPTED_TOLD if verdict is AppealStatus.ACCEPTED else texts.REFUSED_TOLD
    _tell(ctx, appeal, form.format(**known))
    if verdict is AppealStatus.REFUSED:
        return texts.APPEAL_REFUSED.format(**known)
    return texts.APPEAL_ACCEPTED.format(**known, next=corrected or texts.CORRECT_IT)


def _put_right(ctx: Context, appeal: Appeal) -> str:
    """Take back the deduction that is objected to, if it still counts; say that it was."""
    entry = ctx.uow.deductions.deduction(appeal.deduction) if appeal.deduction else None
    if entry is None or entry.status is not EntryStatus.CONFIRMED:
        return ""
    take_back(ctx, ctx.uow.deductions.with_draft(entry), texts.BY_APPEAL.format(why=appeal.answer))
    return texts.DEDUCTION_VOIDED


def open_again(ctx: Context, appeal: Appeal) -> str:
    """Let an objection that was answered just now wait again, and put back what went with it."""
    ctx.uow.deductions.lock_appeal(appeal)
    before, at = appeal.status, appeal.answered_at
    entry = ctx.uow.deductions.deduction(appeal.deduction) if appeal.deduction else None
    appeal.status, appeal.answer = AppealStatus.OPEN, ""
    appeal.answered_by, appeal.answered_at = NOBODY, None
    _audit(ctx, appeal, before)
    if entry is not None and entry.taken_back_at == at:
        put_back(ctx, ctx.uow.deductions.with_draft(entry))
    said = texts.ANSWER_UNDONE.format(appeal=called(ctx, appeal))
    _tell(ctx, appeal, said)
    return said


def withdraw(ctx: Context, appeal: Appeal) -> str:
    """Take back an objection that was filed just now."""
    ctx.uow.deductions.lock_appeal(appeal)
    if appeal.status is not AppealStatus.OPEN:
        raise UserError(texts.ANSWERED_ALREADY.format(appeal=called(ctx, appeal)))
    appeal.status = AppealStatus.WITHDRAWN
    _audit(ctx, appeal, AppealStatus.OPEN)
    said = texts.APPEAL_WITHDRAWN.format(appeal=called(ctx, appeal))
    office = ctx.uow.members.holding(Role.OFFICE, appeal.bureau)
    ctx.tell("appeal_filed", office, Text(text=said), subject=appeal.id, stage="withdrawn")
    return said


def _audit(ctx: Context, appeal: Appeal, before: AppealStatus) -> None:
    after = {"status": appeal.status, "why": appeal.answer}
    ctx.audit("appeal:answer", appeal.id, before={"status": before}, after=after)


def _tell(ctx: Context, appeal: Appeal, said: str) -> None:
    heads = ctx.uow.members.holding(Role.SECTION_HEAD, appeal.unit)
    told = sorted({appeal.filed_by, *heads} - {ctx.sender.userid})
    stage = f"{appeal.status} {ctx.now.isoformat()}"
    ctx.tell("appeal_answered", told, Text(text=said), subject=appeal.id, stage=stage)
