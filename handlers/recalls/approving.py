"""同意撤下, 不同意撤下: the sign-off role approves, before or after."""

from handlers.kit.asked import Asked, Press, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import draft_numbered, named, sees
from handlers.kit.messages import CardUpdate, Text
from handlers.recalls import texts
from handlers.recalls.approvers import approvers, names
from handlers.recalls.commands import registry, settled, tell
from storage.models import Draft, Recall
from storage.vocabulary import Outcome, RecallId, RecallStatus, Role

_SIGNERS = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL, Role.SECTION_HEAD})
WAITS = (RecallStatus.ASKED, RecallStatus.DOWN)


@registry.command(
    "同意撤下",
    "同意更正",
    takes=Takes.NUMBER,
    usage="同意撤下 12（同意更正 12）",
    purpose="批准撤下或更正已报送的稿件",
    shown_to=_SIGNERS,
)
def approve_recall(ctx: Context, asked: Asked) -> str:
    draft = draft_numbered(ctx, asked.numbers[0])
    return agree(ctx, draft, asked_of_sender(ctx, draft))


@registry.command(
    "不同意撤下",
    "不同意更正",
    takes=Takes.NUMBER_AND_TEXT,
    usage="不同意撤下 12 理由（不同意更正 12 理由）",
    purpose="不批准撤下或更正",
    shown_to=_SIGNERS,
)
def refuse_recall(ctx: Context, asked: Asked) -> str:
    draft = draft_numbered(ctx, asked.numbers[0])
    return refuse(ctx, draft, asked_of_sender(ctx, draft), asked.text)


def refuse(ctx: Context, draft: Draft, recall: Recall, reason: str) -> str:
    """Decide against a request that `asked_of_sender` returned.

    Raises:
        UserError: no reason is given.
    """
    if not reason:
        raise UserError(
            texts.ASK_REFUSAL.format(doing=texts.DOING[recall.kind], number=draft.number)
        )
    down = recall.status is RecallStatus.DOWN
    _decide(ctx, draft, recall, RecallStatus.REFUSED, texts.CARD_REFUSED, "")
    recall.refusal = reason
    words = {
        "by": ctx.sender.name,
        "doing": texts.DOING[recall.kind],
        "name": named(draft),
        "reason": reason,
    }
    said = (texts.TOLD_REFUSED_AFTER if down else texts.TOLD_REFUSED).format(**words)
    tell(ctx, draft, recall, said, "refused")
    _tell_office(ctx, draft, recall, said, "refused")
    return texts.REFUSED.format(**words)


@registry.button("recall")
def press(ctx: Context, pressed: Press) -> str:
    """Take a press on the card of a request; a refusal needs its reason in words."""
    _, what, recall_id = pressed.key.split(":")
    recall = ctx.uow.moves.recall_of(RecallId(recall_id))
    if recall is None:
        raise UserError(texts.NOTHING_ASKED.format(name="稿件"))
    draft = ctx.uow.drafts.lock(recall.draft)
    if not sees(ctx, draft):
        raise UserError(texts.NOTHING_ASKED.format(name="稿件"))
    recall = asked_of_sender(ctx, draft)
    if what == "agree":
        return agree(ctx, draft, recall, pressed.response_code)
    return texts.ASK_REFUSAL.format(doing=texts.DOING[recall.kind], number=draft.number)


def asked_of_sender(ctx: Context, draft: Draft) -> Recall:
    """Return what the sender is to approve about the draft.

    Raises:
        UserError: nothing is, or it is for others to approve.
    """
    recall = ctx.uow.moves.unsettled(draft.id)
    if recall is None or recall.status not in WAITS:
        raise UserError(texts.NOTHING_ASKED.format(name=named(draft)))
    allowed = approvers(ctx, draft, recall)
    if ctx.sender.userid not in allowed:
        own = ctx.sender.userid in {recall.asked_by, recall.done_by}
        words = texts.OWN_REQUEST if own else texts.MAY_NOT_APPROVE
        raise UserError(
            words.format(doing=texts.DOING[recall.kind], name=named(draft), who=names(ctx, allowed))
        )
    return recall


def agree(ctx: Context, draft: Draft, recall: Recall, code: str = "") -> str:
    """Decide for a request that `asked_of_sender` returned; *code* updates the pressed card."""
    words = {"by": ctx.sender.name, "doing": texts.DOING[recall.kind], "name": named(draft)}
    if recall.status is RecallStatus.DOWN:
        _decide(ctx, draft, recall, RecallStatus.DONE, texts.CARD_AGREED, code)
        said = texts.TOLD_APPROVED_AFTER.format(**words)
        tell(ctx, draft, recall, said, "approved")
        _tell_office(ctx, draft, recall, said, "approved")
        return texts.APPROVED_AFTER.format(**words) + settled(ctx, recall)
    _decide(ctx, draft, recall, RecallStatus.APPROVED, texts.CARD_AGREED, code)
    told = texts.TOLD_APPROVED[recall.kind].format(**words, wrong=recall.wrong, number=draft.number)
    _tell_office(ctx, draft, recall, told, "approved")
    tell(ctx, draft, recall, texts.TOLD_ASKER.format(**words), "approved")
    return texts.APPROVED.format(**words)


def _decide(
    ctx: Context, draft: Draft, recall: Recall, status: RecallStatus, label: str, code: str
) -> None:
    recall.status = status
    recall.decided_by = ctx.sender.userid
    recall.decided_at = ctx.now
    ctx.audit("recall:decide", draft.id, after={"recall": recall.id, "status": status})
    ctx.uow.outbox.drop(recall.id, ["recall_asked"], label)
    for card in ctx.uow.outbox.about(recall.id, ["recall_asked"]):
        if card.outcome is not Outcome.SENT:
            continue
        mine = card.recipient == ctx.sender.userid
        pressed = code if mine else ""
        done = label if mine else f"{ctx.sender.name}{label}"
        update = CardUpdate(label=done, card="" if pressed else card.id, response_code=pressed)
        ctx.tell("card_update", [card.recipient], update, subject=recall.id, stage=card.id)


def _tell_office(ctx: Context, draft: Draft, recall: Recall, said: str, stage: str) -> None:
    told = {draft.author, recall.asked_by, ctx.sender.userid}
    office = [one for one in ctx.uow.members.holding(Role.OFFICE, draft.unit) if one not in told]
    asker = [recall.asked_by] if _is_office(ctx, draft, recall) else []
    stage = f"{stage} office"
    ctx.tell("recall_told", [*office, *asker], Text(text=said), subject=recall.id, stage=stage)


def _is_office(ctx: Context, draft: Draft, recall: Recall) -> bool:
    return recall.asked_by in ctx.uow.members.holding(Role.OFFICE, draft.unit)
