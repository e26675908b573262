"""The diary as plain text, one line for each thing said, done or heard (docs/simulator.md)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.simulator.diary import Entry, Way

HEAD = "# 信使对话 v1"
SHANGHAI = ZoneInfo("Asia/Shanghai")

_START = "# 开始 "
_STAMP = "%Y-%m-%d %H:%M:%S"
_INDENT = "    "
_LINE = re.compile(r"\+(\d+):([0-5]\d):([0-5]\d) (.*)")
_PERSON = re.compile(r"(?P<heard>→ )?[^:\[]*?\((?P<userid>[\w.@-]+)\)(?P<rest>:.*| \[.+\])")
_CLOCK = re.compile(r"\[时钟 (.+)\]")
_WAYS = {
    (True, True): Way.HEARS,
    (True, False): Way.SEES,
    (False, True): Way.SAYS,
    (False, False): Way.DOES,
}


class TranscriptError(ValueError):
    """A file that is no transcript, and the line at which that shows."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"第{line}行：{why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    started_at: datetime
    entries: Sequence[Entry]


def write(transcript: Transcript, name_of: Callable[[str], str]) -> str:
    """Write a transcript; *name_of* knows what people are called."""
    start = transcript.started_at.astimezone(SHANGHAI)
    lines = [HEAD, f"{_START}{start:{_STAMP}}（北京时间）", ""]
    for entry in transcript.entries:
        first, *more = entry_lines(entry, name_of)
        lines += [f"+{_clock(entry.after)} {first}", *more]
    return "\n".join(lines) + "\n"


def entry_lines(entry: Entry, name_of: Callable[[str], str]) -> list[str]:
    """Write one entry, without its time."""
    first, *more = entry.words.rstrip().split("\n")
    if entry.way is Way.CLOCK:
        return [f"[时钟 {first}]"]
    who = f"{name_of(entry.userid)}({entry.userid})"
    said = f": {first}" if entry.way in {Way.SAYS, Way.HEARS} else f" [{first}]"
    arrow = "→ " if entry.way in {Way.HEARS, Way.SEES} else ""
    return [f"{arrow}{who}{said}".rstrip(), *(f"{_INDENT}{line}".rstrip() for line in more)]


def read(text: str) -> Transcript:
    """Read a transcript back.

    Raises:
        TranscriptError: it has another form; the message names the line.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].strip() != HEAD:
        raise TranscriptError(1, f"这不是对话记录，第一行应是“{HEAD}”")
    if len(lines) == 1 or not lines[1].startswith(_START):
        raise TranscriptError(2, f"应是“{_START}2026-09-21 10:00:00”")
    try:
        stamp = lines[1].removeprefix(_START).partition("（")[0].strip()
        start = datetime.fromisoformat(stamp).replace(tzinfo=SHANGHAI)
    except ValueError:
        raise TranscriptError(2, "开始时间读不懂") from None
    entries = [_entry(at, block) for at, block in _blocks(lines[2:], 3)]
    return Transcript(started_at=start, entries=entries)


def _blocks(lines: Sequence[str], number: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each entry's lines, joined with the indented ones that follow, and where it begins.

    An empty line belongs to what is said only if more of it follows.
    """
    block: list[str] = []
    began = number
    for at, line in enumerate(lines, number):
        if line.startswith("#"):
            continue
        if not line.strip() or line.startswith(_INDENT):
            if line.strip() and not block:
                raise TranscriptError(at, "缩进的行前面没有内容")
            block.append(line.removeprefix(_INDENT))
            continue
        if _has_words(block):
            yield began, block
        block, began = [line], at
    if _has_words(block):
        yield began, block


def _has_words(block: Sequence[str]) -> bool:
    return any(line.strip() for line in block)


def _entry(at: int, block: Sequence[str]) -> Entry:
    first, *more = block
    line = _LINE.fullmatch(first)
    if line is None:
        raise TranscriptError(at, "应以经过的时间开头，例如“+0:00:05 ”")
    hours, minutes, seconds, rest = line.groups()
    after = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds))
    if step := _CLOCK.fullmatch(rest):
        return Entry(after=after, way=Way.CLOCK, words=step[1])
    person = _PERSON.fullmatch(rest)
    if person is None:
        raise TranscriptError(at, "应是“姓名(账号): 说的话”或“姓名(账号) [做的事]”")
    return Entry(
        after=after,
        way=_WAYS[person["heard"] is not None, person["rest"].startswith(":")],
        words="\n".join([_words(person["rest"]), *more]).rstrip(),
        userid=person["userid"].lower(),
    )


def _words(rest: str) -> str:
    if rest.startswith(":"):
        return rest.removeprefix(":").removeprefix(" ")
    return rest.removeprefix(" [").removesuffix("]")


def _clock(length: timedelta) -> str:
    seconds = int(length.total_seconds())
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
