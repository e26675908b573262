"""What each row of 采用登记表 would do: add something, nothing, or why it cannot be taken."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.adoptions import texts
from handlers.adoptions.channels import names_of
from handlers.adoptions.entries import STATUS_WORDS, date_text, impossible
from handlers.adoptions.reading import (
    Evidence,
    Remarked,
    Said,
    flags_in,
    form_in,
    read_remark,
)
from handlers.adoptions.sheet.known import NUMBER, Known, bare, byline, look_up
from handlers.kit.asked import Asked
from handlers.kit.context import Context
from handlers.kit.finding import named
from handlers.kit.sheets import Judged, Line, Seen
from handlers.rules.calendar import local
from handlers.rules.channels import Names, nearest, plain
from handlers.rules.review_flow import RELEASED
from handlers.rules.written_days import written_day
from storage.models import Channel, Draft, Member
from storage.queries.filling import KnownRemark, KnownUse
from storage.vocabulary import DraftId, Form, Level, RowVerdict

_URL = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_LEVELS = {
    "国家": Level.NATION,
    "中央": Level.NATION,
    "部": Level.NATION,
    "省": Level.PROVINCE,
    "市": Level.CITY,
    "区": Level.COUNTY,
    "县": Level.COUNTY,
    "区县": Level.COUNTY,
    "县区": Level.COUNTY,
    "本": Level.OWN,
    "本局": Level.OWN,
}
_OFFERED = 3
_WORTH_LOOKING = 200
"""For how many unknown names of channels the nearest are looked for: to compare takes time."""


class _FaultError(Exception):
    """Why a row cannot be taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshUse:
    """A use that a row adds; no *authors*: the draft's own."""

    draft: DraftId
    channel: Channel
    day: date
    said: Said
    authors: tuple[tuple[Member, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshRemark:
    """A leader's remark that a row adds."""

    draft: DraftId
    said: Remarked
    level: Level
    day: date


def judge(ctx: Context, lines: Sequence[Line], seen: Seen) -> Sequence[Judged]:
    """Say of each row what it would do; what rows before it said counts as known."""
    known = look_up(ctx, lines, seen)
    return [_judged(ctx, line, seen, known) for line in lines]


def _judged(ctx: Context, line: Line, seen: Seen, known: Known) -> Judged:
    try:
        draft = _draft(line, known)
        read = _remark if line.get("leader") else _use
        return read(ctx, line, draft, seen, known)
    except _FaultError as fault:
        return Judged(number=line.number, verdict=RowVerdict.FAULT, said=str(fault))


def _draft(line: Line, known: Known) -> Draft:
    """Return the draft that the row is about.

    Raises:
        _FaultError: there is none, several, another title, or it was not signed.
    """
    cell, title = line.get("number"), line.get("title")
    draft = _numbered(cell, known) if cell else _titled(title, known)
    if title and bare(title) != bare(draft.title):
        raise _FaultError(texts.ROW_OTHER_TITLE.format(name=named(draft)))
    if draft.status not in RELEASED:
        status = STATUS_WORDS.get(draft.status, str(draft.status))
        raise _FaultError(texts.ROW_NOT_RELEASED.format(name=named(draft), status=status))
    return draft


def _numbered(cell: str, known: Known) -> Draft:
    found = NUMBER.fullmatch(cell)
    if found is None:
        raise _FaultError(texts.ROW_BAD_NUMBER.format(said=cell))
    years = [int(found["y"])] if found["y"] else [known.this_year, known.this_year - 1]
    for year in years:
        if draft := known.drafts.get((year, int(found["n"]))):
            return draft
    raise _FaultError(texts.ROW_NO_DRAFT.format(said=cell))


def _titled(title: str, known: Known) -> Draft:
    if not title:
        raise _FaultError(texts.ROW_NO_NUMBER)
    found = known.by_title.get(bare(title), ())
    if not found:
        raise _FaultError(texts.ROW_NO_TITLE.format(said=title))
    if len(found) > 1:
        numbers = "、".join(f"{draft.number}号" for draft in found[:_OFFERED])
        raise _FaultError(texts.ROW_MANY_TITLES.format(said=title, numbers=numbers))
    return found[0]


def _day(ctx: Context, line: Line, draft: Draft) -> date:
    cell = line.get("day")
    if not cell:
        raise _FaultError(texts.ROW_NO_DAY)
    day = written_day(cell, local(ctx.now).date())
    if day is None:
        raise _FaultError(texts.ROW_BAD_DAY.format(said=cell))
    if why := impossible(ctx, [draft], day):
        raise _FaultError(why)
    return day


def _level(line: Line) -> Level | None:
    cell = line.get("level")
    if not cell:
        return None
    level = _LEVELS.get(cell.removesuffix("级"))
    if level is None:
        raise _FaultError(texts.ROW_BAD_LEVEL.format(said=cell))
    return level


def _use(ctx: Context, line: Line, draft: Draft, seen: Seen, known: Known) -> Judged:
    level = _level(line)
    channel = _channel(line, level, seen, known)
    day = _day(ctx, line, draft)
    said = Said(
        day=day,
        evidence=_evidence(line),
        form=_form(line),
        flags=flags_in(line.get("form")),
        level=level,
        authors=(),
    )
    authors = _authors(line, known)
    there = known.registered.uses.get((draft.id, channel.id), {})
    if same := there.get(day):
        return _is_known(line, _differs(same, said, draft))
    if before := _said_before(line, seen, (draft.id, channel.id, day)):
        return _is_known(line, before)
    note = ""
    if there:
        last = date_text(ctx, max(there))
        note = texts.ROW_ANOTHER.format(name=named(draft), channel=channel.name, day=last)
    what = FreshUse(draft=draft.id, channel=channel, day=day, said=said, authors=authors)
    return Judged(number=line.number, verdict=RowVerdict.FRESH, said=note, what=what)


def _remark(ctx: Context, line: Line, draft: Draft, seen: Seen, known: Known) -> Judged:
    leader, words = line.get("leader"), line.get("remark")
    if line.get("channel"):
        raise _FaultError(texts.ROW_BOTH)
    circled = not words or "圈阅" in words
    said = read_remark(
        Asked(
            slots={"leader": leader, "instruction_type": "circled" if circled else "written"},
            text=leader,
        )
    )
    said = replace(said, words="" if circled else words)
    level = _level(line) or said.level
    if level is None:
        raise _FaultError(texts.ROW_WHOSE_LEADER.format(leader=leader))
    day = _day(ctx, line, draft)
    same = KnownRemark(draft=draft.id, leader=said.leader, remark=said.remark, day=day)
    if same in known.registered.remarks:
        return _is_known(line, texts.ROW_KNOWN)
    if before := _said_before(line, seen, same):
        return _is_known(line, before)
    what = FreshRemark(draft=draft.id, said=said, level=level, day=day)
    return Judged(number=line.number, verdict=RowVerdict.FRESH, what=what)


def _said_before(line: Line, seen: Seen, key: tuple[object, ...]) -> str:
    first = seen.said.setdefault(key, line.number)
    return texts.ROW_TWICE.format(number=first) if first != line.number else ""


def _is_known(line: Line, said: str) -> Judged:
    return Judged(number=line.number, verdict=RowVerdict.KNOWN, said=said)


def _differs(entry: KnownUse, said: Said, draft: Draft) -> str:
    """Say that a use is registered, and what of it the row would have otherwise."""
    other = [
        words
        for words, differs in (
            (texts.FORMS[entry.form], said.form not in {None, entry.form}),
            (texts.LEVELS[entry.level], said.level not in {None, entry.level}),
            (entry.issue, bool(said.evidence.issue) and said.evidence.issue != entry.issue),
            (entry.url, bool(said.evidence.url) and said.evidence.url != entry.url),
        )
        if differs
    ]
    if not other:
        return texts.ROW_KNOWN
    there = "、".join(each or "空" for each in other)
    return texts.ROW_KNOWN_OTHERWISE.format(there=there, number=draft.number)


def _channel(line: Line, level: Level | None, seen: Seen, known: Known) -> Channel:
    """Return the channel that the row names; where several share the name, that of the level."""
    cell = line.get("channel")
    if not cell:
        raise _FaultError(texts.ROW_NO_CHANNEL)
    found = known.channels.get(plain(cell), ())
    fitting = [each for each in found if level in {None, each.level}] or list(found)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        several = "、".join(each.name for each in fitting[:_OFFERED])
        raise _FaultError(texts.ROW_WHICH_CHANNEL.format(said=cell, several=several))
    raise _FaultError(_unknown_channel(cell, seen, known))


def _unknown_channel(cell: str, seen: Seen, known: Known) -> str:
    """Say that a channel is unknown, and which are most like it; each name is looked up once."""
    answers: dict[str, str] = seen.kept.setdefault("unknown channels", {})
    if cell not in answers:
        likely: list[str] = []
        if len(answers) < _WORTH_LOOKING:
            every = {each.id: each for some in known.channels.values() for each in some}
            names = [Names(key=each.id, names=names_of(each)) for each in every.values()]
            likely = [every[key].name for key in nearest(cell, names, _OFFERED)]  # type: ignore[index]  # its keys are those of *every*
        said = texts.ROW_PERHAPS_CHANNEL if likely else texts.ROW_NO_SUCH_CHANNEL
        answers[cell] = said.format(said=cell, likely="、".join(likely))
    return answers[cell]


def _evidence(line: Line) -> Evidence:
    cell = line.get("url")
    url = _URL.search(cell)
    if cell and url is None:
        raise _FaultError(texts.ROW_BAD_URL.format(said=cell))
    evidence = Evidence(
        url=url[0].rstrip(".,;") if url else "", issue=line.get("issue"), words=line.get("words")
    )
    if not evidence.there:
        raise _FaultError(texts.ROW_NO_EVIDENCE)
    return evidence


def _form(line: Line) -> Form | None:
    cell = line.get("form")
    form = form_in(cell)
    if cell and form is None and not flags_in(cell):
        forms = "、".join(texts.FORMS.values())
        raise _FaultError(texts.ROW_BAD_FORM.format(said=cell, forms=forms))
    return form


def _authors(line: Line, known: Known) -> tuple[tuple[Member, int], ...]:
    cell = line.get("authors")
    said = byline(cell)
    if cell and not said:
        raise _FaultError(texts.ROW_BAD_AUTHORS.format(said=cell))
    for name, _ in said:
        if len(known.members.get(name, ())) != 1:
            raise _FaultError(texts.ROW_WHO.format(name=name))
    return tuple((known.members[name][0], weight) for name, weight in said)
