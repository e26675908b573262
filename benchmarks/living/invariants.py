"""What must be true of every message and every timer, whatever it is about.

Nothing here asks the product when something is due or may be said: days and hours are those of
`days`, and what a kind of message may do is written down in `manners`.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row

from benchmarks.living import days
from benchmarks.living.manners import ANSWERS, AWAITED, MANNERS, WITH_THE_OFFICE, Manner
from benchmarks.living.record import Record
from handlers.kit.messages import Content, Text
from storage.vocabulary import UserId

_MOMENT = timedelta(minutes=2)
"""What a message may take on its way while everything works."""
_AFTER_REFUSAL = timedelta(minutes=65)
"""WeCom's longest rest is an hour, and what it refused is tried again after half an hour."""
_MOST_A_MINUTE = 30
_ROUTINE_A_DAY = 6
"""What is not urgent: so many messages a member and day, one that stands for several being one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """Something that must not be: which *rule*, and *what* broke it."""

    rule: str
    what: str


Rule = Callable[[Record], Iterator[str]]


def unknown_kinds(record: Record) -> list[str]:
    return sorted({row.kind for row in record.outbox} - MANNERS.keys())


def every_message_ends(record: Record) -> Iterator[str]:
    """A message whose time has come has left, or ended under a name that says why."""
    for row in record.outbox:
        overdue = row.due_at < record.until - _AFTER_REFUSAL
        if row.status != "ended" and overdue:
            yield _named(row)
        if row.outcome == "failed":
            yield f"{_named(row)} failed: {row.note}"


def sent_is_on_a_phone_once(record: Record) -> Iterator[str]:
    """What was sent is on its recipient's phone, once; what did not leave is not there."""
    phones: Counter[tuple[str, str]] = Counter(
        (sending.message_id, who) for sending in record.sendings for who in sending.reached
    )
    claimed: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in record.outbox:
        if row.kind == "card_update" or row.outcome not in {"sent", "digested"}:
            continue
        claimed[row.message_id, row.recipient].append(row)
        if not phones[row.message_id, row.recipient]:
            yield f"{_named(row)} is {row.outcome} and on no phone"
    parts = {part.message_id for whole in record.wholes.values() for part in whole[:-1]}
    for (message, who), times in phones.items():
        if message in parts:
            continue
        rows = claimed[message, who]
        if not rows or times > 1:
            yield f"{message} reached {who} {times} times for {len(rows)} promises"
        if len(rows) > 1 and {row.outcome for row in rows} != {"digested"}:
            yield f"{message} stands for several promises to {who} and is no digest"


def merged_is_accounted_for(record: Record) -> Iterator[str]:
    """What was merged or digested can be read in a message that its recipient got.

    What it was merged into may still wait at the end: while WeCom refuses, or over a night.
    """
    waiting = {f"as {row.id}" for row in record.outbox if row.status != "ended"}
    read: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    whole = {sending.message_id: _words(sending.content) for sending in record.sendings}
    for message, parts in record.wholes.items():
        whole[message] = "".join(_words(part.content) for part in parts)
    for sending in record.sendings:
        for who in sending.reached:
            read[who].append((sending.at, whole[sending.message_id]))
    for row in record.outbox:
        words = row.content.get("text", "")
        if row.outcome == "digested" and words not in whole[row.message_id]:
            yield f"{_named(row)} is not in its digest"
        if row.outcome != "merged" or row.note in waiting:
            continue
        if not any(words in said for _, said in read[row.recipient]):
            yield f"{_named(row)} was merged into nothing"


def none_before_its_time(record: Record) -> Iterator[str]:
    for row in record.outbox:
        if row.sent_at is not None and row.sent_at < row.created_at:
            yield f"{_named(row)} left before it was promised"
    for timer in record.timers:
        if timer.status == "failed":
            yield f"timer {timer.kind} of {timer.due_at} failed"


def none_at_a_bad_time(record: Record) -> Iterator[str]:
    """What is not urgent comes on worked days, and never at night."""
    fits = {Manner.IN_GOOD_TIME: days.convenient, Manner.CALM: days.awake}
    for row in record.outbox:
        fit = fits.get(_manner(record, row))
        if fit and row.sent_at is not None and not fit(row.sent_at):
            yield f"{_named(row)} came at {_clock(row.sent_at)}"


def nobody_is_woken_for_nothing(record: Record) -> Iterator[str]:
    """At night comes what was set for that minute, and what somebody did in that minute."""
    acts = sorted(one.at for one in record.said)
    for row in record.outbox:
        manner = _manner(record, row)
        if row.kind in AWAITED or manner is not Manner.AT_ONCE:
            continue
        night = row.sent_at is not None and not days.awake(row.sent_at)
        place = bisect_right(acts, row.created_at)
        if night and not (place and row.created_at - acts[place - 1] <= _MOMENT):
            yield f"{_named(row)} came at {_clock(row.sent_at)}"


def none_in_a_silence(record: Record) -> Iterator[str]:
    """Whoever asked to be left alone hears alarms and answers, and nothing else."""
    for row in record.outbox:
        if row.sent_at is None or row.kind in ANSWERS or _manner(record, row) is Manner.ALARM:
            continue
        for silence in record.silences:
            if silence.who == row.recipient and silence.since < row.sent_at < silence.until:
                yield f"{_named(row)} came at {_clock(row.sent_at)}, in a silence"


def none_late(record: Record) -> Iterator[str]:
    """A message leaves when it may: what held it up is known, and over."""
    for row in record.outbox:
        if row.sent_at is not None and row.sent_at > latest(record, row):
            yield f"{_named(row)} came at {_clock(row.sent_at)}, not by {latest(record, row)}"


def none_expires_unheard(record: Record) -> Iterator[str]:
    """A message expires only where something kept it for as long as it was worth sending."""
    for row in record.outbox:
        expired = row.outcome == "expired" and row.kind != "card_update"
        if expired and latest(record, row) < row.expires_at:
            yield _named(row)


def none_to_who_has_left(record: Record) -> Iterator[str]:
    for sending in record.sendings:
        for who in sending.reached:
            if not record.here(who, sending.at):
                yield f"{who} left, and got {_words(sending.content)[:30]!r}"


def nothing_is_promised_to_who_has_left(record: Record) -> Iterator[str]:
    """A promise to nobody is a call that WeCom refuses, and looks as if somebody was told."""
    for row in record.outbox:
        if row.kind != "card_update" and not record.here(row.recipient, row.created_at):
            yield _named(row)


def no_timer_is_forgotten(record: Record) -> Iterator[str]:
    """A timer whose moment is over has fired or was cancelled; none fires before its moment."""
    for timer in record.timers:
        if timer.status == "pending" and timer.due_at < record.until:
            yield f"timer {timer.kind} of {_clock(timer.due_at)} still waits"


def no_more_in_a_day_than_anybody_gets(record: Record) -> Iterator[str]:
    """Of what is not urgent; the rest waits for the next morning (docs/reminders.md)."""
    for (who, day), moments in record.shares.items():
        if len(moments) > _ROUTINE_A_DAY:
            yield f"{who} got {len(moments)} routine messages on {day}"


def what_is_beyond_a_days_share_comes_as_one(record: Record) -> Iterator[str]:
    """The texts of one member that waited for the same morning are in fewer messages than texts."""
    kept: dict[tuple[str, datetime], list[str]] = defaultdict(list)
    for row in record.outbox:
        if row.sent_at is None or _manner(record, row) is not Manner.IN_GOOD_TIME:
            continue
        moment = days.convenient_from(_after_silences(record, row, row.created_at))
        waits = days.day_of(_within_share(record, row, moment)) > days.day_of(moment)
        if waits and row.sent_at > moment + _MOMENT and "text" in row.content:
            kept[row.recipient, row.sent_at].append(row.message_id)
    for (who, at), messages in kept.items():
        if 1 < len(messages) == len(set(messages)):
            yield f"{who} got one by one at {_clock(at)} what was beyond a day's share"


def within_wecoms_limits(record: Record) -> Iterator[str]:
    """WeCom drops what goes beyond 30 a minute to one member, without a word."""
    minutes: dict[UserId, list[datetime]] = defaultdict(list)
    for sending in record.sendings:
        for who in sending.reached:
            minutes[who].append(sending.at)
    for who, moments in minutes.items():
        for place, moment in enumerate(moments[_MOST_A_MINUTE:]):
            if moment - moments[place] < timedelta(minutes=1):
                yield f"{who} got more than {_MOST_A_MINUTE} within a minute of {_clock(moment)}"


def latest(record: Record, row: Row[Any]) -> datetime:
    """Return until when a message must have left."""
    manner = _manner(record, row)
    ordinary = manner is Manner.IN_GOOD_TIME
    moment = _held_up(record, row.created_at)
    while True:
        before = moment
        if row.kind not in ANSWERS and manner is not Manner.ALARM:
            moment = _after_silences(record, row, moment)
        if ordinary:
            moment = days.convenient_from(_within_share(record, row, moment))
        if row.kind in WITH_THE_OFFICE or _begins_standing_in(record, row):
            moment = days.office_opens(moment)
        if manner is Manner.CALM:
            moment = _with_a_digest(record, row, moment)
        moment = _held_up(record, moment)
        if moment == before:
            return moment + _MOMENT


def _after_silences(record: Record, row: Row[Any], moment: datetime) -> datetime:
    for silence in record.silences:
        if silence.who == row.recipient and silence.since <= moment < silence.until:
            moment = silence.until
    return moment


def _within_share(record: Record, row: Row[Any], moment: datetime) -> datetime:
    """Return *moment*, or when the office opens next where the day's share is used up by then."""
    day = days.day_of(moment)
    had = [at for at in record.shares.get((row.recipient, day), ()) if at <= moment + _MOMENT]
    if len(had) < _ROUTINE_A_DAY or row.sent_at in had:
        return moment
    return days.office_opens(days.at(day + days.DAY, 0))


def _begins_standing_in(record: Record, row: Row[Any]) -> bool:
    """Tell whether a card was passed on because somebody's days away began: at midnight."""
    return row.kind == "review_request" and any(
        one.substitute == row.recipient
        and one.starts_at <= row.created_at <= one.starts_at + _MOMENT
        for one in record.delegations
    )


def _with_a_digest(record: Record, row: Row[Any], moment: datetime) -> datetime:
    """Return when something calm is told at the latest: of a blue case only on worked days."""
    if row.kind == "case_due" or record.calm_alerts.get(row.subject) == "blue":
        return days.next_digest_at_work(moment)
    return days.calm_from(moment)


def _manner(record: Record, row: Row[Any]) -> Manner:
    """Return how a message behaves: an alert for which nobody is woken is none."""
    manner = MANNERS.get(row.kind, Manner.IN_GOOD_TIME)
    if row.kind.startswith("alert") and row.subject in record.calm_alerts:
        return manner if row.kind == "alert_trouble" else Manner.CALM
    return manner


def _held_up(record: Record, moment: datetime) -> datetime:
    """Return when what is due at *moment* gets through: outages hold it up, and their ends."""
    for outage in record.outages:
        end = outage.until + (_AFTER_REFUSAL if outage.what == "wecom" else _MOMENT)
        if outage.since - _MOMENT <= moment < end:
            return end
    return moment


def _words(content: Content) -> str:
    return content.text if isinstance(content, Text) else ""


def _named(row: Row[Any]) -> str:
    return f"{row.kind} {row.stage} for {row.recipient}, promised {_clock(row.created_at)}"


def _clock(moment: datetime) -> str:
    return f"{moment.astimezone(days.CHINA):%m-%d %H:%M:%S}"


RULES: tuple[Rule, ...] = (
    every_message_ends,
    sent_is_on_a_phone_once,
    merged_is_accounted_for,
    none_before_its_time,
    none_at_a_bad_time,
    nobody_is_woken_for_nothing,
    none_in_a_silence,
    none_late,
    none_expires_unheard,
    none_to_who_has_left,
    nothing_is_promised_to_who_has_left,
    no_timer_is_forgotten,
    no_more_in_a_day_than_anybody_gets,
    what_is_beyond_a_days_share_comes_as_one,
    within_wecoms_limits,
)


def broken(record: Record, rules: tuple[Rule, ...] = RULES) -> list[Violation]:
    """Return everything that breaks a rule."""
    return [Violation(rule=rule.__name__, what=what) for rule in rules for what in rule(record)]
