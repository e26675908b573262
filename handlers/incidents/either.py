"""A report that may be an emergency or public opinion: one question, and nothing waits for it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from handlers.incidents import pictures, texts
from handlers.incidents.beginning import begin
from handlers.incidents.registry import TOLD, registry
from handlers.kit.asked import Asked, Due, Upload
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.events import EitherSaid, ItemFound, PicturesKept
from handlers.kit.messages import Text
from handlers.kit.pictures import keep
from storage.models import Incident
from storage.queries.members import Person
from storage.vocabulary import AttachmentKind, ConversationState, PictureOf, UserId

EITHER = "incident_either"
_EMERGENCY: Final = "emergency"
_OPINION: Final = "opinion"
_BOTH: Final = "both"
_ANSWERS = {
    _EMERGENCY: texts.EITHER_EMERGENCY,
    _OPINION: texts.EITHER_OPINION,
    _BOTH: texts.EITHER_BOTH,
}
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
    kept = dict(event.slots) | {"either": key, "said_at": said_at, "incident_words": event.words}
    return ctx.offer(
        texts.EITHER.format(minutes=_PATIENCE // timedelta(minutes=1)),
        *(
            Option(label=label, command="report_incident", slots=kept | {"as": answer})
            for answer, label in _ANSWERS.items()
        ),
    )


@registry.upload(ConversationState.CHOOSING)
def keep_picture(ctx: Context, upload: Upload) -> str:
    """Keep a picture that comes before the answer; nothing is said where another choice waits.

    Raises:
        UserError: it is a file: those are not read here.
    """
    options = ctx.talk.memory.get("options", ()) if ctx.talk is not None else ()
    slots = next((one["slots"] for one in options if "either" in one["slots"]), None)
    if slots is None:
        return ""
    said_at = datetime.fromisoformat(str(slots["said_at"]))
    if taken := _taken(ctx, ctx.sender, said_at):
        return pictures.keep(ctx, taken, upload)
    if upload.kind is not AttachmentKind.PICTURE:
        raise UserError(texts.EITHER_FILE)
    keep(ctx, PictureOf.EITHER, str(slots["either"]), upload)
    return texts.EITHER_PICTURE


def settle(ctx: Context, asked: Asked) -> str:
    """Take a report as what the sender says that it is, since it was made."""
    words, answer = str(asked.slots["incident_words"]), asked.slots["as"]
    said_at, key = datetime.fromisoformat(str(asked.slots["said_at"])), str(asked.slots["either"])
    ctx.uow.timers.cancel(key)
    said, case = ("", "") if answer == _EMERGENCY else _as_opinion(ctx, asked, words, said_at)
    if answer == _OPINION:
        first = ""
    elif _taken(ctx, ctx.sender, said_at):
        first = texts.EITHER_BEFORE
    else:
        first = begin(ctx, words, said_at, case, pictures_of=key)
    if case or answer != _OPINION:
        ctx.uow.pictures.drop(PictureOf.EITHER, key)
    return "\n".join(filter(None, (first, said)))


def _as_opinion(ctx: Context, asked: Asked, words: str, said_at: datetime) -> tuple[str, str]:
    """Report it as public opinion, with its pictures; return what is said, and the case."""
    found = ItemFound(
        bureau=ctx.sender.bureau,
        words=words,
        found_at=said_at,
        finder=ctx.sender.userid,
        platform=str(asked.slots.get("platform", "")),
        source=str(asked.slots.get("source", "")),
        url=str(asked.slots.get("url", "")),
    )
    said = ctx.emit(found)
    said += ctx.emit(PicturesKept(key=str(asked.slots["either"])))
    item = ctx.uow.opinion.last_found(ctx.sender.bureau, ctx.sender.userid, said_at)
    return "\n".join(said), (item.case_id or "") if item is not None else ""


def _taken(ctx: Context, person: Person, said_at: datetime) -> Incident | None:
    """Return the incident that a report has become already."""
    latest = ctx.uow.incidents.lately(person.bureau, _RECENT, 0)
    return next(
        (one for one in latest if (one.reported_by, one.reported_at) == (person.userid, said_at)),
        None,
    )


@registry.timer(EITHER)
def take_as_the_graver(ctx: Context, due: Due) -> None:
    """Nobody answered: it is an emergency until somebody says that it is none."""
    who = UserId(str(due.payload["by"]))
    said_at = datetime.fromisoformat(str(due.payload["said_at"]))
    person = ctx.uow.members.person(who)
    if person is None or _taken(ctx, person, said_at):
        return
    words = str(due.payload["words"])
    said = begin(replace(ctx, me=person), words, said_at, pictures_of=due.subject)
    told = texts.EITHER_TAKEN.format(minutes=_PATIENCE // timedelta(minutes=1), said=said)
    ctx.tell(TOLD, [who], Text(text=told), subject=due.subject, source=texts.SOURCE)
