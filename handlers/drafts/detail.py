"""稿件 12: one draft with its text and its way through the gates."""

from collections.abc import Mapping, Sequence

from handlers.drafts import meanings, texts, writing
from handlers.drafts.commands import registry
from handlers.drafts.paperwork import history_of
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import DraftShown
from handlers.kit.finding import ROLE_NAMES, draft_numbered, gate_name, named
from handlers.kit.proofs import said_of
from handlers.rules.calendar import short_time
from handlers.rules.proof import Found
from handlers.rules.routes import Stop
from storage.models import Draft, DraftVersion, GatePass, ReviewDecision, ReviewHolder, ReviewTask
from storage.vocabulary import Passage, TaskId, UserId, Verdict


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
    if asked.slots.get("ask") == "history" and draft.version:
        return history_of(ctx, draft)
    ctx.show("draft", [draft.number])
    if asked.slots.get("ask") in _OF_PROGRESS:
        return texts.PROGRESS.format(name=named(draft), progress=_progress(ctx, draft))
    faults = ""
    if draft.version:
        version = ctx.uow.drafts.version(draft.id, draft.version)
        body, faults = version.body, _faults(version)
    else:
        body = "\n".join(part.text for part in ctx.uow.drafts.parts(draft.id, 1))
    names = ctx.uow.members.names([draft.author])
    return texts.DETAIL.format(
        name=named(draft),
        marks=writing.marks(draft),
        unit=ctx.uow.members.unit(draft.unit).name,
        author=names[draft.author],
        version=max(draft.version, 1),
        characters=len(body),
        progress=ctx.with_link(_progress(ctx, draft), f"drafts/{draft.id}"),
        faults=faults,
        body=body,
    )


def _faults(version: DraftVersion) -> str:
    found = [Found.read(each) for each in version.findings]
    lines = [texts.FAULT.format(line=line) for line in said_of(found, version.body)]
    return texts.DETAIL_FAULTS.format(lines="\n".join(lines)) if lines else ""


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
    """Return a line for each gate of the latest version that was passed, decided or waits."""
    if not draft.version:
        return texts.WRITING.format(number=draft.number)
    decisions = {one.task: one for one in ctx.uow.reviews.decisions(draft.id)}
    people = {one.decided_by for one in decisions.values()}
    people |= {one.on_behalf_of for one in decisions.values()}
    names = ctx.uow.members.names(people)
    lines = [
        (one.gate, _passed(ctx, draft, one, decisions, names))
        for one in ctx.uow.reviews.passes(draft.id, draft.version)
    ]
    lines += [
        (one.gate, _decided(ctx, draft, one, names))
        for one in decisions.values()
        if one.version == draft.version and one.verdict is Verdict.RETURN
    ]
    said = [line for _, line in sorted(lines, key=lambda placed: placed[0])]
    said += _waiting(ctx, draft) or [texts.STATUS[draft.status]]
    said += ctx.emit(DraftShown(draft=draft.id))
    return "\n".join(said)


def _passed(
    ctx: Context,
    draft: Draft,
    one: GatePass,
    decisions: Mapping[TaskId, ReviewDecision],
    names: Mapping[UserId, str],
) -> str:
    if one.task is None:
        gate = gate_name(Stop.read(draft.route[one.gate]).gate)
        return texts.STEP.format(mark="–", role=gate, what=texts.SKIPPED)
    decision = decisions[one.task]
    said = _decided(ctx, draft, decision, names)
    if one.how is Passage.CARRIED:
        said += texts.CARRIED.format(version=decision.version)
    return said


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
        role=gate_name(Stop.read(draft.route[decision.gate]).gate),
        what=what.format(who=who, when=when, reason=decision.reason),
    )


def _waiting(ctx: Context, draft: Draft) -> list[str]:
    """Return a line for each seat that the draft waits at."""
    tasks = ctx.uow.reviews.open_tasks(draft.id)
    holders = ctx.uow.reviews.seated([task.id for task in tasks])
    names = ctx.uow.members.names([holder.member for holder in holders])
    hold = ctx.uow.moves.held(draft.id)
    put_off = texts.PUT_OFF.format(until=short_time(hold.until, ctx.now)) if hold else ""
    return [_waits(ctx, draft, task, holders, names) + put_off for task in tasks]


def _waits(
    ctx: Context,
    draft: Draft,
    task: ReviewTask,
    holders: Sequence[ReviewHolder],
    names: Mapping[UserId, str],
) -> str:
    who = [names[holder.member] for holder in holders if holder.task == task.id]
    gate = Stop.read(draft.route[task.gate]).gate
    return texts.STEP.format(
        mark="…",
        role=gate_name(gate) if task.role in gate.roles else ROLE_NAMES[task.role],
        what=texts.WAITING.format(
            who="、".join(who) or "有权限的人",
            since=short_time(task.opened_at, ctx.now),
            due=short_time(task.due_at, ctx.now),
        ),
    )
