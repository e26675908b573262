"""What a process counts while it works: how answers went, which callbacks were refused.

What the tables can tell is not counted here: `bot/web/figures.py` asks them when it is asked.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum, unique

from prometheus_client import CollectorRegistry, Counter, Histogram


@unique
class Result(StrEnum):
    """How an answer came about; *repeated*: WeCom asked again, and got the stored one."""

    ANSWERED = "answered"
    REFUSED = "refused"
    FAILED = "failed"
    REPEATED = "repeated"


COUNTED = CollectorRegistry()

_ANSWERS = Histogram(
    "xinshi_answer_seconds",
    "How long WeCom waited for an answer; it waits for 5 seconds",
    ["command", "result"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
    registry=COUNTED,
)
_REFUSED = Counter(
    "xinshi_callbacks_refused",
    "Callbacks that did not prove to be WeCom's, by reason",
    ["reason"],
    registry=COUNTED,
)
_PUSHES = Counter(
    "xinshi_pushes",
    "Calls of monitoring services, by the status that they were answered with",
    ["status"],
    registry=COUNTED,
)
_PUSHES.labels("200")  # there from the start, so that its rate is known from the first call on
_POSTS = Counter("xinshi_pushed_posts", "New posts of monitoring services", registry=COUNTED)


@dataclass(slots=True)
class Answer:
    """What is known by now of the answer that is being made."""

    command: str = "none"
    result: Result = Result.ANSWERED


_current: ContextVar[Answer] = ContextVar("answer")


@contextmanager
def answering() -> Iterator[Answer]:
    """Time one answer; whoever makes it tells more of it with `note`."""
    answer = Answer()
    token = _current.set(answer)
    began = time.perf_counter()
    try:
        yield answer
    except BaseException:
        answer.result = Result.FAILED
        raise
    finally:
        _current.reset(token)
        taken = time.perf_counter() - began
        _ANSWERS.labels(answer.command, answer.result).observe(taken)


def note(*, command: str = "", result: Result | None = None) -> None:
    """Tell more of the answer that is being made; of none, when nobody waits for one."""
    answer = _current.get(None)
    if answer is None:
        return
    answer.command = command or answer.command
    answer.result = result or answer.result


def pushed(status: str, posts: int = 0) -> None:
    """Count a call of a monitoring service, and what it brought."""
    _PUSHES.labels(status).inc()
    _POSTS.inc(posts)


def callback_refused(reason: str) -> None:
    _REFUSED.labels(reason).inc()
