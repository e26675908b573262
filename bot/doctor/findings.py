"""What a check found: one line that says it, one that says what to do."""

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Level(StrEnum):
    """How bad it is; only a fault makes the command fail."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The result of one *check*; neither line ever holds a secret."""

    check: str
    level: Level
    text: str
    remedy: str = ""


def ok(check: str, text: str) -> Finding:
    return Finding(check=check, level=Level.OK, text=text)


def warning(check: str, text: str, remedy: str) -> Finding:
    return Finding(check=check, level=Level.WARNING, text=text, remedy=remedy)


def fault(check: str, text: str, remedy: str) -> Finding:
    return Finding(check=check, level=Level.FAULT, text=text, remedy=remedy)
