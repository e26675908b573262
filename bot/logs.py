"""Structured logs: events and identifiers, never a text, a secret or an access token."""

import logging
import sys
from traceback import extract_tb

import structlog
from structlog.typing import EventDict

_QUIET = ("httpx", "httpcore")  # they would print addresses, and ours carry the access token


def configure_logs(level: str, *, as_json: bool) -> None:
    """Log to standard error from *level* up: JSON for machines, columns for people."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        without_messages,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    final: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[*shared, final],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def without_messages(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Name the types and the places of an error; its message may quote what a member wrote."""
    found = event.pop("exc_info", None)
    error = found if isinstance(found, BaseException) else sys.exc_info()[1] if found else None
    trace = []
    while error is not None:
        frames = extract_tb(error.__traceback__)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        trace.append({"error": type(error).__name__, "places": places})
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if trace:
        event["trace"] = trace
    return event
