"""Approve or return: one wins, and the draft moves on."""

from collections.abc import Collection

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import DraftSigned
from handlers.kit.finding import ROLE_NAMES, gate_name, named
from handlers.kit.messages import CardUpdate, Text
from handlers.reviews import texts, way
from handlers.reviews.clocks import go_on, over
from handlers.reviews.gates import advance
from handlers.reviews.people import names
from handlers.reviews.returned import wait_for_return
from handlers.reviews.way import stop_at
from handlers.rules.calendar import short_time
from handlers.rules.review_flow import after, move_for
from storage.models import Draft, ReviewDecision, ReviewHold, ReviewHolder, ReviewTask
from storage.vocabulary import (
    DraftStatus,
    OutboxStatus,
    Outcome,
    Standing,
    TaskId,
    TaskStatus,
    UserId,
    Verdict,
)

_ENDS = {Verdict.APPROVE: TaskStatus.APPROVED, Verdict.RETURN: TaskStatus.RETURNED}
SAID = {Verdict.APPROVE: "通过", Verdict.RETURN: "退回"}
_BY = {
    Standing.HOLDER: texts.BY_HOLDER,
    Standing.SUBSTITUTE: texts.BY_HOLDER,
    Standing.ESCALATED: texts.BY_ESCALATED,
    Standing.TRANSFERRED: texts.BY_TRANSFERRED,
    Standing.COUNTERSIGNER: texts.BY_COUNTERSIGNER,
    Standing.CONFIRMER: texts.BY_CONFIRMER,
}
_DONE = {Verdict.APPROVE: texts.CARD_PASSED, Verdict.RETURN: texts.CARD_RETURNED}


def task_of(ctx: Context, draft: Draft) -> tuple[ReviewTask, ReviewHolder]:
    """Return what the draft waits for that the sender may decide, and his place at it.

    Raises:
        UserError: nothing waits, or it waits for others; says for whom, or who was first.
    """
    tasks = {task.id: task for task in ctx.uow.reviews.open_tasks(draft.id)}
    if not tasks:
        raise UserError(_why_nothing_waits(ctx, draft))
    holders = ctx.uow.reviews.seated(tasks)
    for holder in holders:
        if holder.member == ctx.sender.userid:
            _refuse_after_delegation(ctx, draft, holder)
            return tasks[holder.task], holder
    if late := _decided_before(ctx, draft):
        raise UserError(late)
    words = texts.OWN if draft.author == ctx.sender.userid else texts.NOT_YOURS
    who = names(ctx, [holder.member for holder in holders])
    raise UserError(
        words.format(name=named(draft), role=_asked_role(draft, tasks.values()), who=who)
    )


def _asked_role(draft: Draft, tasks: Collection[ReviewTask]) -> str:
    """Name in what role the draft is asked about: the gate's, or the one that it climbed to."""
    gate = stop_at(draft, draft.gate).gate
    climbed = [task.role for task in tasks if task.role not in gate.roles and not task.seat]
    return ROLE_NAMES[climbed[0]] if climbed else gate_name(gate)


def _refuse_after_delegation(ctx: Context, draft: Draft, holder: ReviewHolder) -> None:
    """A substitute acts inside his delegation only, whatever its clock has done by now."""
    absent = holder.on_behalf_of
    if absent and not ctx.uow.delegations.in_force(absent, holder.member, ctx.now):
        who = names(ctx, [absent])
        raise UserError(texts.DELEGATION_PASSED.format(absent=who, name=named(draft)))


def decide(ctx: Context, draft: Draft, verdict: Verdict, reason: str, code: str = "") -> str:
    """Record the sender's verdict on the draft's present text, and move the draft.

    1. Only an open task of this very version can be closed; the second to try is told who was
       first.
    2. The decision names the version and its hash.
    3. Clocks stop, cards are greyed, the author hears, the next gate opens: the first that has not
       approved the present text.

    *code* is the one-time code of the card that was pressed, if one was.

    Raises:
        UserError: the sender may not decide, or somebody was faster.
    """
    task, holder = task_of(ctx, draft)
    if not ctx.uow.reviews.close(task.id, draft.version, _ENDS[verdict]):
        raise UserError(late_text(ctx, draft, task))
    hold = go_on(ctx, draft)
    version = ctx.uow.drafts.version(draft.id, draft.version)
    decision = ReviewDecision(
        task=task.id,
        draft=draft.id,
        gate=task.gate,
        version=draft.version,
        sha256=version.sha256,
        verdict=verdict,
        reason=reason,
        decided_by=ctx.sender.userid,
        on_behalf_of=holder.on_behalf_of,
        decided_at=ctx.now,
    )
    ctx.uow.reviews.record(decision)
    ctx.uow.timers.cancel(task.id)
    _grey_cards(ctx, task, _DONE[verdict], code)
    before = {"status": draft.status, "gate": draft.gate}
    more, step = _next_step(ctx, draft, task, verdict)
    draft.status = after(draft.status, move_for(verdict, more=more))
    ctx.audit(
        f"draft:{verdict}",
        draft.id,
        before=before,
        after={"status": draft.status, "version": draft.version, "sha256": version.sha256},
        on_behalf_of=holder.on_behalf_of,
    )
    if hold is not None and draft.status is DraftStatus.IN_REVIEW:
        _tell_who_put_it_off(ctx, draft, hold)
    by = _by(ctx, draft, task, holder)
    if verdict is Verdict.RETURN:
        return _returned(ctx, draft, task, reason, by)
    return _passed(ctx, draft, task, by, step, texts.NOTE.format(note=reason) if reason else "")


def _tell_who_put_it_off(ctx: Context, draft: Draft, hold: ReviewHold) -> None:
    """Tell a reviewer whose own part still waits that another's verdict has ended his hold."""
    waiting = [task.id for task in ctx.uow.reviews.open_tasks(draft.id) if task.id == hold.task]
    if waiting and hold.held_by != ctx.sender.userid:
        said = texts.HOLD_ENDED.format(who=ctx.sender.name, name=named(draft), number=draft.number)
        ctx.tell("review_held", [hold.held_by], Text(text=said), subject=hold.id, stage="over")


def _next_step(ctx: Context, draft: Draft, task: ReviewTask, verdict: Verdict) -> tuple[bool, str]:
    """Go on to the next gate, or after a return nowhere; return whether some gate is to come."""
    if verdict is Verdict.RETURN:
        close_for_nothing(ctx, draft, texts.CARD_RETURNED)
        return True, ""
    way.pass_decided(ctx, task)
    return advance(ctx, draft)


def late_text(ctx: Context, draft: Draft, task: ReviewTask) -> str:
    """Say who decided the task, and when."""
    decision = ctx.uow.reviews.decision(task.id)
    if decision is None:
        return _overtaken(draft)
    if decision.undone_at is not None:
        return texts.LATE_UNDONE.format(name=named(draft), number=draft.number)
    who = names(ctx, [decision.decided_by])
    if decision.decided_by == ctx.sender.userid:
        who = "您"
    return texts.LATE.format(
        who=who,
        when=short_time(decision.decided_at, ctx.now),
        verdict=f"{SAID[decision.verdict]}了",
        name=named(draft),
    )


def _overtaken(draft: Draft) -> str:
    """Say why a task is over on which nobody decided: withdrawn, returned by another, changed."""
    if draft.status is DraftStatus.WITHDRAWN:
        return texts.LATE_WITHDRAWN.format(name=named(draft))
    if draft.status is DraftStatus.IN_REVIEW:
        return texts.LATE_CHANGED.format(name=named(draft), number=draft.number)
    return texts.NOT_WAITING.format(name=named(draft), status=_status(draft))


def close_for_nothing(ctx: Context, draft: Draft, label: str) -> None:
    """End whatever the draft waits for without a decision."""
    for task in ctx.uow.reviews.open_tasks(draft.id):
        close_task(ctx, task, label)
    over(ctx, draft)


def close_task(ctx: Context, task: ReviewTask, label: str) -> None:
    """End a task without a decision, and write *label* on its cards."""
    if ctx.uow.reviews.close(task.id, task.version, TaskStatus.CANCELLED):
        ctx.uow.timers.cancel(task.id)
        _grey_cards(ctx, task, label, "")


def _passed(ctx: Context, draft: Draft, task: ReviewTask, by: str, step: str, note: str) -> str:
    signed = draft.status is DraftStatus.SIGNED
    if signed:
        draft.signed_at = ctx.now
        ctx.emit(DraftSigned(draft=draft.id))
        step += texts.SIGNED
    words = texts.AUTHOR_SIGNED if signed else texts.AUTHOR_PASSED
    _tell_author(ctx, draft, task, words, by=by, next=step, note=note)
    return texts.PASSED.format(name=named(draft), next=step, note=note) + texts.MAY_UNDO


def _returned(ctx: Context, draft: Draft, task: ReviewTask, reason: str, by: str) -> str:
    words = texts.AUTHOR_RETURNED + wait_for_return(ctx, draft)
    _tell_author(ctx, draft, task, words, by=by, reason=reason, number=draft.number)
    author = names(ctx, [draft.author])
    return texts.RETURNED.format(name=named(draft), reason=reason, author=author)


def _by(ctx: Context, draft: Draft, task: ReviewTask, holder: ReviewHolder) -> str:
    """Name the sender as what he decided: in his own role, for somebody, or called in."""
    who, gate = ctx.sender.name, gate_name(stop_at(draft, task.gate).gate)
    if holder.on_behalf_of:
        absent = names(ctx, [holder.on_behalf_of])
        return texts.BY_SUBSTITUTE.format(who=who, absent=absent)
    return _BY[holder.standing].format(who=who, role=gate)


def _tell_author(ctx: Context, draft: Draft, task: ReviewTask, words: str, **more: object) -> None:
    said = words.format(name=named(draft), version=task.version, **more)
    ctx.tell("review_result", [draft.author], Text(text=said), subject=task.id)


def _grey_cards(ctx: Context, task: ReviewTask, label: str, code: str) -> None:
    """Drop the cards that have not left, and write on the others what became of them."""
    ctx.uow.outbox.drop(task.id, ["review_request", "review_reminder"], label)
    for card in ctx.uow.outbox.about(task.id, ["review_request"]):
        if card.status is OutboxStatus.ENDED and card.outcome is not Outcome.SENT:
            continue
        pressed = code if ctx.me is not None and card.recipient == ctx.me.userid else ""
        mine = ctx.me is not None and card.recipient == ctx.me.userid
        done = label if mine or ctx.me is None else f"{ctx.me.name}{label}"
        update = CardUpdate(label=done, card="" if pressed else card.id, response_code=pressed)
        ctx.tell("card_update", [card.recipient], update, subject=task.id, stage=card.id)


def grey_card_of(ctx: Context, task: TaskId, member: UserId, label: str) -> None:
    """Write on one reviewer's card that it is no longer his; one that has not left stays here."""
    kinds = ["review_request", "review_reminder"]
    ctx.uow.outbox.drop(task, kinds, label, recipient=member)
    for card in ctx.uow.outbox.about(task, ["review_request"]):
        if card.recipient == member and card.outcome is Outcome.SENT:
            update = CardUpdate(label=label, card=card.id)
            ctx.tell("card_update", [member], update, subject=task, stage=f"{card.id} {label}")


def _why_nothing_waits(ctx: Context, draft: Draft) -> str:
    if late := _decided_before(ctx, draft):
        return late
    return texts.NOT_WAITING.format(name=named(draft), status=_status(draft))


def _status(draft: Draft) -> str:
    return {
        DraftStatus.COMPOSING: "还没提交",
        DraftStatus.RETURNED: "已退回作者修改",
        DraftStatus.SIGNED: "已签发",
        DraftStatus.EDITED: "已签发",
        DraftStatus.DISPATCHED: "已报送",
        DraftStatus.CORRECTED: "已更正",
        DraftStatus.RETRACTED: "已撤下",
        DraftStatus.WITHDRAWN: "已撤稿",
        DraftStatus.ARCHIVED: "已归档",
    }.get(draft.status, "不在审核")


def _decided_before(ctx: Context, draft: Draft) -> str:
    """Return who decided the last gate of this text that had been put before the sender."""
    for decision in reversed(ctx.uow.reviews.decisions(draft.id)):
        if decision.version != draft.version:
            continue
        task = ctx.uow.reviews.task(decision.task)
        holders = ctx.uow.reviews.holders(decision.task)
        if task is not None and any(h.member == ctx.sender.userid for h in holders):
            return late_text(ctx, draft, task)
    return ""
