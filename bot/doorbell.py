"""Ring RQ after a commit. The rows are the mailbox: a ring that is lost is rung again."""

import time

import structlog
from redis import Redis, RedisError
from rq import Queue
from rq.serializers import JSONSerializer

log = structlog.get_logger()

QUEUE = "xinshi"
_RUNG = "xinshi:rung:"
_WAITING = "xinshi:waiting:"
# A ring is held to be under way for this long; after that the sweep may ring again.
_UNDER_WAY_SECONDS = 5
# How long the id of a job that waits for a worker is known; after that one more may wait.
_WAITING_SECONDS = 86_400
# RQ's alarm may strike between a call and its record, which makes a duplicate: it is for a job that
# hangs for good. One that works hands over long before.
_JOB_SECONDS = 3600
_FAILED_SECONDS = 3600
_PAUSE_SECONDS = 3.0


class Doorbell:
    """Puts one job per name and key in the queue until a worker has begun it.

    What counts is whether the job is in the queue: without workers none is added to it, and when
    it was wiped the next ring is heard.

    After a failure Redis is left alone for a moment: one that hangs must not cost each ring of an
    answer its time-out.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer)
        self._away_until = float("-inf")

    def ring(self, name: str, key: str = "") -> None:
        """Ask a worker for run(name, key). A dead Redis is noted, not raised: the sweep rings."""
        if time.monotonic() < self._away_until:
            return
        try:
            fresh = self._redis.set(f"{_RUNG}{name}:{key}", "1", nx=True, ex=_UNDER_WAY_SECONDS)
            if fresh and not self._waits(name, key):
                self._enqueue(name, key)
        except RedisError as error:
            self._away_until = time.monotonic() + _PAUSE_SECONDS
            log.warning("ring_failed", job=name, error=type(error).__name__)

    def answered(self, name: str, key: str) -> None:
        """Let the next ring through: whoever rings from now on may come too late for this run."""
        self._redis.delete(f"{_RUNG}{name}:{key}", f"{_WAITING}{name}:{key}")

    def _waits(self, name: str, key: str) -> bool:
        """Tell whether such a job is still in the queue."""
        known = self._redis.get(f"{_WAITING}{name}:{key}")
        if known is None:
            return False
        job = known.decode() if isinstance(known, bytes) else known
        return self._redis.lpos(self._queue.key, job) is not None

    def _enqueue(self, name: str, key: str) -> None:
        job = self._queue.enqueue(
            "bot.worker.run",
            name,
            key,
            job_timeout=_JOB_SECONDS,
            result_ttl=0,
            failure_ttl=_FAILED_SECONDS,
        )
        self._redis.set(f"{_WAITING}{name}:{key}", job.id, ex=_WAITING_SECONDS)
