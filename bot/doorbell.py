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
_FIRST = frozenset({"deliver"})
"""What goes before all else that waits for a worker: what is to be sent has been worked out."""
# 1 for a ring that is to be heard: no other is under way, and no such job is still in the queue.
_IS_HEARD = """
if not redis.call('SET', KEYS[1], '1', 'NX', 'EX', ARGV[1]) then return 0 end
local job = redis.call('GET', KEYS[2])
if job and redis.call('LPOS', KEYS[3], job) then return 0 end
return 1
"""


class Doorbell:
    """Puts one job per name and key in the queue until a worker has begun it.

    What counts is whether the job is in the queue: without workers none is added to it, and when
    it was wiped the next ring is heard.

    People wait for the answers that ring, so a ring asks once, and puts the job there at once.

    After a failure Redis is left alone for a moment: one that hangs must not cost each ring of an
    answer its time-out.
    """

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._queue = Queue(QUEUE, connection=redis, serializer=JSONSerializer)
        self._is_heard = redis.register_script(_IS_HEARD)
        self._away_until = float("-inf")

    def ring(self, name: str, key: str = "") -> None:
        """Ask a worker for run(name, key). A dead Redis is noted, not raised: the sweep rings."""
        if time.monotonic() < self._away_until:
            return
        try:
            keys = [f"{_RUNG}{name}:{key}", f"{_WAITING}{name}:{key}", self._queue.key]
            if self._is_heard(keys=keys, args=[_UNDER_WAY_SECONDS]):
                self._enqueue(name, key)
        except RedisError as error:
            self._away_until = time.monotonic() + _PAUSE_SECONDS
            log.warning("ring_failed", job=name, error=type(error).__name__)

    def answered(self, name: str, key: str) -> None:
        """Let the next ring through: whoever rings from now on may come too late for this run."""
        self._redis.delete(f"{_RUNG}{name}:{key}", f"{_WAITING}{name}:{key}")

    def _enqueue(self, name: str, key: str) -> None:
        with self._redis.pipeline() as together:
            job = self._queue.enqueue(
                "bot.worker.run",
                name,
                key,
                at_front=name in _FIRST,
                job_timeout=_JOB_SECONDS,
                result_ttl=0,
                failure_ttl=_FAILED_SECONDS,
                pipeline=together,
            )
            together.set(f"{_WAITING}{name}:{key}", job.id, ex=_WAITING_SECONDS)
            together.execute()
