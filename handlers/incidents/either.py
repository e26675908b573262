"""A report that may be an emergency or public opinion: one question, and nothing waits for it."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.incidents import texts
from handlers.incidents.beginning import begin
from handlers.incidents.registry import TOLD, registry
from handlers.kit.asked import Asked, Due
from handlers.kit.context import Context, Option
from handlers.kit.events import EitherSaid, ItemFound
from handlers.kit.messages import Text
from storage.vocabulary import UserId

EITHER = "incident_either"
_PATIENCE = timedelta(minutes=5)
_RECENT = 20


@registry.on(EitherSaid)
def ask_which(ctx: Context, event: EitherSaid) -> str:
    """Ask which it is; without an answer it becomes the graver, with the time of the report."""
    key, said_at = ctx.new_id(), ctx.now.isoformat()
    ctx.set_timer(
        EITHER,
        key,
        ctx.now + _PATIENCE,
        words=event.words,
        by=ctx.sender.userid,
        said_at=said_at,
    )
    kept = dict(event.slots) | {"either": key, "said_at": said_at}
    emergency = kept | {"incident_words": event.words}
    return ctx.offer(
        texts.EITHER.format(minutes=_PATIENCE // timedelta(minutes=1)),
        Option(label=texts.EITHER_EMERGENCY, command="report_incident", slots=emergency),
        Option(label=texts.EITHER_OPINION, command="report_opinion", text=event.words, slots=kept),
        Option(
            label=texts.EITHER_BOTH, command="report_incident", slots=emergency | {"both": True}
        ),
    )


def settle(ctx: Context, asked: Asked) -> str:
    """Take a report as an emergency since it was made, and as public opinion where *both*."""
    words = str(asked.slots["incident_words"])
    said_at = datetime.fromisoformat(str(asked.slots["said_at"]))
    ctx.uow.timers.cancel(str(asked.slots["either"]))
    if _is_taken(ctx, ctx.sender.userid, said_at):
        return texts.EITHER_BEFORE
    if not asked.slots.get("both"):
        return begin(ctx, words, said_at)
    opinion, case = _as_opinion(ctx, asked, words, said_at)
    return f"{begin(ctx, words, said_at, case)}\n{opinion}"


def _as_opinion(ctx: Context, asked: Asked, words: str, said_at: datetime) -> tuple[str, str]:
    """Report it as public opinion as well; return what is said, and the case that it came to."""
    found = ItemFound(
        bureau=ctx.sender.bureau,
        words=words,
        found_at=said_at,
        finder=ctx.sender.userid,
        platform=str(asked.slots.get("platform", "")),
        source=str(asked.slots.get("source", "")),
    )
    said = "\n".join(ctx.emit(found))
    item = ctx.uow.opinion.last_found(ctx.sender.bureau, ctx.sender.userid, said_at)
    return said, (item.case_id or "") if item is not None else ""


def _is_taken(ctx: Context, who: UserId, said_at: datetime) -> bool:
    person = ctx.uow.members.person(who)
    if person is None:
        return True
    latest = ctx.uow.incidents.lately(person.bureau, _RECENT, 0)
    return any((one.reported_by, one.reported_at) == (who, said_at) for one in latest)


@registry.timer(EITHER)
def take_as_the_graver(ctx: Context, due: Due) -> None:
    """Nobody answered: it is an emergency until somebody says that it is none."""
    who = UserId(str(due.payload["by"]))
    said_at = datetime.fromisoformat(str(due.payload["said_at"]))
    person = ctx.uow.members.person(who)
    if person is None or _is_taken(ctx, who, said_at):
        return
    said = begin(replace(ctx, me=person), str(due.payload["words"]), said_at)
    told = texts.EITHER_TAKEN.format(minutes=_PATIENCE // timedelta(minutes=1), said=said)
    ctx.tell(TOLD, [who], Text(text=told), subject=due.subject, source=texts.SOURCE)
