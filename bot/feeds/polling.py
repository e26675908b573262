"""Ask the feeds whose turn it is, some at a time, and write down what they answered.

It goes on beside the queue, in the scheduler's process: a feed that hangs keeps no alert waiting.
No transaction is open while somebody is asked. Whoever asks takes the feed for a while first; if he
never comes back, it is due again.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import structlog

from bot.feeds.errors import FeedError
from bot.feeds.network import Bounds, Fetched, fetch
from bot.feeds.reading import Post, read_feed
from bot.services import Services
from handlers.feeds.capability import (
    Answer,
    FeedPolicy,
    Found,
    ranked,
    record_answer,
    record_failure,
)
from storage.models import Source
from storage.queries.sources import Asked

log = structlog.get_logger()

_AT_ONCE = 4
_LOOKED_AT = 50
_LEASE = timedelta(minutes=5)
"""After how long a feed is due again whose asker never came back."""


def loop(services: Services, stop: threading.Event, seconds: float) -> None:
    """Ask again and again until told to stop; a round that fails is logged."""
    while not stop.wait(seconds):
        try:
            while ask_due(services) and not stop.is_set():
                pass
        except Exception:
            # The thread lives on: what was taken is due again when its lease is over.
            log.exception("feeds_failed")


def ask_due(services: Services) -> int:
    """Ask some of the feeds that are due, each of another host; return how many."""
    asked = take_due(services)
    if asked:
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="feed") as pool:
            list(pool.map(lambda one: ask(services, one), asked))
    return len(asked)


def take_due(services: Services) -> list[Asked]:
    """Take feeds that are due: no host twice, and none that was asked a moment ago."""
    now = services.now()
    pause = timedelta(seconds=services.config.feeds.host_pause_seconds)
    with services.database.reading() as uow:
        if not uow.sources.any_due(now):
            return []
    with services.database.begin() as uow:
        due = uow.sources.due(now, _LOOKED_AT)
        busy = uow.sources.hosts_asked_since({one.host for one in due}, now - pause)
        taken: list[Asked] = []
        for source in due:
            if source.host not in busy and len(taken) < _AT_ONCE:
                busy.add(source.host)
                source.polled_at, source.next_at = now, now + _LEASE
                taken.append(asked_of(source))
    return taken


def asked_of(source: Source) -> Asked:
    """Return a feed as whoever asks it needs it."""
    return Asked(source.id, source.bureau, source.url, source.etag, source.modified)


def ask(services: Services, asked: Asked) -> None:
    """Ask one feed; whatever it answers, nothing but its row and its posts hears of it."""
    try:
        answer = _answer(asked, bounds_of(services.config.feeds))
    except FeedError as error:
        log.info("feed_failed", source=asked.id, fault=error.fault, detail=error.detail)
        with services.database.begin() as uow:
            ctx = services.context(uow)
            record_failure(ctx, asked.id, error.fault, error.detail, error.wished)
        return
    answer = _ranked(services, asked, answer)
    with services.database.begin() as uow:
        fresh = record_answer(services.context(uow), asked.id, answer)
    log.info("feed_read", source=asked.id, fresh=fresh)


def _ranked(services: Services, asked: Asked, answer: Answer) -> Answer:
    """Say of what was found which is judged first."""
    if not answer.found:
        return answer
    with services.database.reading() as uow:
        found = ranked(services.context(uow), asked.bureau, answer.found)
    return replace(answer, found=found)


def bounds_of(policy: FeedPolicy) -> Bounds:
    return Bounds(
        seconds=policy.seconds,
        largest=policy.largest_mib * 1024 * 1024,
        inside=frozenset(one.lower() for one in policy.inside),
    )


def _answer(asked: Asked, bounds: Bounds) -> Answer:
    fetched: Fetched = fetch(asked.url, bounds, etag=asked.etag, modified=asked.modified)
    if fetched.body is None:
        return Answer(found=None)
    posts = read_feed(fetched.body, fetched.content_type, asked.url)
    return Answer(
        found=[found_in(post) for post in posts], etag=fetched.etag, modified=fetched.modified
    )


def found_in(post: Post) -> Found:
    return Found(
        key=post.key,
        title=post.title,
        words=post.words,
        url=post.url,
        posted_at=post.posted_at,
    )
