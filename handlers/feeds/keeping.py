"""What is done to a source, however it is asked for: in chat, on the page, by the command line."""

from datetime import timedelta

from handlers.feeds import texts
from handlers.feeds.arriving import settle_silence
from handlers.feeds.policy import FeedPolicy
from handlers.feeds.telling import may_keep, named
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.rules.sources import host_of
from storage.models import Source
from storage.vocabulary import SourceId, SourceKind

HEAVIEST = 100


def refuse_others(ctx: Context) -> None:
    """Raise UserError where the sender does not keep the sources."""
    if not may_keep(ctx):
        raise UserError(texts.NOT_YOURS)


def numbered(ctx: Context, number: int) -> Source:
    """Return the source of that number, locked.

    Raises:
        UserError: the sender does not keep them, or there is none.
    """
    refuse_others(ctx)
    source = ctx.uow.sources.numbered(ctx.sender.bureau, number)
    if source is None:
        raise UserError(texts.NO_SUCH.format(number=number))
    return source


def add_feed(ctx: Context, name: str, url: str) -> str:
    """Add a feed; it is asked at once, and the sender hears how that went.

    Raises:
        UserError: the name is taken or the address none.
    """
    host = host_of(url)
    if not host:
        raise UserError(texts.BAD_ADDRESS.format(url=url[:80]))
    source = _added(ctx, SourceKind.FEED, name, url, host)
    source.every, source.next_at = ctx.policy(FeedPolicy).every_minutes, ctx.now
    source.asked_by = ctx.sender.userid
    return texts.ADDED.format(name=named(source))


def add_push(ctx: Context, name: str, platform: str = "") -> Source:
    """Add a service that sends.

    Raises:
        UserError: the sender does not keep them, or the name is taken.
    """
    refuse_others(ctx)
    source = _added(ctx, SourceKind.PUSH, name)
    source.platform = platform
    return source


def _added(ctx: Context, kind: SourceKind, name: str, url: str = "", host: str = "") -> Source:
    bureau = ctx.sender.bureau
    if (other := ctx.uow.sources.named(bureau, name)) is not None:
        raise UserError(texts.TAKEN_NAME.format(name=named(other)))
    source = Source(
        id=SourceId(ctx.new_id()),
        bureau=bureau,
        number=ctx.uow.ledger.next_number(bureau, 0, "source"),
        name=name,
        kind=kind,
        platform="",
        added_by=ctx.sender.userid,
        added_at=ctx.now,
        url=url,
        host=host,
    )
    ctx.uow.sources.add(source)
    ctx.audit("source:add", source.id, after={"name": name, "kind": kind, "url": url})
    return source


def sheet_source(ctx: Context) -> Source:
    """Return what the sheets of the sender's bureau are kept under; the first one makes it.

    Raises:
        UserError: it is stopped.
    """
    source = ctx.uow.sources.of_sheets(ctx.sender.bureau)
    if source is None:
        return _added(ctx, SourceKind.SHEET, texts.SHEETS)
    if not source.active:
        raise UserError(texts.STOPPED.format(name=named(source), number=source.number))
    return source


def try_now(ctx: Context, source: Source) -> str:
    """Ask a feed as soon as may be, and tell the sender how it went.

    Raises:
        UserError: it is none that is asked, or stopped.
    """
    if source.kind is not SourceKind.FEED:
        raise UserError(texts.NOT_ASKED.format(name=named(source)))
    if not source.active:
        raise UserError(texts.STOPPED.format(name=named(source), number=source.number))
    source.next_at, source.asked_by = ctx.now, ctx.sender.userid
    return texts.TRYING.format(name=named(source))


def stop(ctx: Context, source: Source) -> str:
    """Stop a source; what waits to be told of it is over.

    Raises:
        UserError: it is stopped already.
    """
    if not source.active:
        raise UserError(texts.STOPPED_ALREADY.format(name=named(source)))
    source.active = False
    if source.silent_at is not None:
        settle_silence(ctx, source, texts.STOPPED_WHY)
    ctx.audit("source:stop", source.id)
    return texts.STOPPED.format(name=named(source), number=source.number)


def start(ctx: Context, source: Source) -> str:
    """Let a stopped source bring posts again; its silence is counted from now.

    Raises:
        UserError: it is not stopped.
    """
    if source.active:
        raise UserError(texts.STARTED_ALREADY.format(name=named(source)))
    source.active, source.failures, source.fault, source.broken_at = True, 0, None, None
    source.last_item_at = ctx.now
    source.next_at = ctx.now if source.kind is SourceKind.FEED else None
    ctx.audit("source:start", source.id)
    return texts.STARTED.format(name=named(source))


def remove(ctx: Context, source: Source) -> str:
    """Remove a source that was stopped before; what it brought stays, its number is not used again.

    Raises:
        UserError: it is not stopped, so that a slip takes nothing away.
    """
    if source.active:
        raise UserError(texts.STOP_FIRST.format(name=named(source), number=source.number))
    source.removed_at = ctx.now
    ctx.audit("source:remove", source.id, before={"name": source.name, "url": source.url})
    return texts.REMOVED.format(name=named(source))


def weigh(ctx: Context, source: Source, said: str) -> str:
    """Set what a source's word is worth in a risk, 0 to 100; nothing said: what its platform's is.

    Raises:
        UserError: it is no such number.
    """
    weight = int(said) if said.isascii() and said.isdigit() and len(said) <= len("100") else None
    if said and (weight is None or weight > HEAVIEST):
        raise UserError(texts.WEIGHT_FORM)
    before, source.weight = source.weight, weight
    ctx.audit("source:weigh", source.id, before={"weight": before}, after={"weight": weight})
    words = texts.WEIGHED if weight is not None else texts.UNWEIGHED
    return words.format(name=named(source), weight=weight)


def turn_secret(ctx: Context, source: Source, *, at_once: bool) -> None:
    """Let a source sign with another secret; unless *at_once*, the one before is good for a while.

    Raises:
        UserError: it does not send.
    """
    if source.kind is not SourceKind.PUSH:
        raise UserError(texts.SENDS_NOTHING.format(name=named(source)))
    hours = timedelta(hours=ctx.policy(FeedPolicy).old_secret_hours)
    source.turn += 1
    source.old_until = None if at_once else ctx.now + hours
    ctx.audit("source:rotate", source.id, after={"turn": source.turn, "at_once": at_once})
