"""The clocks of an alert: it climbs on silence, asks whoever has it, and is followed up."""

from collections.abc import Sequence
from datetime import datetime

from handlers.alerts import texts
from handlers.alerts.audience import reach_of, reaches
from handlers.alerts.commands import registry
from handlers.alerts.ending import finish
from handlers.alerts.telling import (
    ask,
    named,
    note,
    people,
    reaches_at,
    tell_admins,
    tell_card,
    tell_news,
)
from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.events import MessageLost
from handlers.rules.calendar import short_time
from handlers.rules.escalation import (
    HOLDER,
    FollowUp,
    Policy,
    Rung,
    Why,
    later,
    next_rung,
)
from handlers.rules.peace import next_digest
from storage.models import Alert
from storage.vocabulary import NOBODY, AlertAct, AlertId, AlertStatus, UserId

_LATE = "1d"
"""How long an answer still counts that was asked for often enough."""


def go_on(ctx: Context, alert: Alert, start: int, before: str = "") -> Sequence[UserId]:
    """Tell the next rung from *start* on, set its clock, and return who is told.

    *before* is why it comes to them. An alert that each must answer is told again to those who
    have not. Nobody is told twice within the time of a repetition.
    """
    policy = Policy.read(alert.policy)
    told = [one.member for one in ctx.uow.alerts.recipients(alert.id)]
    rung = next_rung(start, reaches(ctx, alert, policy), told)
    alert.turn += 1
    _note_skipped(ctx, alert, policy, rung)
    alert.step = max(alert.step, rung.step)
    members = rung.members
    if policy.each and told:
        silent = unanswered(ctx, alert)
        fresh = () if rung.again else rung.members
        members = tuple(dict.fromkeys((*silent, *fresh)))
        if not members or (rung.again and 0 < policy.repeats <= alert.repeats):
            _stop(ctx, alert, policy, silent)
            return ()
    if rung.again:
        last = ctx.uow.alerts.last_told(alert.id)
        members = tuple(
            one
            for one in members
            if one not in last or later(last[one], policy.repeat, ctx.calendar()) <= ctx.now
        )
        _told_again(ctx, alert, policy, members)
    elif members:
        note(ctx, alert, AlertAct.TOLD, about=members)
    tell_card(ctx, alert, members, before)
    wait = policy.repeat if rung.again else policy.steps[rung.step].wait
    _wait_for(ctx, alert, "alert_climb", wait, reaches_at(ctx, alert))
    return members


def unanswered(ctx: Context, alert: Alert) -> tuple[UserId, ...]:
    """Return who was told, can be told again, and has not answered for himself."""
    silent = [one.member for one in ctx.uow.alerts.recipients(alert.id) if one.acked_at is None]
    found = ctx.uow.members.people(silent)
    return tuple(one for one in silent if one in found and found[one].reachable)


def _wait_for(
    ctx: Context, alert: Alert, timer: str, wait: str, since: datetime | None = None
) -> None:
    """Set the one clock of an alert's present turn; it runs *since* people can have heard."""
    ctx.uow.timers.cancel(alert.id)
    alert.next_at = later(since or ctx.now, wait, ctx.calendar())
    ctx.set_timer(timer, alert.id, alert.next_at, stage=str(alert.turn), turn=alert.turn)


def hold_clock(ctx: Context, alert: Alert, lease: str) -> None:
    """Let whoever has the alert be asked when his *lease* runs out."""
    alert.turn += 1
    _wait_for(ctx, alert, "alert_lease", lease)


def climb_clock(ctx: Context, alert: Alert) -> None:
    """Let the alert climb if the present rung stays silent."""
    policy = Policy.read(alert.policy)
    _wait_for(ctx, alert, "alert_climb", policy.steps[alert.step].wait)


def _note_skipped(ctx: Context, alert: Alert, policy: Policy, rung: Rung) -> None:
    for skip in rung.skipped:
        words = "、".join(texts.WORDS[word] for word in policy.steps[skip.step].tell)
        said = texts.SKIPPED.format(step=skip.step + 1, words=words, why=texts.WHY[skip.why])
        note(ctx, alert, AlertAct.SKIPPED, about=skip.lost, words=said)
        if skip.why is not Why.TOLD_BEFORE:
            told = texts.ADMIN_SKIPPED.format(
                code=alert.code, step=skip.step + 1, words=words, why=texts.WHY[skip.why]
            )
            tell_admins(ctx, alert, told, f"skipped {skip.step}")


def _told_again(ctx: Context, alert: Alert, policy: Policy, members: Sequence[UserId]) -> None:
    """Count how often the top was told, and let those who can do something about it know."""
    alert.repeats += 1
    if members:
        note(ctx, alert, AlertAct.AGAIN, about=members)
    if not ctx.uow.alerts.recipients(alert.id):
        tell_admins(ctx, alert, texts.ADMIN_NOBODY.format(code=alert.code), "nobody")
    elif policy.each:
        _tell_raiser(ctx, alert, members, texts.NOTICE_LEFT_AGAIN, f"left {alert.turn}")
    else:
        tell_admins(ctx, alert, texts.ADMIN_TOP.format(code=alert.code), "top")


def _tell_raiser(
    ctx: Context, alert: Alert, silent: Sequence[UserId], words: str, stage: str
) -> None:
    """Tell whoever raised it, and nobody else, who has not answered."""
    everybody = ctx.uow.alerts.recipients(alert.id)
    acked = sum(one.acked_at is not None for one in everybody)
    said = words.format(
        name=named(alert), count=len(everybody), acked=acked, names=people(ctx, silent)
    )
    if alert.raised_by != NOBODY:
        tell_news(ctx, alert, [alert.raised_by], said, stage)


def _stop(ctx: Context, alert: Alert, policy: Policy, silent: Sequence[UserId]) -> None:
    """Ask no more for what each had to answer; whoever answers within a day is still counted."""
    if not silent or alert.repeats > policy.repeats:
        finish(ctx, alert, texts.WHY_STOPPED)
        return
    alert.repeats += 1
    _tell_raiser(ctx, alert, silent, texts.NOTICE_LEFT_LAST, "stopped")
    _wait_for(ctx, alert, "alert_climb", _LATE)


@registry.timer("alert_climb")
def climb(ctx: Context, due: Due) -> None:
    """Nobody has taken it in time: tell the next rung."""
    alert = _of_turn(ctx, due, AlertStatus.OPEN)
    if alert is not None:
        silent = unanswered(ctx, alert)
        before = texts.SILENT.format(who=people(ctx, silent, 3)) if silent else ""
        go_on(ctx, alert, alert.step + 1, before)


@registry.on(MessageLost)
def pass_over_whom_it_did_not_reach(ctx: Context, event: MessageLost) -> None:
    """A card did not arrive: if none of this turn did or still may, the next rung is told now."""
    if event.kind != "alert":
        return
    alert = ctx.uow.alerts.lock(AlertId(event.subject))
    if alert is None or alert.status is AlertStatus.ENDED:
        return
    note(ctx, alert, AlertAct.UNREACHED, about=[event.recipient])
    who = people(ctx, [event.recipient])
    said = texts.ADMIN_LOST.format(code=alert.code, who=who)
    tell_admins(ctx, alert, said, f"lost {event.recipient}")
    if alert.status is AlertStatus.OPEN and not ctx.uow.alerts.on_its_way(
        alert.id, str(alert.turn)
    ):
        go_on(ctx, alert, alert.step + 1, texts.NOT_REACHED.format(who=who))


@registry.timer("alert_lease")
def ask_whoever_has_it(ctx: Context, due: Due) -> None:
    """His lease has run out: ask; one who left or cannot be reached has it no longer."""
    alert = _of_turn(ctx, due, AlertStatus.HELD)
    if alert is None:
        return
    found = ctx.uow.members.people([alert.holder])
    if alert.holder not in found or not found[alert.holder].reachable:
        lapse(ctx, alert)
        return
    alert.turn += 1
    _wait_for(ctx, alert, "alert_unanswered", Policy.read(alert.policy).patience)
    until = short_time(alert.next_at or ctx.now, ctx.now)
    said = texts.STILL.format(name=named(alert), code=alert.code, until=until)
    ask(ctx, alert, alert.holder, said)
    note(ctx, alert, AlertAct.ASKED, about=[alert.holder])


@registry.timer("alert_unanswered")
def take_it_from_him(ctx: Context, due: Due) -> None:
    """Whoever had it did not say that he still has: it climbs again."""
    alert = _of_turn(ctx, due, AlertStatus.HELD)
    if alert is not None:
        lapse(ctx, alert)


def lapse(ctx: Context, alert: Alert) -> None:
    """Let an alert that was taken be open again, and climb from where it was."""
    who = alert.holder
    note(ctx, alert, AlertAct.LAPSED, about=[who])
    let_go(ctx, alert)
    go_on(ctx, alert, alert.step + 1, texts.LAPSED.format(who=people(ctx, [who])))


def let_go(ctx: Context, alert: Alert) -> None:
    """Take the alert from whoever has it; it is open, and its clock is still to be set."""
    if (seat := ctx.uow.alerts.was_told(alert.id, alert.holder)) is not None:
        seat.acked_at = None
    alert.status, alert.holder, alert.held_at = AlertStatus.OPEN, NOBODY, None


def _of_turn(ctx: Context, due: Due, status: AlertStatus) -> Alert | None:
    """Return the alert of a clock, if it is still as it was when the clock was set."""
    alert = ctx.uow.alerts.lock(AlertId(due.subject))
    if alert is None or alert.status is not status or alert.turn != due.payload["turn"]:
        return None
    return alert


def news_of(alert: AlertId) -> str:
    """Return what the clocks of an alert are named by that run whoever has it."""
    return f"{alert}:news"


def set_follow_ups(ctx: Context, alert: Alert, policy: Policy) -> None:
    for one in policy.follow_ups:
        _follow_later(ctx, alert, one, one.after, 1)


def _follow_later(ctx: Context, alert: Alert, one: FollowUp, wait: str, time: int) -> None:
    due = later(ctx.now, wait, ctx.calendar())
    stage = f"{one.name} {time}"
    ctx.set_timer("alert_follow_up", news_of(alert.id), due, stage=stage, name=one.name, time=time)


@registry.timer("alert_follow_up")
def follow_up(ctx: Context, due: Due) -> None:
    """Ask for what the policy wants by now; once it is over nobody is asked."""
    alert = ctx.uow.alerts.lock(AlertId(due.subject.partition(":")[0]))
    if alert is None or alert.status is AlertStatus.ENDED:
        return
    name, time = due.payload["name"], int(due.payload["time"])
    [one] = [each for each in Policy.read(alert.policy).follow_ups if each.name == name]
    members = reach_of(ctx, alert, one.tell).members
    if not members and HOLDER in one.tell:
        members = tuple(seat.member for seat in ctx.uow.alerts.recipients(alert.id))
    said = f"{named(alert)}：{one.words}"
    tell_news(ctx, alert, members, said, f"follow {name} {time}")
    if one.every:
        _follow_later(ctx, alert, one, one.every, time + 1)


@registry.timer("alert_news")
def tell_of_more(ctx: Context, due: Due) -> None:
    """Tell once of all that came since: whoever has it, or else everybody who was told."""
    alert = ctx.uow.alerts.lock(AlertId(due.subject.partition(":")[0]))
    if alert is None or alert.status is AlertStatus.ENDED or alert.count == alert.shown:
        return
    latest = [entry.words for entry in ctx.uow.alerts.log(alert.id) if entry.act is AlertAct.JOINED]
    said = texts.NEWS.format(
        name=named(alert), more=alert.count - alert.shown, count=alert.count, words=latest[-1]
    )
    members = (
        [alert.holder]
        if alert.holder != NOBODY
        else [seat.member for seat in ctx.uow.alerts.recipients(alert.id)]
    )
    calm = bool(Policy.read(alert.policy).calm)
    due_at = next_digest(ctx.now) if calm else None
    tell_news(ctx, alert, members, said, f"count {alert.count}", due_at=due_at)
    alert.shown = alert.count
