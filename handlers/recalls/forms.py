"""Taking down and putting right on the page of a draft: the same acts as in words."""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum, unique
from typing import NamedTuple

from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import sees
from handlers.recalls import texts
from handlers.recalls.approvers import approvers, names
from handlers.recalls.approving import WAITS, agree, asked_of_sender, refuse
from handlers.recalls.commands import MOVES, ask_for, registry
from handlers.recalls.doing import put_right, taken_down, taken_down_first
from handlers.rules import review_flow
from handlers.rules.calendar import short_time
from handlers.rules.visibility import DraftFacts, Viewer, may_ask_recall
from storage.models import Draft, Recall
from storage.vocabulary import DraftId, DraftStatus, RecallKind, RecallStatus, Role


@unique
class RecallAct(StrEnum):
    """What can be done; *words* are what is wrong, why not, or the corrected text."""

    RETRACT = "retract"
    CORRECT = "correct"
    AGREE = "agree"
    REFUSE = "refuse"
    DOWN = "down"
    DOWN_FIRST = "down_first"
    RIGHT = "right"


class Standing(NamedTuple):
    """What was asked for about a draft and is not settled; None and empty where nothing is."""

    recall: Recall | None = None
    words: str = ""


def standing(ctx: Context, draft: Draft) -> Standing:
    """Return how far taking down or putting right is; what was never out asks no table."""
    if not _is_out(draft) and draft.status is not DraftStatus.RETRACTED:
        return Standing()
    recall = ctx.uow.moves.unsettled(draft.id)
    if recall is None:
        return Standing()
    words = texts.STANDS.format(
        who=names(ctx, [recall.asked_by]),
        when=short_time(recall.asked_at, ctx.now),
        doing=texts.DOING[recall.kind],
        wrong=recall.wrong,
        state=texts.STATES[recall.status],
    )
    return Standing(recall, words)


def offered(
    ctx: Context, draft: Draft, recall: Recall | None, who: Viewer, what: DraftFacts
) -> Collection[RecallAct]:
    """Return what *who*, the sender, could do now; *recall* is what is not settled yet.

    It spares him forms that would be refused; what he does is decided when he does it.
    """
    acts: set[RecallAct] = set()
    if recall is None:
        if _is_out(draft) and may_ask_recall(who, what):
            acts |= {RecallAct.RETRACT, RecallAct.CORRECT}
    elif recall.status in WAITS and ctx.sender.userid in approvers(ctx, draft, recall):
        acts |= {RecallAct.AGREE, RecallAct.REFUSE}
    if who.holds({Role.OFFICE}, what.lineage):
        acts.update(_for_the_office(draft, recall))
    return acts


def _is_out(draft: Draft) -> bool:
    return any((draft.status, move) in review_flow.MOVES for move in MOVES.values())


def _for_the_office(draft: Draft, recall: Recall | None) -> Collection[RecallAct]:
    if recall is None:
        return {RecallAct.DOWN_FIRST} if _is_out(draft) else set()
    if recall.status is RecallStatus.APPROVED:
        return {_CARRIED_OUT[recall.kind]}
    urgent = recall.kind is RecallKind.RETRACT and recall.status is RecallStatus.ASKED
    return {RecallAct.DOWN_FIRST} if urgent else set()


_CARRIED_OUT = {RecallKind.RETRACT: RecallAct.DOWN, RecallKind.CORRECT: RecallAct.RIGHT}


@registry.form("recall")
def act_on_page(ctx: Context, form: Form) -> str:
    """Do ``act``, a `RecallAct`, with ``draft``; ``words`` go with it.

    ``recall`` is what the page showed as asked for, empty where nothing was.

    Raises:
        UserError: it is not the sender's to do or to see, things have moved on since the page was
            made, or words are missing.
    """
    found = ctx.uow.pages.find(DraftId(form.fields["draft"]))
    if found is None or not sees(ctx, found):
        raise UserError(texts.NOTHING_ASKED.format(name=texts.THIS_DRAFT))
    draft = ctx.uow.drafts.lock(found.id)
    shown = form.fields["recall"]
    now = ctx.uow.moves.unsettled(draft.id)
    if shown and (now is None or now.id != shown):
        raise UserError(texts.SETTLED_BEFORE)
    return _ACTS[RecallAct(form.fields["act"])](ctx, draft, form.fields["words"].strip())


def _retract(ctx: Context, draft: Draft, words: str) -> str:
    return ask_for(ctx, draft, RecallKind.RETRACT, words)


def _correct(ctx: Context, draft: Draft, words: str) -> str:
    return ask_for(ctx, draft, RecallKind.CORRECT, words)


def _agree(ctx: Context, draft: Draft, _words: str) -> str:
    return agree(ctx, draft, asked_of_sender(ctx, draft))


def _refuse(ctx: Context, draft: Draft, words: str) -> str:
    return refuse(ctx, draft, asked_of_sender(ctx, draft), words)


def _down(ctx: Context, draft: Draft, _words: str) -> str:
    return taken_down(ctx, draft)


_ACTS: Mapping[RecallAct, Callable[[Context, Draft, str], str]] = {
    RecallAct.RETRACT: _retract,
    RecallAct.CORRECT: _correct,
    RecallAct.AGREE: _agree,
    RecallAct.REFUSE: _refuse,
    RecallAct.DOWN: _down,
    RecallAct.DOWN_FIRST: taken_down_first,
    RecallAct.RIGHT: put_right,
}
