"""What a source answered, sent or failed to: kept, handed on, and told once where it is news."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from handlers.feeds import texts
from handlers.feeds.registry import TRIED, TROUBLE
from handlers.feeds.telling import fault_words, named
from handlers.kit.context import Context
from handlers.kit.events import AlertSubjectSettled
from handlers.kit.messages import Text
from handlers.kit.sensitive import in_sensitive_period
from handlers.rules.sources import (
    believed,
    is_broken,
    is_news,
    next_question,
    pace,
    usual_gap,
)
from storage.models import Source
from storage.vocabulary import NOBODY, Role, SourceFault, SourceId, UserId

JOB = "posts"
LANES = ("0", "1")
"""Posts wait in lanes: two workers may be at them, each with its own."""
ALERT = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A post as a source gives it; *key* is its own there.

    The lower its *rank*, the earlier it is judged.
    """

    key: str
    title: str
    words: str
    url: str = ""
    platform: str = ""
    source: str = ""
    posted_at: datetime | None = None
    heat: Mapping[str, int] = field(default_factory=dict)
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a feed answered; *found* is None where nothing has changed since."""

    found: Sequence[Found] | None
    etag: str = ""
    modified: str = ""


def record_answer(ctx: Context, source_id: SourceId, answer: Answer) -> int:
    """Keep what a feed answered and set when it is asked again; return how many posts are new."""
    source = ctx.uow.sources.lock(source_id)
    if source is None:
        return 0
    fresh = len(bring(ctx, source, answer.found or ()))
    if answer.found is not None:
        source.etag, source.modified = answer.etag, answer.modified
    source.next_at = next_question(ctx.now, _pace(ctx, source), 0)
    note_well(ctx, source)
    _tell_asker(ctx, source, _read(source, answer, fresh))
    return fresh


def _pace(ctx: Context, source: Source) -> timedelta:
    """Return how long a feed is left alone: in a sensitive period half as long."""
    sensitive = in_sensitive_period(ctx, source.bureau, ctx.now) is not None
    return pace(timedelta(minutes=source.every), sensitive=sensitive)


def note_well(ctx: Context, source: Source) -> None:
    """Note that a source does what it should; who was told that it does not hears of that."""
    if source.broken_at is not None:
        said = texts.WELL[source.kind].format(name=named(source))
        _tell_keepers(ctx, source, said, f"well {source.broken_at.isoformat()}")
    source.failures, source.fault, source.fault_detail, source.broken_at = 0, None, "", None
    source.well_at = ctx.now


def record_failure(
    ctx: Context,
    source_id: SourceId,
    fault: SourceFault,
    detail: str = "",
    wished: timedelta = timedelta(0),
) -> None:
    """Note that a feed could not be read; who keeps it hears of that once until it is well."""
    source = ctx.uow.sources.lock(source_id)
    if source is None:
        return
    source.next_at = next_question(ctx.now, _pace(ctx, source), source.failures + 1, wished)
    said = texts.READ_NOT.format(name=named(source), fault=fault_words(fault, detail))
    asked_by = source.asked_by
    _tell_asker(ctx, source, said)
    note_failure(ctx, source, fault, detail, but=asked_by)


def note_failure(
    ctx: Context, source: Source, fault: SourceFault, detail: str, but: UserId = NOBODY
) -> None:
    """Count a failure of a source; tell its keepers *but* one of them once it counts as broken."""
    source.failures += 1
    source.fault, source.fault_detail = fault, detail
    if source.broken_at is None and is_broken(fault, source.failures):
        source.broken_at = ctx.now
        said = texts.BROKEN[source.kind].format(
            name=named(source), number=source.number, fault=fault_words(fault, detail)
        )
        _tell_keepers(ctx, source, said, ctx.now.isoformat(), but=but)


def bring(ctx: Context, source: Source, found: Sequence[Found]) -> Sequence[Found]:
    """Keep what a source brought and was not known, and have it handed on; return that."""
    known = ctx.uow.sources.known(source.id, {one.key for one in found})
    fresh = [one for one in found if one.key not in known and is_news(one.posted_at, ctx.now)]
    if not fresh:
        return fresh
    ctx.uow.sources.keep([row_of(ctx, source, one) for one in fresh])
    note_arrival(ctx, source, len(fresh))
    return fresh


def row_of(ctx: Context, source: Source, found: Found) -> dict[str, Any]:
    """Return a post as the row that is kept."""
    return {
        "source": source.id,
        "key": found.key,
        "item": _kept(ctx, source, found),
        "found_at": ctx.now,
        "posted_at": believed(found.posted_at, ctx.now),
        "finder": NOBODY,
        "rank": found.rank,
    }


def _kept(ctx: Context, source: Source, found: Found) -> dict[str, Any]:
    posted_at = believed(found.posted_at, ctx.now)
    return {
        "title": found.title,
        "words": found.words,
        "url": found.url,
        "platform": found.platform or source.platform,
        "source": found.source or source.name,
        "posted_at": posted_at.isoformat() if posted_at is not None else "",
        "heat": dict(found.heat),
        "weight": source.weight,
    }


def note_arrival(ctx: Context, source: Source, count: int) -> None:
    """Have it handed on, and learn how long it usually takes; one that was silent speaks again."""
    for lane in LANES:
        ctx.ring(JOB, lane)
    if source.last_item_at is not None:
        source.usual_gap = usual_gap(source.usual_gap, ctx.now - source.last_item_at)
        source.arrivals += 1
    source.last_item_at = ctx.now
    source.items += count
    if source.silent_at is not None:
        settle_silence(ctx, source, texts.SPEAKS_AGAIN)


def settle_silence(ctx: Context, source: Source, why: str) -> None:
    source.silent_at = None
    ctx.emit(AlertSubjectSettled(bureau=source.bureau, subject=f"{ALERT}:{source.id}", why=why))


def _read(source: Source, answer: Answer, fresh: int) -> str:
    if not answer.found:
        return texts.READ_SAME.format(name=named(source))
    title = answer.found[0].title or answer.found[0].words[:40]
    return texts.READ.format(
        name=named(source),
        fresh=fresh,
        count=len(answer.found),
        latest=texts.READ_LATEST.format(title=title),
    )


def _tell_asker(ctx: Context, source: Source, said: str) -> None:
    """Tell who asked how it went, once."""
    if source.asked_by != NOBODY:
        stage = ctx.now.isoformat()
        ctx.tell(TRIED, [source.asked_by], Text(text=said), subject=source.id, stage=stage)
        source.asked_by = NOBODY


def _tell_keepers(
    ctx: Context, source: Source, said: str, stage: str, but: UserId = NOBODY
) -> None:
    office = ctx.uow.members.holding(Role.OFFICE, source.bureau)
    to = [one for one in office if one != but]
    ctx.tell(TROUBLE, to, Text(text=said), subject=source.id, stage=stage)
