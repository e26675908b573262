"""应约 5: a draft answers a call; it counts when it is handed in, and no longer if withdrawn."""

from collections.abc import Sequence

from handlers.calls import texts
from handlers.calls.naming import left_of, named_call, unit_names
from handlers.calls.parts import answerable, seen_call, shift
from handlers.calls.registry import registry
from handlers.calls.reminding import climb
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.events import DraftSubmitted, DraftWithdrawn
from handlers.kit.finding import draft_numbered, named
from handlers.rules.call_terms import FITS_FROM, fit
from handlers.rules.calls import MOVES, OWED, PartMove
from storage.models import Call, CallAnswer, CallPart, Draft
from storage.vocabulary import (
    CallStatus,
    ConversationState,
    DraftId,
    DraftStatus,
    PartState,
)

_GONE = frozenset({DraftStatus.WITHDRAWN, DraftStatus.CANCELLED})


@registry.command(
    "应约",
    takes=Takes.NUMBERS,
    usage="应约 5（或：应约 5 12，12是稿件编号）",
    purpose="正在写的或刚提交的稿件算约稿的交稿",
)
def answer_call(ctx: Context, asked: Asked) -> str:
    """Let a draft answer a call: the one that is named, the one in hand, else the latest.

    Raises:
        UserError: the call is not for the sender's unit, or there is no draft to answer with.
    """
    call, parts = seen_call(ctx, asked.numbers[0])
    draft = _draft_meant(ctx, call, asked.numbers[1:])
    mine = [part for part in answerable(ctx, parts) if part.unit == draft.unit]
    if not mine:
        units = "、".join(unit_names(ctx, parts).values())
        raise UserError(texts.NOT_ASKED.format(name=named_call(call), units=units))
    return bind(ctx, call, mine[0], draft)


def bind(ctx: Context, call: Call, part: CallPart, draft: Draft) -> str:
    """Write down that the draft answers the part; handed in it counts at once."""
    words = {"name": named_call(call), "draft": named(draft), "number": call.number}
    before = ctx.uow.calls.answer_of(draft.id)
    if before is not None and before.part == part.id:
        return texts.BOUND_BEFORE.format(**words)
    if before is not None:
        release(ctx, draft.id)
    answer = CallAnswer(draft=draft.id, part=part.id, bound_by=ctx.sender.userid, bound_at=ctx.now)
    ctx.uow.calls.bind(answer)
    ctx.audit("call:bind", call.id, after={"draft": draft.id, "part": part.id})
    if draft.submitted_at is None:
        return texts.BOUND.format(**words)
    return hand_in(ctx, call, part, answer, draft)


def hand_in(ctx: Context, call: Call, part: CallPart, answer: CallAnswer, draft: Draft) -> str:
    """Count a draft that was handed in; the last of the pieces settles the part."""
    first = answer.handed_in_at is None
    answer.handed_in_at = draft.submitted_at or ctx.now
    answer.on_time = answer.handed_in_at <= part.due_at
    left = left_of(ctx, call, part)
    name = named_call(call)
    if left:
        return texts.ANSWERED_SOME.format(name=name, left=left) if first else ""
    on_time = all(one.on_time for one in ctx.uow.calls.handed_in(part.id)[: call.pieces])
    move = PartMove.ANSWER if on_time else PartMove.ANSWER_LATE
    if (part.state, move) not in MOVES:
        return texts.ANSWERED_MORE.format(name=name) if first else ""
    shift(ctx, call, part, move)
    _tell_all_in(ctx, call)
    return (texts.ANSWERED if on_time else texts.ANSWERED_LATE).format(name=name)


def release(ctx: Context, draft: DraftId) -> None:
    """Let a draft answer nothing any more; what it settled is owed again."""
    answer = ctx.uow.calls.answer_of(draft)
    part = ctx.uow.calls.part(answer.part) if answer is not None else None
    if answer is None or part is None:
        return
    call = ctx.uow.calls.lock(part.call)
    ctx.uow.calls.unbind(answer)
    ctx.audit("call:unbind", call.id, before={"draft": draft, "part": part.id})
    settled = part.state in {PartState.SUBMITTED, PartState.LATE}
    if settled and left_of(ctx, call, part):
        shift(ctx, call, part, PartMove.TAKE_BACK)


def _draft_meant(ctx: Context, call: Call, numbers: Sequence[int]) -> Draft:
    if numbers:
        draft = draft_numbered(ctx, numbers[0])
        if draft.status in _GONE:
            raise UserError(texts.GONE.format(draft=named(draft)))
        return draft
    talk = ctx.talk
    if talk is not None and talk.state is ConversationState.COMPOSING:
        return ctx.uow.drafts.lock(DraftId(talk.subject))
    for draft in ctx.uow.drafts.of_author(ctx.sender.userid, 1):
        if draft.status not in _GONE and ctx.uow.calls.answer_of(draft.id) is None:
            return draft
    raise UserError(texts.NO_DRAFT.format(name=named_call(call), number=call.number))


@registry.on(DraftSubmitted)
def count_answer(ctx: Context, event: DraftSubmitted) -> str:
    """Count the draft if it answers a call; ask whether it does if an open call fits it."""
    answer = ctx.uow.calls.answer_of(event.draft)
    draft = ctx.uow.drafts.get(event.draft)
    if answer is None:
        return _ask_whether_it_answers(ctx, draft)
    part = ctx.uow.calls.part(answer.part)
    if part is None:
        return ""
    call = ctx.uow.calls.lock(part.call)
    return hand_in(ctx, call, part, answer, draft)


def _ask_whether_it_answers(ctx: Context, draft: Draft) -> str:
    """Ask about the one open call of the author's unit that the draft fits by its topic."""
    if draft.version > 1:
        return ""
    owed = [one for one in ctx.uow.calls.owed_by({draft.unit}) if one.part.state in OWED]
    body = ctx.uow.drafts.version(draft.id, draft.version).body if owed else ""
    fitting = [one for one in owed if fit(one.call.topic, draft.title, body) >= FITS_FROM]
    if len(fitting) != 1:
        return ""
    call = fitting[0].call
    question = texts.ASK_WHETHER.format(
        name=named_call(call), number=call.number, draft=draft.number
    )
    yes = Option(label="", command="answer_call", numbers=(call.number, draft.number))
    return ctx.offer(question, yes, confirming="answer_call")


@registry.on(DraftWithdrawn)
def let_go(ctx: Context, event: DraftWithdrawn) -> None:
    """A draft that is taken back answers nothing: its part is owed again."""
    release(ctx, event.draft)


def _tell_all_in(ctx: Context, call: Call) -> None:
    """Tell the office once that nothing is open any more."""
    if call.status is not CallStatus.SETTLED:
        return
    parts = ctx.uow.calls.parts(call.id)
    names = unit_names(ctx, parts)
    summary = "、".join(f"{names[part.unit]}{texts.STATES[part.state]}" for part in parts)
    said = texts.ALL_IN.format(name=named_call(call), summary=summary)
    climb(ctx, call, said, f"all in {ctx.now.isoformat()}")
