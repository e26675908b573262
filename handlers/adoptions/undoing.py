"""撤销: what the sender entered in the last two minutes counts no longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.adoptions import texts
from handlers.adoptions.correcting import take_back
from handlers.adoptions.deciding import propose, replaced
from handlers.adoptions.dispatching import mark_used, recall_if_nowhere
from handlers.adoptions.entries import facts_of, kind_of, tell
from handlers.kit.context import Context
from handlers.kit.events import DraftAdopted, InstructionRecorded, LastActAsked, UndoAsked
from handlers.kit.finding import named
from storage.models import Adoption, Dispatch, Draft
from storage.queries.adoptions import Entry
from storage.vocabulary import NOBODY, DispatchStatus, EntryStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class _Acts:
    """What the sender did lately, each kind the latest first."""

    entry: Entry | None
    sent: Sequence[Dispatch]
    closed: Sequence[Dispatch]

    @classmethod
    def since(cls, ctx: Context, since: datetime) -> "_Acts":
        me = ctx.sender.userid
        return cls(
            entry=ctx.uow.adoptions.decided_by(me, since),
            sent=ctx.uow.adoptions.dispatched_by(me, since),
            closed=ctx.uow.adoptions.closed_by(me, since),
        )

    def last(self) -> tuple[datetime, str] | None:
        """Return when he did the latest, and of which kind it is."""
        moments: list[tuple[datetime, str]] = []
        if self.entry is not None and self.entry.decided_at is not None:
            moments.append((self.entry.decided_at, "entry"))
        if self.sent:
            moments.append((self.sent[0].dispatched_at, "sent"))
        if self.closed and self.closed[0].closed_at is not None:
            moments.append((self.closed[0].closed_at, "closed"))
        return max(moments, key=lambda each: each[0], default=None)


def when_last(ctx: Context, event: LastActAsked) -> str | None:
    last = _Acts.since(ctx, event.since).last()
    return last[0].isoformat() if last is not None else None


def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Undo the latest of the sender's entries, dispatches and non-adoptions; None if none is."""
    acts = _Acts.since(ctx, event.since)
    last = acts.last()
    if last is None:
        return None
    at, what = last
    if what == "entry" and acts.entry is not None:
        return _undo_entry(ctx, acts.entry)
    if what == "sent":
        return _undo_dispatches(ctx, [each for each in acts.sent if each.dispatched_at == at])
    return _undo_non_adoptions(ctx, [each for each in acts.closed if each.closed_at == at])


def _undo_entry(ctx: Context, entry: Entry) -> str:
    """Take an own entry back; one of somebody else waits for a yes again."""
    draft = ctx.uow.drafts.lock(entry.draft)
    what, known = kind_of(entry), facts_of(ctx, entry)
    own = entry.entered_by == ctx.sender.userid
    take_back(ctx, draft, entry)
    old = replaced(ctx, entry)
    if old is not None:
        old.status = EntryStatus.CONFIRMED
        if isinstance(old, Adoption):
            mark_used(ctx, draft, old.channel)
            ctx.emit(DraftAdopted(draft=draft.id, adoption=old.id))
        else:
            ctx.emit(InstructionRecorded(draft=draft.id, instruction=old.id))
    said = f"{what}（{known}）"
    _tell(ctx, draft, entry.id, said)
    if own:
        return texts.UNDONE_ENTRY.format(name=named(draft), what=what, facts=known)
    entry.status = EntryStatus.PROPOSED
    entry.decided_by, entry.decided_at = NOBODY, None
    propose(ctx, draft, entry)
    return texts.UNDONE_CONFIRMATION.format(name=named(draft), what=what, number=draft.number)


def _undo_dispatches(ctx: Context, sent: Sequence[Dispatch]) -> str:
    said = []
    for draft, dispatches in _by_draft(ctx, sent):
        for each in dispatches:
            each.status = DispatchStatus.TAKEN_BACK
        recall_if_nowhere(ctx, draft)
        listed = _listed(ctx, draft, dispatches, "draft:recall")
        _tell(ctx, draft, dispatches[0].id, f"报送{listed}")
        said.append(texts.UNDONE_DISPATCH.format(name=named(draft), channels=listed))
    return "\n".join(said)


def _undo_non_adoptions(ctx: Context, closed: Sequence[Dispatch]) -> str:
    said = []
    for draft, dispatches in _by_draft(ctx, closed):
        for each in dispatches:
            taken = DispatchStatus.TAKEN_BACK if each.inferred else DispatchStatus.SENT
            each.status, each.reason = taken, ""
            each.closed_by, each.closed_at = NOBODY, None
        recall_if_nowhere(ctx, draft)
        listed = _listed(ctx, draft, dispatches, "draft:not_adopted_undo")
        _tell(ctx, draft, dispatches[0].id, f"没被{listed}采用")
        said.append(texts.UNDONE_NOT_ADOPTED.format(name=named(draft), channels=listed))
    return "\n".join(said)


def _by_draft(ctx: Context, dispatches: Sequence[Dispatch]) -> list[tuple[Draft, list[Dispatch]]]:
    together: dict[str, list[Dispatch]] = {}
    for each in dispatches:
        together.setdefault(each.draft, []).append(each)
    return [(ctx.uow.drafts.lock(some[0].draft), some) for _, some in sorted(together.items())]


def _listed(ctx: Context, draft: Draft, dispatches: Sequence[Dispatch], tag: str) -> str:
    called = ctx.uow.adoptions.channel_names(each.channel for each in dispatches)
    ctx.audit(tag, draft.id, after={"channels": [each.channel for each in dispatches]})
    return "、".join(sorted(called[each.channel] for each in dispatches))


def _tell(ctx: Context, draft: Draft, subject: str, what: str) -> None:
    said = texts.UNDONE_TOLD.format(who=ctx.sender.name, name=named(draft), what=what)
    stage = f"undone {ctx.now.isoformat()}"
    tell(ctx, draft, [draft.author], said, subject=subject, stage=stage)
