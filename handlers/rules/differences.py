"""What changed between two texts, character by character, as somebody would mark it on paper.

A number or a word in Latin letters is one piece: 12 that became 15 is a change of the number, not
of its second digit. What was kept between two changes by mere chance (one 的 in a sentence that was
written anew) is part of the change, and a change begins, where it can, at the beginning of a
clause.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum, unique
from itertools import pairwise

from rapidfuzz.distance import Indel

from handlers.rules.clipping import clipped

_PIECE = re.compile(
    r"[0-9０-９]+(?:[.．,，:：/\-][0-9０-９]+)*[%％‰]?|[A-Za-zＡ-Ｚａ-ｚ]+"
    r"|[〇零一二三四五六七八九十百千万亿两]{2,}|.",
    re.DOTALL,
)
_ENDS = frozenset("。！？；，、：,;!?\n")
_AROUND = 8
_MOST = 60
_SLIGHT = 2


@unique
class Kind(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that was kept, taken out or put in."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> tuple[Run, ...]:
    """Return both texts as one row of runs; what is not new is *before*, what is not gone *after*.

    Neighbours differ in kind; where something was replaced, what is gone stands first.
    """
    spans: list[_Span] = []
    for block in _aligned(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        old, new = (_PIECE.findall("".join(lines)) for lines in (block.gone, block.new))
        if block.same:
            _put(spans, _Span(same=_PIECE.findall("".join(block.same))))
        for piece in _aligned(old, new):
            _put(spans, piece)
    return tuple(_runs(_slid(_joined(spans))))


def short_form(runs: Sequence[Run], limit: int) -> str:
    """Return the changes for a chat, in about *limit* characters: …场所[删：12处][增：15处]，….

    Changes that find no room are counted at the end; empty when nothing changed.
    """
    said, left = "", places(runs)
    for at, run in enumerate(runs):
        if run.kind is Kind.SAME:
            said += _between(run.text, first=at == 0, last=at == len(runs) - 1)
            if said and left and at and len(said) > limit:
                return f"{said}（另有{left}处）"
        else:
            left -= at == 0 or runs[at - 1].kind is Kind.SAME
            label = "删" if run.kind is Kind.GONE else "增"
            said += f"[{label}：{clipped(_plain(run.text), _MOST)}]"
    return said if places(runs) else ""


def places(runs: Iterable[Run]) -> int:
    """Count the places that changed; something replaced by something is one."""
    kinds = [run.kind for run in runs]
    return sum(
        now is not Kind.SAME and before is Kind.SAME
        for before, now in pairwise([Kind.SAME, *kinds])
    )


@dataclass(slots=True)
class _Span:
    """Either *same*, or *gone* and *new*: pieces, none empty on both sides."""

    same: list[str]
    gone: list[str]
    new: list[str]

    def __init__(
        self,
        same: Sequence[str] = (),
        gone: Sequence[str] = (),
        new: Sequence[str] = (),
    ) -> None:
        self.same, self.gone, self.new = list(same), list(gone), list(new)

    @property
    def size(self) -> int:
        return max(len(self.gone), len(self.new))


def _aligned(old: Sequence[str], new: Sequence[str]) -> list[_Span]:
    """Return what two rows have in common and what not, in turn."""
    spans: list[_Span] = []
    for step in Indel.opcodes(old, new):
        gone, added = old[step.src_start : step.src_end], new[step.dest_start : step.dest_end]
        same = step.tag == "equal"
        _put(spans, _Span(same=gone) if same else _Span(gone=gone, new=added))
    return spans


def _put(spans: list[_Span], span: _Span) -> None:
    """Add a span; one of the same nature as the last is a part of it."""
    if spans and bool(spans[-1].same) == bool(span.same):
        spans[-1].same += span.same
        spans[-1].gone += span.gone
        spans[-1].new += span.new
    else:
        spans.append(span)


def _joined(spans: Sequence[_Span]) -> list[_Span]:
    """Make one change of two, where less was kept between them than either changed."""
    joined: list[_Span] = []
    for span in spans:
        joined.append(span)
        while len(joined) >= 3 and _by_chance(*joined[-3:]):  # noqa: PLR2004 - change, kept, change
            first, kept, second = joined[-3:]
            joined[-3:] = [
                _Span(
                    gone=[*first.gone, *kept.same, *second.gone],
                    new=[*first.new, *kept.same, *second.new],
                )
            ]
    return joined


def _by_chance(first: _Span, kept: _Span, second: _Span) -> bool:
    if first.same or not kept.same or second.same or "\n" in kept.same:
        return False
    least, length = min(first.size, second.size), len(kept.same)
    return length <= least and (length <= _SLIGHT or length * 2 <= least)


def _slid(spans: list[_Span]) -> list[_Span]:
    """Let what was only put in, or only taken out, begin at a clause: 。新句 rather than 新句。."""
    for before, change, after in zip(spans, spans[1:], spans[2:], strict=False):
        if bool(change.gone) == bool(change.new):
            continue
        side = change.gone or change.new
        row, begin = [*before.same, *side, *after.same], len(before.same)
        starts = [begin]
        while starts[-1] and row[starts[-1] - 1] == row[starts[-1] + len(side) - 1]:
            starts.append(starts[-1] - 1)
        at = begin
        while at + len(side) < len(row) and row[at] == row[at + len(side)]:
            at += 1
            starts.append(at)
        best = max(starts, key=lambda start: (start == 0 or row[start - 1] in _ENDS, start))
        before.same[:], after.same[:] = row[:best], row[best + len(side) :]
        side[:] = row[best : best + len(side)]
    return spans


def _runs(spans: Iterable[_Span]) -> list[Run]:
    runs = []
    for span in spans:
        for kind, pieces in ((Kind.SAME, span.same), (Kind.GONE, span.gone), (Kind.NEW, span.new)):
            if pieces:
                runs.append(Run(kind, "".join(pieces)))
    return runs


def _between(kept: str, *, first: bool, last: bool) -> str:
    """Return as much of what was kept as shows where the changes around it are."""
    plain = _plain(kept)
    if first:
        return plain if len(plain) <= _AROUND else f"…{plain[-_AROUND:]}"
    if last:
        return plain if len(plain) <= _AROUND else f"{plain[:_AROUND]}…"
    return plain if len(plain) <= 2 * _AROUND else f"{plain[:_AROUND]}…{plain[-_AROUND:]}"


def _plain(text: str) -> str:
    return text.replace("\n", "↵")
