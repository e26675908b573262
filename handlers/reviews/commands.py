"""待审, 通过, 退回, 撤销: what a reviewer says, in words or by a button."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from handlers.kit.asked import Asked, Press, Takes
from handlers.kit.context import PATIENCE, Context, Option
from handlers.kit.errors import TalkOverError, UserError
from handlers.kit.finding import draft_numbered, named
from handlers.kit.listing import fitting
from handlers.kit.meaning import Heard, Situation
from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from handlers.kit.rewriting import EDITS
from handlers.reviews import meanings, texts
from handlers.reviews.beyond import BEYOND, approve_with_more
from handlers.reviews.comfort import line, load
from handlers.reviews.deciding import decide, late_text, task_of
from handlers.reviews.remarks import agrees, remark, set_against
from handlers.reviews.undoing import undo
from handlers.rules.calendar import length, local
from handlers.rules.reviewers import LADDER
from storage.models import Draft, ReviewTask
from storage.queries.reviews import Waiting
from storage.vocabulary import ConversationState, Role, TaskId, TaskStatus, Topic, Urgency, Verdict

registry = Registry(theme="审核")
registry.message(MessageKind(name="review_request", urgency=Urgency.PROMPT, distinct=True))
registry.message(MessageKind(name="review_result", urgency=Urgency.PROMPT, distinct=True))
registry.message(MessageKind(name="card_update", urgency=Urgency.PROMPT, mutable=False))
registry.message(MessageKind(name="nobody_to_review", urgency=Urgency.ALERT))
registry.message(
    MessageKind(
        name="review_reminder",
        urgency=Urgency.ROUTINE,
        resend_when_unsure=False,
        topic=Topic.REVIEW,
        distinct=True,
    )
)

REVIEWERS = frozenset({*LADDER, Role.SECRECY_REVIEWER, Role.LEGAL_REVIEWER})
_SHOWN = 10
# The verb and the numbers in front of a reason: 12号退回，理由是|太长, 退回 12 |太长.
_VERDICT = (
    r"(?:那?就?(?:都|全部?)?(?:退回去?|退稿|退掉|退了?|打回去?|驳回|不通过|不同意|tuihui|退会|推回)"
    r"(?:给?他|去|吧|了|掉|一下)?)"
)
_NUMBERED = r"(?:[把将]?(?:第?[\d一二三四五六七八九十]{1,5}\s*号?(?:稿件?)?[\s,、和跟及与]*)+)"
_BEFORE_REASON = re.compile(
    rf"^(?:{_NUMBERED})?(?:{_VERDICT})?[\s,:]*(?:{_NUMBERED})?[\s,.:;、]*(?:理由|原因)?(?:是|为|:)?[\s,.:;]*"
)
_AFTER_REASON = re.compile(rf"[\s,.;、]*(?:{_VERDICT})[\s.!~]*$")


def _reason(heard: Heard) -> str:
    """Return the words that say why, without the verdict and the numbers around them."""
    start = _BEFORE_REASON.match(heard.plain)
    begin = start.end() if start else 0
    ending = _AFTER_REASON.search(heard.plain, begin)
    return heard.raw[begin : ending.start() if ending else None].strip(" ，,。")


@registry.situation
def _what_waits(ctx: Context, roles: frozenset[Role]) -> Situation | None:
    """What waits for a reviewer is what he talks about: a card, or several."""
    if not roles & REVIEWERS:
        return None
    waiting = ctx.uow.reviews.waiting_for(ctx.sender.userid)
    if not waiting:
        return None
    kind = "review_card" if len(waiting) == 1 else "pending"
    return Situation(kind=kind, numbers=tuple(item.draft.number for item in waiting))


@registry.command(
    "待审",
    takes=Takes.NOTHING,
    usage="待审",
    purpose="看等您审核的稿件",
    shown_to=REVIEWERS,
    means=meanings.pending,
    changes=False,
)
def list_pending(ctx: Context, asked: Asked) -> str:
    """List what waits for the sender; a day, a length of waiting or a unit narrows it."""
    everything = ctx.uow.reviews.waiting_for(ctx.sender.userid)
    if not everything:
        return texts.NOTHING_WAITS
    waiting = [item for item in everything if _fits(ctx, item, asked.slots)]
    if not waiting:
        return texts.NONE_FITS.format(count=len(everything))
    if asked.slots.get("ask") == "count":
        return texts.WAITING_COUNT.format(count=len(waiting))
    return _page(ctx, waiting, asked.slots, offset=int(asked.slots.get("offset", 0)))


def _fits(ctx: Context, item: Waiting, slots: Mapping[str, Any]) -> bool:
    opened = item.task.opened_at
    if "overdue" in slots and opened > ctx.now - length(slots["overdue"]):
        return False
    if "date" in slots and local(opened).date().isoformat() != slots["date"]:
        return False
    named_unit = slots.get("unit", "mine")
    return named_unit == "mine" or named_unit in item.unit


def _page(
    ctx: Context, waiting: Sequence[Waiting], slots: Mapping[str, Any], *, offset: int
) -> str:
    shown = waiting[offset : offset + _SHOWN]
    calendar = ctx.calendar()
    lines = fitting([line(ctx, item, calendar) for item in shown])
    ctx.show("pending", [item.draft.number for item in shown[: len(lines)]])
    end = offset + len(lines)
    if left := len(waiting) - end:
        lines.append(texts.AND_MORE.format(count=left))
        ctx.more("list_pending", {**slots, "offset": end})
    said = texts.WAITING.format(count=len(waiting), lines="\n".join(lines))
    if not offset:
        said += load(ctx)
    return ctx.with_link(said, "pending")


def _ask_which(verb: str, command: str) -> Callable[[Context, str], str]:
    """Return what asks which of the waiting drafts a bare 可以 or 退回 means."""

    def ask(ctx: Context, text: str) -> str:
        waiting = ctx.uow.reviews.waiting_for(ctx.sender.userid)
        if not waiting:
            return texts.NOTHING_WAITS
        options = [
            Option(
                label=named(item.draft), command=command, numbers=(item.draft.number,), text=text
            )
            for item in waiting[:_SHOWN]
        ]
        return ctx.offer(texts.WHICH.format(verb=verb), *options)

    return ask


@registry.command(
    "通过",
    takes=Takes.NUMBERS,
    usage="通过 12（几篇：通过 12 13）",
    purpose="通过等您审核的稿件",
    shown_to=REVIEWERS,
    means=meanings.approve,
    reads=remark,
    which=_ask_which("通过", "approve"),
)
def approve(ctx: Context, asked: Asked) -> str:
    """Approve, with edits, conditions or a last word of somebody above if that is asked for.

    What else is said goes to the author as an opinion; of what takes something back it is asked.
    """
    slots = asked.slots
    if slots.get("all") and slots.get("confirmed") is None:
        return _confirm_all(ctx, asked, texts.CONFIRM_ALL, "approve")
    if EDITS & slots.keys() and len(asked.numbers) > 1:
        raise UserError(texts.ONE_AT_A_TIME)
    if BEYOND & slots.keys():
        return _each(
            ctx, asked.numbers, lambda draft: approve_with_more(ctx, draft, asked.text, slots)
        )
    places = _places(slots)
    if (but := set_against(asked.text)) and not places and not slots.get("confirmed"):
        return _ask_about(ctx, replace(asked, text=but))
    note = places or asked.text
    return _each(ctx, asked.numbers, lambda draft: decide(ctx, draft, Verdict.APPROVE, reason=note))


def _ask_about(ctx: Context, asked: Asked) -> str:
    """Ask what is to become of drafts that somebody approves with a but."""
    names = "、".join(named(draft_numbered(ctx, number)) for number in asked.numbers)
    passed = replace(asked, slots={**asked.slots, "confirmed": True})
    return ctx.offer(
        texts.APPROVE_BUT.format(names=names, said=asked.text),
        Option.of("approve", passed, texts.APPROVE_AND_TELL),
        Option.of("return_draft", passed, texts.RETURN_FOR_IT),
    )


def _places(slots: Mapping[str, Any]) -> str:
    """Say where it may go and where not, as a note beside the approval."""
    only, never = slots.get("channel"), slots.get("not_channel")
    said = [f"只发{only}" if only else "", f"不发{never}" if never else ""]
    return "，".join(part for part in said if part)


def _confirm_all(ctx: Context, asked: Asked, question: str, command: str) -> str:
    """Name all that would be decided, and wait for a yes."""
    drafts = [draft_numbered(ctx, number) for number in sorted(asked.numbers)]
    option = Option.of(command, replace(asked, slots={**asked.slots, "confirmed": True}))
    lines = "\n".join(named(draft) for draft in drafts)
    said = question.format(count=len(drafts), lines=lines, reason=asked.text)
    return ctx.offer(said, option, confirming=f"{command}_all")


@registry.command(
    "退回",
    takes=Takes.NUMBER_AND_TEXT,
    usage="退回 12 理由",
    purpose="退回稿件，请作者修改",
    shown_to=REVIEWERS,
    means=meanings.return_,
    reads=_reason,
    which=_ask_which("退回", "return_draft"),
)
def return_draft(ctx: Context, asked: Asked) -> str:
    if not asked.text:
        draft = draft_numbered(ctx, asked.numbers[0])
        task, _ = task_of(ctx, draft)
        return _ask_reason(ctx, draft, task)
    if agrees(asked.text):
        raise UserError(texts.BOTH_WAYS)
    if asked.slots.get("all") and asked.slots.get("confirmed") is None:
        return _confirm_all(ctx, asked, texts.CONFIRM_ALL_BACK, "return_draft")
    return _each(
        ctx, asked.numbers, lambda draft: decide(ctx, draft, Verdict.RETURN, reason=asked.text)
    )


@registry.command(
    "撤销",
    "点错了",
    "反悔",
    takes=Takes.NOTHING,
    usage="撤销",
    purpose="撤销刚才的审核、登记、编入、送签或签发（两分钟内）",
    shown_to=REVIEWERS,
)
def undo_decision(ctx: Context, _asked: Asked) -> str:
    return undo(ctx)


@registry.meaning(meanings.read_which)
@registry.meaning(meanings.unclear)
def ask_for_verdict(ctx: Context, _asked: Asked) -> str:
    """收到, 阅 on a review card is no approval: ask."""
    waiting = ctx.uow.reviews.waiting_for(ctx.sender.userid)
    if not waiting:
        return texts.NOTHING_WAITS
    if len(waiting) > 1:
        return _ask_of_which(ctx, waiting)
    draft = waiting[0].draft
    numbers = (draft.number,)
    return ctx.offer(
        texts.APPROVE_OR_READ.format(name=named(draft)),
        Option(label=texts.APPROVE, command="approve", numbers=numbers),
        Option(label=texts.RETURN, command="return_draft", numbers=numbers),
        Option(label=texts.ONLY_READ, command="", text=texts.STILL_WAITS.format(name=named(draft))),
    )


def _ask_of_which(ctx: Context, waiting: Sequence[Waiting]) -> str:
    """Ask which of several was read; what is chosen is shown, and decides nothing."""
    options = [
        Option(label=named(item.draft), command="open_draft", numbers=(item.draft.number,))
        for item in waiting[:_SHOWN]
    ]
    return ctx.offer(texts.READ_WHICH.format(count=len(waiting)), *options)


@registry.meaning(meanings.which)
def ask_for_which(ctx: Context, asked: Asked) -> str:
    """A bare 可以 or 退回 names no draft; the choice that is taken is the decision."""
    back = "退" in asked.text or "不" in asked.text
    ask = _ask_which("退回", "return_draft") if back else _ask_which("通过", "approve")
    return ask(ctx, "")


@registry.reply(ConversationState.ASKING_REASON)
def take_reason(ctx: Context, said: str) -> str:
    """Take what comes after the question as the reason, for the very text that was asked about."""
    subject = ctx.talk.subject if ctx.talk is not None else ""
    ctx.turn(ConversationState.IDLE)
    try:
        draft, _ = still_open(ctx, TaskId(subject))
        return decide(ctx, draft, Verdict.RETURN, reason=said.strip())
    except UserError as refusal:
        raise TalkOverError(str(refusal)) from refusal


@registry.button("review")
def press(ctx: Context, pressed: Press) -> str:
    """Take a press for its own task only: on a card that was overtaken it decides nothing.

    The card that turns grey is the answer to an approval; a second message would say the same.
    """
    _, verdict, task_id = pressed.key.split(":")
    draft, task = still_open(ctx, TaskId(task_id))
    if verdict == Verdict.APPROVE:
        decide(ctx, draft, Verdict.APPROVE, reason="", code=pressed.response_code)
        return ""
    task_of(ctx, draft)
    return _ask_reason(ctx, draft, task)


def _each(ctx: Context, numbers: tuple[int, ...], act: Callable[[Draft], str]) -> str:
    """Do it to each draft on its own: one refusal does not undo the others."""
    if len(numbers) == 1:
        return act(draft_numbered(ctx, numbers[0]))
    said = []
    for number in sorted(numbers):  # two reviewers lock the drafts in the same order
        try:
            with ctx.uow.attempt():
                said.append(act(draft_numbered(ctx, number)))
        except UserError as refusal:
            said.append(str(refusal))
    return "\n".join(said)


def _ask_reason(ctx: Context, draft: Draft, task: ReviewTask) -> str:
    ctx.turn(ConversationState.ASKING_REASON, task.id, ctx.now + PATIENCE)
    return texts.ASK_REASON.format(name=named(draft))


def still_open(ctx: Context, task_id: TaskId) -> tuple[Draft, ReviewTask]:
    """Return the task's draft, locked, and the task.

    Raises:
        UserError: the task is over by now; says who was first.
    """
    found = ctx.uow.reviews.task(task_id)
    if found is None:
        raise UserError(texts.NOTHING_WAITS)
    draft = ctx.uow.drafts.lock(found.draft)
    task = ctx.uow.reviews.refresh(found)
    if task.status is not TaskStatus.OPEN:
        raise UserError(late_text(ctx, draft, task))
    return draft, task
