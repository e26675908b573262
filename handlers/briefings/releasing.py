"""A report is released by whoever may, can be taken back for two minutes, and then is sent."""

from handlers.briefings import texts
from handlers.briefings.drafting import text_of
from handlers.briefings.keeping import (
    drafted_in,
    lines_of,
    paper_of,
    picture_of,
    report_of,
)
from handlers.briefings.people import liaisons_of, office_of, readers_of
from handlers.briefings.registry import DUE, SENT, SPECIAL, STATISTICS, WAITING, registry
from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import LastActAsked, UndoAsked
from handlers.kit.messages import Text
from handlers.kit.undoing import UNDO_WITHIN
from storage.models import Briefing
from storage.vocabulary import NOBODY, BriefingKind, BriefingStatus

_KINDS = {
    BriefingKind.SPECIAL: SPECIAL,
    BriefingKind.WEEKLY: STATISTICS,
    BriefingKind.MONTHLY: STATISTICS,
}


def release(ctx: Context, briefing: Briefing) -> int:
    """Let a special, weekly or monthly report be sent in two minutes; return to how many.

    Raises:
        UserError: it was released before.
    """
    name = texts.NAMES[briefing.kind]
    if briefing.status is BriefingStatus.SENT:
        raise UserError(texts.ALREADY_SENT.format(name=name))
    if briefing.status is BriefingStatus.RELEASED:
        raise UserError(texts.ALREADY_RELEASED.format(name=name))
    briefing.status, briefing.released_by = BriefingStatus.RELEASED, ctx.sender.userid
    briefing.released_at, briefing.due_at = ctx.now, ctx.now + UNDO_WITHIN
    ctx.audit("briefing:release", briefing.id, after={"turn": briefing.turn})
    ctx.set_timer(DUE, briefing.id, briefing.due_at, stage=ctx.now.isoformat(), released=True)
    return len(readers_of(ctx, briefing.bureau))


def send(ctx: Context, briefing: Briefing) -> int:
    """Send a report to its readers; return how many they are.

    A daily one as text; another one as three lines, one picture and the file.
    """
    briefing.status, briefing.sent_at = BriefingStatus.SENT, ctx.now
    ctx.audit("briefing:send", briefing.id, after={"day": briefing.day.isoformat()})
    to = readers_of(ctx, briefing.bureau)
    if briefing.kind is BriefingKind.DAILY:
        ctx.tell(SENT, to, Text(text=text_of(ctx, briefing)), subject=briefing.id)
        return len(to)
    kind = _KINDS[briefing.kind]
    said = lines_of(ctx, briefing)
    ctx.tell(kind, to, Text(text=said), subject=briefing.id)
    if drafted_in(briefing.content).picture is not None:
        ctx.tell(kind, to, picture_of(briefing), subject=briefing.id, stage="picture")
    ctx.tell(kind, to, paper_of(briefing), subject=briefing.id, stage="file")
    return len(to)


@registry.timer(DUE)
def send_or_ask(ctx: Context, due: Due) -> None:
    """Send what was released; else ask again, and tell the office who is asked."""
    briefing = ctx.uow.briefings.lock(due.subject)
    if briefing is None or briefing.status is BriefingStatus.SENT:
        return
    if briefing.status is BriefingStatus.RELEASED:
        if briefing.due_at <= ctx.now:
            send(ctx, briefing)
        return
    if not due.payload.get("released"):
        _ask(ctx, briefing)


def _ask(ctx: Context, briefing: Briefing) -> None:
    liaisons = liaisons_of(ctx, briefing.bureau)
    daily, name = briefing.kind is BriefingKind.DAILY, texts.NAMES[briefing.kind]
    asked = texts.REMINDED if daily else texts.STATISTICS_WAITING.format(name=name)
    ctx.tell(WAITING, liaisons, Text(text=asked), subject=briefing.id)
    names = ctx.uow.members.names(liaisons)
    form = texts.TOLD_WAITING if daily else texts.TOLD_STATISTICS_WAITING
    said = form.format(name=name, who="、".join(names[one] for one in liaisons))
    office = [one for one in office_of(ctx, briefing.bureau) if one not in liaisons]
    ctx.tell(WAITING, office, Text(text=said), subject=briefing.id, stage="office")


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    found = ctx.uow.briefings.released_by(ctx.sender.bureau, ctx.sender.userid, event.since)
    return found.released_at.isoformat() if found and found.released_at else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Take back the sender's word that a report may be sent; None if he has not given it since."""
    found = ctx.uow.briefings.released_by(ctx.sender.bureau, ctx.sender.userid, event.since)
    if found is None:
        return None
    found.status, found.released_by, found.released_at = BriefingStatus.DRAFTED, NOBODY, None
    ctx.audit("briefing:hold", found.id)
    return texts.UNDONE.format(title=report_of(ctx, found).title)
