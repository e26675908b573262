"""撤下 12, 更正 12: somebody says that what was published is wrong."""

from collections.abc import Sequence

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import DraftRetracted
from handlers.kit.finding import draft_numbered, facts, named, viewer
from handlers.kit.messages import Button, ButtonCard, MessageKind, Text
from handlers.kit.registry import Registry
from handlers.recalls import texts
from handlers.recalls.approvers import approvers, names
from handlers.rules.calendar import short_time
from handlers.rules.review_flow import IllegalMoveError, Move, after
from handlers.rules.visibility import may_ask_recall
from storage.models import Draft, Recall
from storage.vocabulary import (
    DraftStatus,
    RecallId,
    RecallKind,
    RecallStatus,
    Role,
    Urgency,
    UserId,
)

registry = Registry(theme="更正")
registry.message(MessageKind(name="recall_asked", urgency=Urgency.PROMPT, distinct=True))
registry.message(MessageKind(name="recall_told", urgency=Urgency.PROMPT))
registry.message(MessageKind(name="recall_unapproved", urgency=Urgency.ALERT))

MOVES = {RecallKind.RETRACT: Move.RETRACT, RecallKind.CORRECT: Move.CORRECT}
_STATUS = {
    DraftStatus.IN_REVIEW: "审核中",
    DraftStatus.ON_HOLD: "暂放",
    DraftStatus.RETURNED: "已退回",
    DraftStatus.SIGNED: "已签发",
    DraftStatus.EDITED: "已签发",
    DraftStatus.RETRACTED: "已撤下",
    DraftStatus.WITHDRAWN: "已撤稿",
    DraftStatus.ARCHIVED: "已归档",
}
_WITHDRAWABLE = frozenset({DraftStatus.IN_REVIEW, DraftStatus.SIGNED, DraftStatus.EDITED})


@registry.command(
    "撤下",
    takes=Takes.NUMBER_AND_TEXT,
    usage="撤下 12 原因",
    purpose="申请把已报送的稿件撤下来",
)
def ask_retraction(ctx: Context, asked: Asked) -> str:
    return ask_for(ctx, draft_numbered(ctx, asked.numbers[0]), RecallKind.RETRACT, asked.text)


@registry.command(
    "更正",
    takes=Takes.NUMBER_AND_TEXT,
    usage="更正 12 错在哪里",
    purpose="申请更正已报送的稿件",
)
def ask_correction(ctx: Context, asked: Asked) -> str:
    return ask_for(ctx, draft_numbered(ctx, asked.numbers[0]), RecallKind.CORRECT, asked.text)


def ask_for(ctx: Context, draft: Draft, kind: RecallKind, wrong: str) -> str:
    """Ask the sign-off role to let the office take it down or put it right.

    Raises:
        UserError: it is not out, the sender may not ask, no reason is given, or it was asked for.
    """
    recall = opened(ctx, draft, kind, wrong)
    who = put_before_approvers(ctx, draft, recall)
    office = [one for one in _office(ctx, draft) if one != ctx.sender.userid]
    told = texts.ASKED_BEFORE.format(
        who=ctx.sender.name,
        when=short_time(ctx.now, ctx.now),
        doing=texts.DOING[kind],
        name=named(draft),
        state=texts.STATES[recall.status],
    )
    ctx.tell("recall_told", office, Text(text=told), subject=recall.id, stage="asked")
    return texts.ASKED.format(
        doing=texts.DOING[kind], name=named(draft), wrong=recall.wrong, who=who or "管理员"
    )


def opened(
    ctx: Context, draft: Draft, kind: RecallKind, wrong: str, *, urgent: bool = False
) -> Recall:
    """Write down that the draft is to be taken down or put right.

    Raises:
        UserError: see `ask_for`.
    """
    words = {"name": named(draft), "doing": texts.DOING[kind], "number": draft.number}
    try:
        after(draft.status, MOVES[kind])
    except IllegalMoveError:
        hint = texts.WITHDRAW_INSTEAD.format(**words) if draft.status in _WITHDRAWABLE else ""
        status = _STATUS.get(draft.status, "还没提交")
        raise UserError(texts.NOT_OUT.format(**words, status=status, hint=hint)) from None
    if not may_ask_recall(viewer(ctx), facts(ctx, draft)):
        raise UserError(texts.NOT_YOURS.format(**words))
    if not wrong:
        raise UserError(texts.NO_REASON.format(**words))
    if before := ctx.uow.moves.unsettled(draft.id):
        raise UserError(
            texts.ASKED_BEFORE.format(
                who=names(ctx, [before.asked_by]),
                when=short_time(before.asked_at, ctx.now),
                doing=texts.DOING[before.kind],
                name=named(draft),
                state=texts.STATES[before.status],
            )
        )
    recall = Recall(
        id=RecallId(ctx.new_id()),
        draft=draft.id,
        kind=kind,
        wrong=wrong,
        asked_by=ctx.sender.userid,
        asked_at=ctx.now,
        urgent=urgent,
    )
    ctx.uow.moves.recall(recall)
    ctx.audit(f"recall:{kind}", draft.id, after={"recall": recall.id, "urgent": urgent})
    return recall


def put_before_approvers(ctx: Context, draft: Draft, recall: Recall) -> str:
    """Give each who may approve a card; return their names, empty where there is nobody."""
    asked = approvers(ctx, draft, recall)
    if not asked:
        said = texts.NOBODY.format(name=named(draft), doing=texts.DOING[recall.kind])
        admins = ctx.uow.members.holding(Role.ADMIN, draft.unit)
        ctx.tell(
            "recall_unapproved",
            admins or ctx.uow.members.anywhere(Role.ADMIN),
            Text(text=said),
            subject=recall.id,
        )
        return ""
    for member in asked:
        ctx.tell("recall_asked", [member], _card(ctx, draft, recall), subject=recall.id)
    return names(ctx, asked)


def office_of(ctx: Context, draft: Draft) -> bool:
    """Tell whether the sender is of the office that publishes the draft."""
    return viewer(ctx).holds({Role.OFFICE}, facts(ctx, draft).lineage)


def minutes(recall: Recall) -> int:
    """Return how many minutes passed from the request until it was done."""
    if recall.done_at is None:
        return 0
    return round((recall.done_at - recall.asked_at).total_seconds() / 60)


def tell(ctx: Context, draft: Draft, recall: Recall, said: str, stage: str) -> None:
    """Tell the author and whoever asked, but not the one who has just acted."""
    people = {draft.author, recall.asked_by} - {ctx.sender.userid}
    ctx.tell("recall_told", sorted(people), Text(text=said), subject=recall.id, stage=stage)


def settled(ctx: Context, recall: Recall) -> str:
    """Let others know that it is down and agreed to; return what that changed."""
    return "".join(ctx.emit(DraftRetracted(draft=recall.draft, recall=recall.id)))


def _office(ctx: Context, draft: Draft) -> Sequence[UserId]:
    return ctx.uow.members.holding(Role.OFFICE, draft.unit)


def _card(ctx: Context, draft: Draft, recall: Recall) -> ButtonCard:
    doing = texts.DOING[recall.kind]
    down = recall.status is RecallStatus.DOWN
    title = (texts.CARD_DOWN_TITLE if down else texts.CARD_TITLE).format(
        number=draft.number, doing=doing
    )
    values = {
        "asked_by": names(ctx, [recall.asked_by]),
        "wrong": recall.wrong,
        "when": short_time(recall.asked_at, ctx.now),
    }
    return ButtonCard(
        card_id=ctx.new_id(),
        source=texts.CARD_SOURCE,
        title=title,
        description=draft.title,
        facts=tuple((name, value.format(**values)) for name, value in texts.CARD_FACTS),
        summary=texts.CARD_WORDS.format(doing=doing, number=draft.number),
        buttons=(
            Button(label=texts.AGREE, key=f"recall:agree:{recall.id}", style="primary"),
            Button(label=texts.REFUSE, key=f"recall:refuse:{recall.id}", style="danger"),
        ),
    )
