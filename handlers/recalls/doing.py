"""已撤下, 紧急撤下, 已更正: the office does it, and what it took is written down."""

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import DraftCorrected, DraftTakenDown
from handlers.kit.finding import draft_numbered, named
from handlers.kit.versions import add_version
from handlers.recalls import texts
from handlers.recalls.approvers import approvers, names
from handlers.recalls.commands import (
    minutes,
    office_of,
    opened,
    put_before_approvers,
    registry,
    settled,
    tell,
)
from handlers.rules.differences import differences, short_form
from handlers.rules.review_flow import Move, after
from handlers.rules.secrecy import secrecy_mark
from storage.models import Draft, Recall
from storage.vocabulary import RecallKind, RecallStatus, Role

_OFFICE = frozenset({Role.OFFICE})
_SHOWN = 200


@registry.command(
    "已撤下",
    takes=Takes.NUMBER,
    usage="已撤下 12",
    purpose="记录稿件已经撤下",
    shown_to=_OFFICE,
)
def record_retraction(ctx: Context, asked: Asked) -> str:
    return taken_down(ctx, draft_numbered(ctx, asked.numbers[0]))


def taken_down(ctx: Context, draft: Draft) -> str:
    """Write down that it is down, as was approved.

    Raises:
        UserError: see `_approved`.
    """
    recall = _approved(ctx, draft, RecallKind.RETRACT)
    _finish(ctx, draft, recall, Move.RETRACT, RecallStatus.DONE)
    return _down_for_good(ctx, draft, recall)


@registry.command(
    "紧急撤下",
    takes=Takes.NUMBER_AND_TEXT,
    usage="紧急撤下 12 原因",
    purpose="先撤下来，再请签发人补批",
    shown_to=_OFFICE,
)
def retract_at_once(ctx: Context, asked: Asked) -> str:
    return taken_down_first(ctx, draft_numbered(ctx, asked.numbers[0]), asked.text)


def taken_down_first(ctx: Context, draft: Draft, wrong: str) -> str:
    """Write down that it is down already; the sign-off role approves afterwards.

    Raises:
        UserError: the sender is not of the office, it is not out, or *wrong* is needed and empty.
    """
    _refuse_others(ctx, draft, RecallKind.RETRACT)
    waiting = ctx.uow.moves.unsettled(draft.id)
    if waiting is not None and waiting.kind is RecallKind.RETRACT:
        recall = waiting  # asked for before: now it does not wait for the approval
        recall.urgent = True
    else:
        recall = opened(ctx, draft, RecallKind.RETRACT, wrong, urgent=True)
    approved = recall.status is RecallStatus.APPROVED
    _finish(ctx, draft, recall, Move.RETRACT, RecallStatus.DONE if approved else RecallStatus.DOWN)
    if approved:
        return _down_for_good(ctx, draft, recall)
    who = put_before_approvers(ctx, draft, recall) or "管理员"
    words = {"name": named(draft), "who": who}
    said = texts.TOLD_DOWN.format(**words, by=ctx.sender.name, wrong=recall.wrong)
    tell(ctx, draft, recall, said, "down")
    return texts.DOWN.format(**words)


@registry.command(
    "已更正",
    takes=Takes.NUMBER_AND_BODY,
    usage="已更正 12（换行写更正后的全文）",
    purpose="记录稿件已经更正",
    shown_to=_OFFICE,
)
def record_correction(ctx: Context, asked: Asked) -> str:
    return put_right(ctx, draft_numbered(ctx, asked.numbers[0]), asked.text)


def put_right(ctx: Context, draft: Draft, text: str) -> str:
    """Keep the corrected *text* as the next version, with what was changed.

    Raises:
        UserError: see `_approved`; the text is empty, the same, or bears a mark of secrecy.
    """
    recall = _approved(ctx, draft, RecallKind.CORRECT)
    if not text:
        raise UserError(texts.NO_TEXT.format(number=draft.number))
    if mark := secrecy_mark(text):
        raise UserError(texts.MARKED.format(mark=mark))
    before = ctx.uow.drafts.version(draft.id, draft.version)
    changes = short_form(differences(before.body, text), _SHOWN)
    if not changes:
        raise UserError(texts.UNCHANGED)
    version = add_version(ctx, draft, text)
    _finish(ctx, draft, recall, Move.CORRECT, RecallStatus.DONE)
    words = {"name": named(draft), "version": version.number, "minutes": minutes(recall)}
    said = texts.TOLD_CORRECTED.format(
        name=named(draft), by=ctx.sender.name, wrong=recall.wrong, changes=changes
    )
    tell(ctx, draft, recall, said, "done")
    return texts.CORRECTED.format(**words)


def _approved(ctx: Context, draft: Draft, kind: RecallKind) -> Recall:
    """Return the approved request that the office is to carry out.

    Raises:
        UserError: the sender is not of the office, nothing was asked for, or it is not approved.
    """
    _refuse_others(ctx, draft, kind)
    recall = ctx.uow.moves.unsettled(draft.id)
    words = {"name": named(draft), "doing": texts.DOING[kind], "number": draft.number}
    if recall is None or recall.kind is not kind or recall.status is RecallStatus.DOWN:
        raise UserError(texts.NOT_ASKED.format(**words))
    if recall.status is not RecallStatus.APPROVED:
        who = names(ctx, approvers(ctx, draft, recall)) or "批准"
        raise UserError(texts.NOT_APPROVED.format(**words, who=who))
    return recall


def _refuse_others(ctx: Context, draft: Draft, kind: RecallKind) -> None:
    if not office_of(ctx, draft):
        doing = texts.DOING[kind]
        raise UserError(texts.OFFICE_ONLY.format(doing=doing, number=draft.number))


def _down_for_good(ctx: Context, draft: Draft, recall: Recall) -> str:
    words = {"name": named(draft), "minutes": minutes(recall)}
    said = texts.TOLD_RETRACTED.format(**words, by=ctx.sender.name, wrong=recall.wrong)
    tell(ctx, draft, recall, said, "done")
    return texts.RETRACTED.format(**words) + settled(ctx, recall)


def _finish(ctx: Context, draft: Draft, recall: Recall, move: Move, status: RecallStatus) -> None:
    before = draft.status
    draft.status = after(draft.status, move)
    recall.status = status
    recall.done_by = ctx.sender.userid
    recall.done_at = ctx.now
    done = DraftTakenDown if move is Move.RETRACT else DraftCorrected
    ctx.emit(done(draft=draft.id))
    ctx.audit(
        f"draft:{move}",
        draft.id,
        before={"status": before},
        after={"status": draft.status, "recall": recall.id, "minutes": minutes(recall)},
    )
