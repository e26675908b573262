"""What RQ runs: one function with two strings."""

import gc
import threading
from collections.abc import Callable, Mapping
from types import FrameType

import structlog
from redis import ConnectionPool, Redis
from rq import Queue, SimpleWorker
from rq.exceptions import StopRequested
from rq.serializers import JSONSerializer

from bot import canary, counting, delivery, media, probing, scheduler, vitals
from bot.doorbell import QUEUE
from bot.feeds import taking as posts
from bot.services import Services
from bot.sheets import taking

log = structlog.get_logger()

_COLLECTED_AFTER = 20_000
_MAINTENANCE_SECONDS = 60
_stopping = threading.Event()
_busy = threading.Event()
_JOBS: Mapping[str, Callable[[Services, str], object]] = {
    "deliver": lambda services, _key: delivery.drain(services, _stopping.is_set),
    "fetch": media.fetch,
    "fetch_picture": media.fetch_picture,
    "sheet": taking.work,
    "posts": posts.work,
    "due": scheduler.hurry,
    "count": counting.count,
    "probe": probing.probe,
    "canary": canary.walk,
}
_bound: list[Services] = []


def bind(services: Services) -> None:
    """Give this process the services that its jobs work with."""
    _bound[:] = [services]


def run(name: str, key: str) -> None:
    """Do one job; losing it loses nothing, and doing it twice does nothing twice."""
    (services,) = _bound
    _busy.set()
    with structlog.contextvars.bound_contextvars(job=name, key=key):
        try:
            services.doorbell.answered(name, key)
            vitals.worker_works(services.redis, services.now())
            _JOBS[name](services, key)
        except Exception:
            # RQ would log the error's message, which may quote a draft. The sweep rings again.
            log.exception("job_failed")
        finally:
            _busy.clear()


class Worker(SimpleWorker):
    """Told to end, it finishes the call in hand, records it, and takes no other.

    RQ would ask Redis what to do, inside the signal's handler: one that hangs or is gone would
    tear the call in hand.
    """

    def request_stop(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Note the wish; wake the worker if it only waits."""
        _stopping.set()
        self._stop_requested = True
        if not _busy.is_set():
            raise StopRequested

    def subscribe(self) -> None:
        """Take no orders by Redis: that thread may keep a worker that ends waiting for a second."""

    def procline(self, message: str) -> None:
        """Leave the process its name: it says which program of which configuration this is."""


def make_worker(services: Services) -> Worker:
    """Return a worker of this process.

    It listens on one queue only: with two, RQ takes jobs off the list before it has noted them
    anywhere else, and a worker that dies then loses them.
    """
    bind(services)
    let_be()
    redis = _patient(services.redis)
    return Worker(
        [Queue(QUEUE, connection=redis, serializer=JSONSerializer)],
        connection=redis,
        serializer=JSONSerializer,
        maintenance_interval=_MAINTENANCE_SECONDS,
    )


def let_be() -> None:
    """Keep what is there for good out of the collector's way: it took a quarter of a second.

    What a job leaves behind is looked through less often than Python would: that was a fifteenth of
    judging posts (docs/benchmarks.md).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECTED_AFTER)


def _patient(redis: Redis) -> Redis:
    """Return a connection for RQ, which waits for jobs; the jobs' own keeps its short time-out."""
    pool = redis.connection_pool
    settings = {**pool.connection_kwargs, "socket_timeout": None}
    return Redis.from_pool(ConnectionPool(connection_class=pool.connection_class, **settings))
