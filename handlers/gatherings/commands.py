"""会议通知: a training or a meeting is announced, answered by a word, changed or called off."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.gatherings import meanings, texts
from handlers.gatherings.answering import still_ahead
from handlers.gatherings.registry import registry
from handlers.gatherings.telling import (
    CHANGED,
    INVITED,
    INVITED_NOW,
    at,
    card,
    grey_others,
    line,
    named,
    set_clocks,
    staying,
    summary,
)
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.listing import fitting
from handlers.kit.messages import Text
from handlers.kit.writers import unit_said
from handlers.rules.calendar import local, short_time
from handlers.rules.gatherings import Audience, read
from storage.models import Gathering
from storage.vocabulary import GatheringId, GatheringStatus, GuestAnswer, Role, UserId

ORGANISERS = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL})
_SOON = timedelta(days=1)


@registry.command(
    "会议通知",
    "培训通知",
    "开会通知",
    takes=Takes.MOMENT_AND_TEXT,
    usage="会议通知 周三下午两点 三楼会议室 信息员培训 全体信息员",
    purpose="通知开会或培训，收参加、请假",
    shown_to=ORGANISERS,
    means=meanings.announce,
    reads=meanings.beside_moment,
)
def announce(ctx: Context, asked: Asked) -> str:
    """Announce a gathering to its guests, who answer by a button or a word.

    Raises:
        UserError: it is not the sender's to do, or time, matter or guests are missing.
    """
    if not viewer(ctx).holds(ORGANISERS, ctx.uow.members.lineage(ctx.sender.unit)):
        raise UserError(texts.NOT_YOURS)
    wanted = read(asked.text)
    if asked.at is None or wanted is None:
        raise UserError(texts.FORM)
    if asked.at <= ctx.now:
        raise UserError(texts.PAST.format(when=short_time(asked.at, ctx.now)))
    guests = _guests(ctx, wanted.audience)
    if not guests:
        raise UserError(texts.NOBODY.format(who=asked.text.split()[-1]))
    year = local(ctx.now).year
    gathering = Gathering(
        id=GatheringId(ctx.new_id()),
        bureau=ctx.sender.bureau,
        year=year,
        number=ctx.uow.ledger.next_number(ctx.sender.bureau, year, "gathering"),
        title=wanted.title,
        place=wanted.place,
        begins_at=asked.at,
        organiser=ctx.sender.userid,
        created_at=ctx.now,
        changed_at=ctx.now,
    )
    ctx.uow.gatherings.add(gathering, guests)
    kind = INVITED_NOW if asked.at - ctx.now <= _SOON else INVITED
    for guest in guests:
        ctx.tell(kind, [guest], card(ctx, gathering, guest), subject=gathering.id)
    set_clocks(ctx, gathering)
    ctx.audit("gathering:announce", gathering.id, after={"guests": len(guests)})
    return texts.SET.format(
        name=named(gathering), count=len(guests), number=gathering.number, **at(ctx, gathering)
    )


def _guests(ctx: Context, audience: Audience) -> Sequence[UserId]:
    """Return who is asked, the sender left out.

    Raises:
        UserError: a name is neither a unit's nor a colleague's.
    """
    bureau = ctx.sender.bureau
    members = ctx.uow.members.of_bureau(bureau)
    units = {unit.name: unit.id for unit in ctx.uow.members.units_of(bureau)}
    found: set[UserId] = {one.userid for one in members} if audience.everybody else set()
    roles = [Role.OFFICER] * audience.officers + [Role.SECTION_HEAD] * audience.heads
    found |= set(ctx.uow.gatherings.holding(bureau, roles)) if roles else set()
    for name in audience.names:
        those = [one.userid for one in members if name in {one.name, *one.aliases}]
        if not those and (meant := unit_said(name, units)):
            those = [one.userid for one in members if one.unit == units[meant]]
        if not those:
            raise UserError(texts.NOBODY.format(who=name))
        found |= set(those)
    return sorted(found - {ctx.sender.userid})


def _number_of(ctx: Context, asked: Asked) -> int:
    """Return the number that was said, else that of the only gathering the sender may change.

    Raises:
        UserError: there is none, or it is not said which.
    """
    said = asked.numbers[0] if asked.numbers else asked.slots.get("gathering")
    if said is not None:
        return int(said)
    office = viewer(ctx).holds({Role.OFFICE}, (ctx.sender.bureau,))
    ahead = [
        one
        for one in ctx.uow.gatherings.ahead(ctx.sender.bureau, ctx.now)
        if office or one.organiser == ctx.sender.userid
    ]
    if not ahead:
        raise UserError(texts.NONE)
    if len(ahead) > 1:
        lines = "\n".join(fitting([line(ctx, one) for one in ahead]))
        raise UserError(texts.WHICH_OWN.format(lines=lines))
    return ahead[0].number


def _own(ctx: Context, number: int) -> Gathering:
    """Return a gathering that the sender may change, locked by his talk's order.

    Raises:
        UserError: there is none, or it is somebody else's.
    """
    gathering = ctx.uow.gatherings.latest_numbered(ctx.sender.bureau, number)
    if gathering is None:
        raise UserError(texts.NO_SUCH.format(number=number))
    office = viewer(ctx).holds({Role.OFFICE}, (ctx.sender.bureau,))
    if not office and gathering.organiser != ctx.sender.userid:
        raise UserError(texts.NOT_ORGANISER)
    return gathering


@registry.command(
    "会议改期",
    "改会",
    takes=Takes.NUMBER_AND_MOMENT,
    usage="会议改期 3 周四下午三点（可加地点）",
    purpose="改会议、培训的时间地点",
    shown_to=ORGANISERS,
    means=meanings.move,
    reads=meanings.place_after,
)
def move(ctx: Context, asked: Asked) -> str:
    """Change when and where, and tell all guests but those who excused themselves.

    Raises:
        UserError: it is not the sender's, is over, or the time is missing or past.
    """
    gathering = _own(ctx, _number_of(ctx, asked))
    still_ahead(ctx, gathering)
    if asked.at is None:
        raise UserError(texts.FORM)
    if asked.at <= ctx.now:
        raise UserError(texts.PAST.format(when=short_time(asked.at, ctx.now)))
    before = {"begins_at": gathering.begins_at.isoformat(), "place": gathering.place}
    ctx.audit(
        "gathering:move", gathering.id, before=before, after={"begins_at": asked.at.isoformat()}
    )
    count = put_to(ctx, gathering, asked.at, asked.text or gathering.place)
    return texts.CHANGED.format(name=named(gathering), count=count, **at(ctx, gathering))


def put_to(ctx: Context, gathering: Gathering, begins_at: datetime, place: str) -> int:
    """Let a gathering be at another time and place, and return how many are told."""
    before = short_time(gathering.begins_at, ctx.now)
    gathering.begins_at, gathering.place, gathering.changed_at = begins_at, place, ctx.now
    gathering.revision += 1
    ctx.uow.timers.cancel(gathering.id)
    set_clocks(ctx, gathering)
    said = texts.TOLD_CHANGED.format(
        name=named(gathering), number=gathering.number, before=before, **at(ctx, gathering)
    )
    return tell_guests(ctx, gathering, said)


@registry.command(
    "取消会议",
    "取消培训",
    takes=Takes.NUMBER_AND_TEXT,
    usage="取消会议 3 原因",
    purpose="取消会议、培训，告诉通知过的人",
    shown_to=ORGANISERS,
    means=meanings.call_off,
    reads=meanings.why_off,
)
def call_off(ctx: Context, asked: Asked) -> str:
    """Call a gathering off and tell its guests.

    Raises:
        UserError: it is not the sender's, or is over or called off already.
    """
    gathering = _own(ctx, _number_of(ctx, asked))
    still_ahead(ctx, gathering)
    count = drop(ctx, gathering, asked.text)
    ctx.audit("gathering:cancel", gathering.id, after={"reason": asked.text})
    return texts.CANCELLED.format(name=named(gathering), count=count)


def drop(ctx: Context, gathering: Gathering, reason: str) -> int:
    """Let a gathering not take place, and return how many are told."""
    gathering.status, gathering.changed_at = GatheringStatus.CANCELLED, ctx.now
    gathering.revision += 1
    ctx.uow.timers.cancel(gathering.id)
    grey_others(ctx, gathering)
    said = texts.TOLD_CANCELLED.format(
        name=named(gathering),
        when=short_time(gathering.begins_at, ctx.now),
        reason=texts.REASON.format(reason=reason) if reason else "",
    )
    return tell_guests(ctx, gathering, said)


def tell_guests(ctx: Context, gathering: Gathering, said: str) -> int:
    """Tell who was asked, is still here and has not excused himself; return how many they are."""
    guests = staying(ctx, gathering, {GuestAnswer.COMING, GuestAnswer.OPEN})
    stage = str(gathering.revision)
    ctx.tell(CHANGED, guests, Text(text=said), subject=gathering.id, stage=stage)
    return len(guests)


@registry.command(
    "参会名单",
    "谁参加",
    takes=Takes.NUMBER,
    usage="参会名单 3",
    purpose="看会议、培训谁参加、谁请假、谁没回复",
    shown_to=ORGANISERS,
    means=meanings.guests,
    changes=False,
)
def list_guests(ctx: Context, asked: Asked) -> str:
    return summary(ctx, _own(ctx, _number_of(ctx, asked)))


@registry.command(
    "会议",
    "近期会议",
    takes=Takes.NOTHING,
    usage="会议",
    purpose="看近期的会议、培训",
    means=meanings.listing,
    changes=False,
)
def list_gatherings(ctx: Context, _asked: Asked) -> str:
    ahead = seen_ahead(ctx)
    if not ahead:
        return texts.NONE
    said = texts.AHEAD.format(lines="\n".join(fitting([line(ctx, one) for one in ahead])))
    return ctx.with_link(said, "gatherings")


def seen_ahead(ctx: Context) -> Sequence[Gathering]:
    """Return what the sender is asked to and is still to come; for the office all that is."""
    if viewer(ctx).holds({Role.OFFICE}, (ctx.sender.bureau,)):
        return ctx.uow.gatherings.ahead(ctx.sender.bureau, ctx.now)
    return ctx.uow.gatherings.ahead_of(ctx.sender.userid, ctx.now)


def may_see(ctx: Context, gathering: Gathering) -> bool:
    """Tell whether a gathering's page is the sender's to see: asked, organiser or the office."""
    me = ctx.sender.userid
    return (
        gathering.organiser == me
        or ctx.uow.gatherings.guest(gathering.id, me) is not None
        or viewer(ctx).holds({Role.OFFICE}, (gathering.bureau,))
    )
