"""The work: is it being done, and does the calendar know when."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.config import Config
from bot.doctor.findings import Finding, fault, ok, warning
from handlers.rules.calendar import WorkCalendar, local
from storage.queries.figures import Waiting
from storage.unit_of_work import UnitOfWork

_LATE = timedelta(minutes=5)
_NOVEMBER = 11  # the State Council's notice for the next year comes in this month


def examine(uow: UnitOfWork, config: Config, now: datetime, *, resting: bool) -> Iterator[Finding]:
    """Check the calendar, and what should have been done by now.

    *resting*: nothing is sent for now, since WeCom limits or refuses the app.
    """
    yield holidays(config.calendar.of(uow.timers.calendar()), now)
    yield timers(uow.figures.timers(now).first, now)
    yield outbox(uow.figures.outbox(now), now, resting=resting)
    yield failures(uow.figures.failed())


def holidays(calendar: WorkCalendar, now: datetime) -> Finding:
    today = local(now).date()
    remedy = (
        "`xinshi calendar import FILE` with the State Council's notice; `xinshi migrate` brings "
        "the years that this version knows"
    )
    if not calendar.knows(today.year):
        text = f"the holidays of {today.year} are not known: reminders may come on a day off"
        return fault("calendar", text, remedy)
    if today.month >= _NOVEMBER and not calendar.knows(today.year + 1):
        return warning("calendar", f"the holidays of {today.year + 1} are not known yet", remedy)
    return ok("calendar", f"the holidays of {today.year} are known")


def timers(first_due: datetime | None, now: datetime) -> Finding:
    if first_due is not None and now - first_due > _LATE:
        text = f"a timer is {_minutes(now - first_due)} late: no scheduler is running"
        return fault("scheduler", text, "start it: `xinshi up`, or `xinshi schedule` of its own")
    return ok("scheduler", "no timer is late")


def outbox(waiting: Waiting, now: datetime, *, resting: bool) -> Finding:
    oldest = waiting.first
    if oldest is not None and now - oldest > _LATE:
        due = f"{waiting.due} messages are due, one for {_minutes(now - oldest)}"
        if resting:
            text = f"{due}: nothing is sent for now, since WeCom limits or refuses the app"
            return fault("worker", text, "see above what WeCom says; they leave when it lets them")
        text = f"{due}: no worker sends them"
        remedy = "start one: `xinshi up`, or `xinshi work` of its own; if one runs, read its log"
        return fault("worker", text, remedy)
    return ok("worker", "no message has been due for long")


def failures(count: int) -> Finding:
    if count:
        text = f"{count} messages of members could not be handled yet and are tried again"
        return warning("failed messages", text, "look for inbound_failed in the log")
    return ok("failed messages", "every message of a member has been handled")


def _minutes(length: timedelta) -> str:
    return f"{length // timedelta(minutes=1)} minutes"
