"""Pictures of an incident: who is at the scene sends them, who has it in hand is told once."""

from collections import Counter
from collections.abc import Collection
from datetime import timedelta

from handlers.incidents import signing, texts
from handlers.incidents.finding import (
    SHOWN,
    handlers_of,
    locked,
    named,
    names_of,
    note,
    sees,
    talk_of,
)
from handlers.incidents.registry import TOLD, registry
from handlers.kit import pictures
from handlers.kit.asked import Due, Upload
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.messages import Text
from storage.models import Incident, SentPicture
from storage.vocabulary import AttachmentKind, ConversationState, IncidentAct, PictureOf, UserId

PICTURES = "incident_pictures"
_TOGETHER = timedelta(minutes=3)
"""How long is waited for more before people are told of pictures."""

_ASKS = frozenset({"fill_incident", "incident_phoned", "incident_sent", "explain_delay"})
"""What is still asked of an incident while pictures of it come."""


@registry.upload(ConversationState.IDLE, ConversationState.ASKING)
def take_picture(ctx: Context, upload: Upload) -> str:
    """Keep a picture of the incident that is talked of; nothing is said where there is none.

    Raises:
        UserError: it is a file: those are not read here.
    """
    incident = _meant(ctx)
    if incident is None:
        return ""
    said = keep(ctx, incident, upload)
    if ctx.talk is not None and ctx.talk.state is ConversationState.IDLE:
        talk_of(ctx, incident)
    return said


def keep(ctx: Context, incident: Incident, upload: Upload) -> str:
    """Keep a picture of an incident; say how many it has.

    Raises:
        UserError: it is a file: those are not read here.
    """
    if upload.kind is not AttachmentKind.PICTURE:
        raise UserError(texts.FILE_NOT)
    incident = locked(ctx, incident)
    pictures.keep(ctx, PictureOf.INCIDENT, incident.id, upload)
    _tell_soon(ctx, incident)
    return texts.PICTURE.format(name=named(incident), count=count_of(ctx, incident))


def adopt(ctx: Context, incident: Incident, key: str) -> str:
    """Take the pictures that were kept by *key* before it was said what was reported."""
    if not pictures.adopt(ctx, key, PictureOf.INCIDENT, incident.id):
        return ""
    _tell_soon(ctx, incident)
    return texts.PICTURE.format(name=named(incident), count=count_of(ctx, incident))


def count_of(ctx: Context, incident: Incident) -> int:
    return len(ctx.uow.pictures.of(PictureOf.INCIDENT, incident.id))


def _meant(ctx: Context) -> Incident | None:
    """Return the incident that is asked about or was talked of last, if the sender sees it.

    Else the only one in hand that he reported himself: he may have been on his way to the scene.
    """
    bureau = ctx.sender.bureau
    number = _asked_about(ctx) or ctx.shown_one(SHOWN)
    found = ctx.uow.incidents.latest_numbered(bureau, number) if number else None
    if found is not None and sees(ctx, found):
        return found
    if ctx.talk is None or ctx.talk.state is not ConversationState.IDLE:
        return None
    me = ctx.sender.userid
    own = [one for one in ctx.uow.incidents.open_in(bureau) if one.reported_by == me]
    return own[0] if len(own) == 1 else None


def _asked_about(ctx: Context) -> int | None:
    if ctx.talk is None or ctx.talk.state is not ConversationState.ASKING:
        return None
    kept = ctx.talk.memory.get("asked")
    asks = kept is not None and kept["command"] in _ASKS
    return next(iter(kept["numbers"]), None) if kept is not None and asks else None


def _untold(ctx: Context, incident: Incident) -> list[SentPicture]:
    return [one for one in ctx.uow.pictures.of(PictureOf.INCIDENT, incident.id) if not one.told]


def _tell_soon(ctx: Context, incident: Incident) -> None:
    """Have people told of what has come; what comes meanwhile is told with it."""
    first = _untold(ctx, incident)[0]
    ctx.set_timer(PICTURES, incident.id, ctx.now + _TOGETHER, stage=first.id)


@registry.timer(PICTURES)
def tell(ctx: Context, due: Due) -> None:
    """Tell who has the incident in hand, in one message, what pictures came; write it down."""
    found = ctx.uow.incidents.get(due.subject)
    if found is None:
        return
    incident = locked(ctx, found)
    fresh = _untold(ctx, incident)
    if not fresh:
        return
    for one in fresh:
        one.told = True
    sent = Counter(one.sender for one in fresh)
    by = "、".join(
        texts.PICTURES_BY.format(who=names_of(ctx, [who]), count=count)
        for who, count in sent.items()
    )
    note(ctx, incident, IncidentAct.PICTURED, by)
    for member in _in_hand(ctx, incident, sent):
        link = ctx.link(f"incidents/{incident.id}", member)
        said = texts.PICTURES_CAME.format(name=named(incident), by=by)
        ctx.tell(
            TOLD,
            [member],
            Text(text=f"{said}\n{link}" if link else said),
            subject=incident.id,
            stage=f"pictures {fresh[0].id}",
            source=texts.SOURCE,
        )


def _in_hand(ctx: Context, incident: Incident, but: Collection[UserId]) -> list[UserId]:
    """Return who reported it or is on duty, who took its alert, and who signs; not the senders."""
    standing = ctx.uow.alerts.standing(incident.bureau, f"incident:{incident.id}")
    took = [
        seat.member
        for alert in standing
        for seat in ctx.uow.alerts.recipients(alert.id)
        if seat.acked_at is not None
    ]
    report = signing.open_report(ctx, incident)
    people = [*handlers_of(ctx, incident), *took, *signing.signers_of(ctx, incident, report)]
    return [one for one in dict.fromkeys(people) if one not in but]


def lose(ctx: Context, picture: SentPicture, refused: str) -> None:
    """Note that a picture cannot be had, also one of what is not settled yet; tell its sender."""
    incident = ctx.uow.incidents.get(picture.subject)
    name = named(incident) if incident is not None else texts.EITHER_NAME
    pictures.lose(ctx, TOLD, picture, name, refused)
