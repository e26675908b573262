"""来源 that bring nothing for longer than they usually do, and what they brought long ago."""

from datetime import datetime, timedelta

from handlers.feeds import texts
from handlers.feeds.arriving import ALERT
from handlers.feeds.policy import FeedPolicy
from handlers.feeds.registry import registry
from handlers.feeds.telling import named
from handlers.kit.context import Context
from handlers.kit.events import AlertAsked
from handlers.rules.calendar import local
from handlers.rules.sources import may_be_silent
from storage.models import Source
from storage.vocabulary import Grade, SourceKind

_HOUR = timedelta(hours=1)
_UNDATED = timedelta(days=730)
_AT_ONCE = 50_000
"""How many posts are forgotten in one night: others wait for the database meanwhile."""


@registry.every("20 9,14 * * *")
def look_for_silent_sources(ctx: Context) -> None:
    """Raise a low alert for each source that has just become silent, while people work.

    One that cannot be read is told as such.
    """
    if not ctx.calendar().is_workday(local(ctx.now).date()):
        return
    for source in ctx.uow.sources.watched():
        if source.silent_at is None and source.broken_at is None and _is_silent(ctx, source):
            source.silent_at = ctx.now
            silent = (ctx.now - _heard(source)) // _HOUR
            said = texts.SILENT.format(name=named(source), hours=silent)
            ctx.emit(
                AlertAsked(
                    unit=source.bureau,
                    kind=ALERT,
                    key=source.id,
                    grade=Grade.BLUE,
                    source=source.name,
                    title=texts.SILENT_TITLE.format(name=source.name),
                    text=said,
                )
            )


@registry.every("50 3 * * *")
def forget_old_posts(ctx: Context) -> None:
    """Forget which posts were brought long ago: they are too old to be taken as news again."""
    dated = ctx.now - timedelta(days=ctx.policy(FeedPolicy).keep_days)
    ctx.uow.forgetting.posts(dated, min(dated, ctx.now - _UNDATED), _AT_ONCE)


def _is_silent(ctx: Context, source: Source) -> bool:
    """Tell whether a source that could speak did not; a feed that is not asked cannot."""
    if source.kind is SourceKind.FEED and source.well_at is None:
        return False
    may = may_be_silent(source.silence, source.arrivals, source.usual_gap)
    return ctx.now - _heard(source) > may


def _heard(source: Source) -> datetime:
    return source.last_item_at or source.added_at
