"""How a reviewer is told what waits for him: since when, until when, and how much he has done."""

from datetime import datetime, timedelta

from handlers.kit.context import Context
from handlers.kit.finding import named
from handlers.reviews import texts
from handlers.rules.calendar import WorkCalendar, short_time, working_time
from storage.queries.reviews import Waiting
from storage.vocabulary import DraftKind, DraftStatus, Importance

_HOUR = timedelta(hours=1)
_MONTH = timedelta(days=30)


def line(ctx: Context, item: Waiting, calendar: WorkCalendar) -> str:
    """Write one line of a reviewer's list, with its age in working time and its due time."""
    since = short_time(item.task.opened_at, ctx.now)
    words = {
        "mark": mark(item),
        "name": named(item.draft),
        "unit": item.unit,
        "author": item.author,
        "since": since,
        "age": age(item.task.opened_at, ctx.now, calendar),
    }
    return texts.WAITING_LINE.format(**words, due=due(ctx, item))


def mark(item: Waiting) -> str:
    if item.kind is DraftKind.EMERGENCY:
        return texts.MARK_EMERGENCY
    return texts.MARK_MAJOR if item.importance is Importance.MAJOR else ""


def due(ctx: Context, item: Waiting) -> str:
    if item.status is DraftStatus.ON_HOLD:
        return texts.DUE_HELD
    words = texts.DUE if item.task.due_at > ctx.now else texts.DUE_OVER
    return words.format(due=short_time(item.task.due_at, ctx.now))


def age(since: datetime, until: datetime, calendar: WorkCalendar) -> str:
    """Write how long the office was open between two moments: 40分钟, 3小时, 2个工作日."""
    passed, day = working_time(since, until, calendar), calendar.day_length
    if passed < _HOUR:
        return texts.AGE_MINUTES.format(count=int(passed.total_seconds() // 60))
    if passed < day:
        return texts.AGE_HOURS.format(count=int(passed / _HOUR))
    return texts.AGE_DAYS.format(count=int(passed / day))


def load(ctx: Context) -> str:
    """Say how many drafts the sender decided in the last month, and how long each took him."""
    spans = ctx.uow.reviews.taken(ctx.sender.userid, ctx.now - _MONTH)
    if not spans:
        return ""
    calendar = ctx.calendar()
    total = sum((working_time(*span, calendar) for span in spans), timedelta(0))
    hours = total / len(spans) / _HOUR
    return texts.LOAD.format(count=len(spans), hours=f"{hours:.1f}".removesuffix(".0"))
