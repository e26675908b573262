"""稿件 12: one draft with its text and its way through the gates."""

from collections.abc import Mapping

from handlers.drafts import meanings, texts
from handlers.drafts.commands import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import ROLE_NAMES, draft_numbered, named
from handlers.rules.calendar import short_time
from handlers.rules.routes import Stop
from storage.models import Draft, ReviewDecision
from storage.vocabulary import DraftStatus, Importance, UserId, Verdict


@registry.command(
    "稿件",
    takes=Takes.NUMBER,
    usage="稿件 12",
    purpose="看一篇稿件的全文和审核进度",
    means=meanings.detail,
    changes=False,
)
def open_draft(ctx: Context, asked: Asked) -> str:
    """Show the draft; where only its progress is asked for, only that."""
    draft = _found(ctx, asked)
    ctx.show("draft", [draft.number])
    if asked.slots.get("ask") in _OF_PROGRESS:
        return texts.PROGRESS.format(name=named(draft), progress=_progress(ctx, draft))
    if draft.version:
        body = ctx.uow.drafts.version(draft.id, draft.version).body
    else:
        body = "\n".join(part.text for part in ctx.uow.drafts.parts(draft.id, 1))
    names = ctx.uow.members.names([draft.author])
    return texts.DETAIL.format(
        name=named(draft),
        major=texts.MAJOR if draft.importance is Importance.MAJOR else "",
        unit=ctx.uow.members.unit(draft.unit).name,
        author=names[draft.author],
        version=max(draft.version, 1),
        characters=len(body),
        progress=_progress(ctx, draft),
        body=body,
    )


_SEARCHED = 50
_OF_PROGRESS = frozenset({"status", "reviewers", "reason"})


def _found(ctx: Context, asked: Asked) -> Draft:
    """Return the draft that is named, by number, by 那篇 or by words of its title."""
    if asked.numbers:
        return draft_numbered(ctx, asked.numbers[0])
    hint = str(asked.slots.get("title_hint", ""))
    mine = ctx.uow.drafts.of_author(ctx.sender.userid, _SEARCHED)
    for draft in mine:
        if hint in draft.title:
            return draft
    raise UserError(texts.WHICH_DRAFT)


def _progress(ctx: Context, draft: Draft) -> str:
    """Return a line for each gate of the latest version that was decided or waits."""
    if not draft.version:
        return texts.WRITING.format(number=draft.number)
    decisions = [
        decision
        for decision in ctx.uow.reviews.decisions(draft.id)
        if decision.version == draft.version
    ]
    people = {decision.decided_by for decision in decisions}
    people |= {decision.on_behalf_of for decision in decisions}
    names = ctx.uow.members.names(people)
    lines = [_decided(ctx, draft, decision, names) for decision in decisions]
    if draft.status in {DraftStatus.IN_REVIEW, DraftStatus.ON_HOLD}:
        lines.append(_waiting(ctx, draft))
    else:
        lines.append(texts.STATUS[draft.status])
    return "\n".join(lines)


def _decided(
    ctx: Context, draft: Draft, decision: ReviewDecision, names: Mapping[UserId, str]
) -> str:
    who = names[decision.decided_by]
    if decision.on_behalf_of:
        who = texts.FOR.format(who=who, absent=names[decision.on_behalf_of])
    when = short_time(decision.decided_at, ctx.now)
    passed = decision.verdict is Verdict.APPROVE
    what = texts.PASSED if passed else texts.SENT_BACK
    return texts.STEP.format(
        mark="✓" if passed else "✗",
        role=ROLE_NAMES[Stop.read(draft.route[decision.gate]).gate.roles[0]],
        what=what.format(who=who, when=when, reason=decision.reason),
    )


def _waiting(ctx: Context, draft: Draft) -> str:
    task = ctx.uow.reviews.open_task(draft.id)
    if task is None:
        return texts.STATUS[draft.status]
    hold = ctx.uow.moves.held(draft.id)
    held = texts.PUT_OFF.format(until=short_time(hold.until, ctx.now)) if hold else ""
    holders = [holder.member for holder in ctx.uow.reviews.holders(task.id)]
    who = "、".join(ctx.uow.members.names(holders).values()) or "有权限的人"
    return texts.STEP.format(
        mark="…",
        role=ROLE_NAMES[task.role],
        what=texts.WAITING.format(who=who, since=short_time(task.opened_at, ctx.now)) + held,
    )
