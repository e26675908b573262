"""参加, 请假: a guest answers by a word, on the card or on the page; the last answer counts."""

import re

from handlers.gatherings import meanings, texts
from handlers.gatherings.registry import registry
from handlers.gatherings.telling import at, label, line, named
from handlers.kit.asked import Asked, Form, Press, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.listing import fitting
from handlers.kit.meaning import GATHERING, Situation
from storage.models import Gathering
from storage.vocabulary import GatheringStatus, GuestAnswer, Role

_NUMBER = re.compile(r"^\s*(\d{1,4})\s*号?会?[\s,，]*")


@registry.situation
def _what_is_asked(ctx: Context, _roles: frozenset[Role]) -> Situation | None:
    """Whoever has not said whether he comes talks about it, where nothing else waits."""
    numbers = ctx.uow.gatherings.unanswered_by(ctx.sender.userid, ctx.now)
    return Situation(kind=GATHERING, numbers=tuple(numbers)) if numbers else None


@registry.command(
    "参加",
    takes=Takes.WORDS,
    usage="参加（几个会时：参加 3）",
    purpose="回复参加会议、培训",
    means=meanings.answer,
)
def come(ctx: Context, asked: Asked) -> str:
    """Say that one comes; in free words also that one does not, or has only read of it."""
    answer = asked.slots.get("answer")
    gathering, reason = _asked_to(ctx, asked.text)
    if answer == "excused":
        return _write(ctx, gathering, GuestAnswer.EXCUSED, reason)
    if answer == "seen":
        return texts.COMES_OR_NOT.format(
            name=named(gathering), number=gathering.number, **at(ctx, gathering)
        )
    return _write(ctx, gathering, GuestAnswer.COMING, "")


@registry.command(
    "请假",
    "不参加",
    takes=Takes.WORDS,
    usage="请假 出差（几个会时：请假 3 出差）",
    purpose="回复会议、培训请假",
)
def excuse(ctx: Context, asked: Asked) -> str:
    gathering, reason = _asked_to(ctx, asked.text)
    return _write(ctx, gathering, GuestAnswer.EXCUSED, reason)


@registry.button("gathering")
def press(ctx: Context, pressed: Press) -> str:
    """Answer by the card's button, which then says what was answered."""
    _, how, subject = pressed.key.split(":", 2)
    gathering, answer = _meant(ctx, subject, how)
    said = _write(ctx, gathering, answer, "", pressed.response_code)
    return said if answer is GuestAnswer.EXCUSED else ""


@registry.form("gathering")
def answer_on_page(ctx: Context, form: Form) -> str:
    """Answer ``gathering`` as ``do`` says; ``words`` are the reason.

    Raises:
        UserError: the sender is not asked, it is over, or called off.
    """
    gathering, answer = _meant(ctx, form.fields["gathering"], form.fields["do"])
    reason = form.fields["words"].strip() if answer is GuestAnswer.EXCUSED else ""
    return _write(ctx, gathering, answer, reason)


def _meant(ctx: Context, subject: str, how: str) -> tuple[Gathering, GuestAnswer]:
    gathering = ctx.uow.gatherings.get(subject)
    if gathering is None:
        raise UserError(texts.NOT_ASKED)
    return gathering, GuestAnswer.COMING if how == "come" else GuestAnswer.EXCUSED


def _asked_to(ctx: Context, said: str) -> tuple[Gathering, str]:
    """Return which gathering is answered, and the words after its number.

    Raises:
        UserError: none waits, or several do and it is not said which.
    """
    ahead = ctx.uow.gatherings.ahead_of(ctx.sender.userid, ctx.now)
    found = _NUMBER.match(said)
    if found is not None:
        number = int(found[1])
        for gathering in ahead:
            if gathering.number == number:
                return gathering, said[found.end() :].strip()
        raise UserError(texts.NOT_A_GUEST.format(number=number))
    if not ahead:
        raise UserError(texts.NOT_ASKED)
    if len(ahead) > 1:
        lines = "\n".join(fitting([line(ctx, one) for one in ahead]))
        raise UserError(texts.WHICH.format(lines=lines, number=ahead[0].number))
    return ahead[0], said.strip()


def _write(
    ctx: Context, gathering: Gathering, answer: GuestAnswer, reason: str, code: str = ""
) -> str:
    """Write down an answer; the last one counts, until the gathering begins.

    Raises:
        UserError: the sender is not asked, it is over, or called off.
    """
    guest = ctx.uow.gatherings.guest(gathering.id, ctx.sender.userid)
    if guest is None:
        raise UserError(texts.NOT_A_GUEST.format(number=gathering.number))
    still_ahead(ctx, gathering)
    guest.answer, guest.reason, guest.answered_at = answer, reason, ctx.now
    label(ctx, gathering, answer, code)
    organiser = ctx.uow.members.names([gathering.organiser])[gathering.organiser]
    form = texts.ANSWERED_COMING if answer is GuestAnswer.COMING else texts.ANSWERED_EXCUSED
    note = texts.REASON.format(reason=reason) if reason else texts.ADD_REASON
    return form.format(
        name=named(gathering),
        number=gathering.number,
        organiser=organiser,
        reason=note.format(number=gathering.number),
        **at(ctx, gathering),
    )


def still_ahead(ctx: Context, gathering: Gathering) -> None:
    """Refuse what is called off, and what has begun."""
    if gathering.status is GatheringStatus.CANCELLED:
        raise UserError(texts.GONE.format(name=named(gathering)))
    if gathering.begins_at <= ctx.now:
        raise UserError(texts.OVER.format(name=named(gathering)))
