"""舆情 as a sheet: posts that the office found elsewhere, handed in together."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import partial
from typing import TypeVar

from handlers.feeds import texts
from handlers.feeds.arriving import Found, note_arrival, row_of
from handlers.feeds.keeping import sheet_source
from handlers.feeds.looking import ranked
from handlers.kit.context import Context
from handlers.kit.sheets import Column, Judged, Line, Seen, SheetBook
from handlers.rules.calendar import SHANGHAI, local
from handlers.rules.sources import host_of, is_news
from handlers.rules.written_days import written_day
from storage.models import Sheet
from storage.vocabulary import FoundStatus, RowVerdict

COLUMNS = (
    Column(
        key="title",
        title="标题",
        names=("题目", "帖子标题"),
        needed=True,
        example="金色家园业主反映延期交房",
        width=36,
    ),
    Column(key="words", title="内容", names=("正文", "摘要", "帖子内容"), width=40),
    Column(key="platform", title="平台", names=("媒体类型", "渠道"), example="抖音", width=10),
    Column(
        key="source", title="来源", names=("账号", "作者", "媒体", "媒体名称", "网站"), width=16
    ),
    Column(
        key="url",
        title="链接",
        names=("网址", "原文链接", "URL"),
        example="https://example.com/1",
        width=30,
    ),
    Column(
        key="posted_at",
        title="发布时间",
        names=("时间", "发布日期", "日期"),
        example="2026-11-23 10:30",
        width=18,
    ),
    Column(key="views", title="阅读", names=("阅读量", "阅读数", "播放量"), width=8),
    Column(key="likes", title="点赞", names=("点赞量", "点赞数"), example="2万", width=8),
    Column(key="comments", title="评论", names=("评论量", "评论数"), width=8),
    Column(key="reposts", title="转发", names=("转发量", "转发数"), width=8),
    Column(key="key", title="编号", names=("ID", "条目编号"), width=12),
)
_HEAT = ("views", "likes", "comments", "reposts")
_TITLES = {column.key: column.title for column in COLUMNS}
_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?")
_COUNT = re.compile(r"(?P<number>\d{1,12}(?:\.\d{1,4})?)(?P<unit>万|w|千|k|亿)?\+?", re.IGNORECASE)
_UNITS = {"": 1, "千": 1_000, "k": 1_000, "万": 10_000, "w": 10_000, "亿": 100_000_000}
_Read = TypeVar("_Read")
_LONGEST = {"title": 200, "platform": 40, "source": 100}


class _FaultError(Exception):
    """Why a row cannot be taken."""


def judge(ctx: Context, lines: Sequence[Line], seen: Seen) -> Sequence[Judged]:
    """Say of each row whether it brings a post, which one it repeats, or what is wrong with it."""
    source = ctx.uow.sources.of_sheets(ctx.sender.bureau)
    keys = {_key(line) for line in lines}
    known = ctx.uow.sources.known(source.id, keys) if source is not None else set()
    return [_judged(ctx, line, seen, known) for line in lines]


def _judged(ctx: Context, line: Line, seen: Seen, known: set[str]) -> Judged:
    try:
        found = _read(ctx, line)
    except _FaultError as fault:
        return Judged(number=line.number, verdict=RowVerdict.FAULT, said=str(fault))
    first = seen.said.setdefault(found.key, line.number)
    if first != line.number:
        return _skipped(line, texts.ROW_TWICE.format(number=first))
    if not is_news(found.posted_at, ctx.now):
        return _skipped(line, texts.ROW_OLD)
    if found.key in known:
        return _skipped(line, texts.ROW_KNOWN)
    return Judged(number=line.number, verdict=RowVerdict.FRESH, what=found)


def _skipped(line: Line, said: str) -> Judged:
    return Judged(number=line.number, verdict=RowVerdict.KNOWN, said=said)


def _read(ctx: Context, line: Line) -> Found:
    """Read a row.

    Raises:
        _FaultError: it says all that is wrong with the row.
    """
    faults: list[str] = []

    def read(reading: Callable[[], _Read], instead: _Read) -> _Read:
        try:
            return reading()
        except _FaultError as fault:
            faults.append(str(fault))
            return instead

    title, words, url = line.get("title"), line.get("words"), line.get("url")
    if not title and not words:
        faults.append(texts.ROW_EMPTY)
    if url and not host_of(url):
        faults.append(texts.ROW_LINK.format(said=url[:40]))
    posted_at = read(lambda: _moment(ctx, line.get("posted_at")), None)
    heat = {
        name: read(partial(_count, name, cell), 0) for name in _HEAT if (cell := line.get(name))
    }
    if faults:
        raise _FaultError("".join(faults))
    return Found(
        key=_key(line),
        title=title[: _LONGEST["title"]],
        words=words or title,
        url=url,
        platform=line.get("platform")[: _LONGEST["platform"]],
        source=line.get("source")[: _LONGEST["source"]],
        posted_at=posted_at,
        heat=heat,
    )


def _key(line: Line) -> str:
    """Return what a post is known by: its number, else its address, else its words."""
    own = line.get("key") or line.get("url") or f"{line.get('title')}\n{line.get('words')}"
    return hashlib.sha256(own.encode("utf-8", "replace")).hexdigest()


def _moment(ctx: Context, said: str) -> datetime | None:
    if not said:
        return None
    fault = _FaultError(texts.ROW_WHEN.format(said=said[:40]))
    day, clock = written_day(said, local(ctx.now).date()), _CLOCK.search(said)
    if day is None:
        raise fault
    try:
        at = time(int(clock[1]), int(clock[2])) if clock else time()
    except ValueError:  # 25:00
        raise fault from None
    return datetime.combine(day, at, SHANGHAI).astimezone(UTC)


def _count(name: str, said: str) -> int:
    plain = unicodedata.normalize("NFKC", said).replace(",", "").strip()
    found = _COUNT.fullmatch(plain)
    if found is None:
        raise _FaultError(texts.ROW_COUNT.format(title=_TITLES[name], said=said[:20]))
    return round(float(found["number"]) * _UNITS[(found["unit"] or "").lower()])


def enter(ctx: Context, sheet: Sheet, judged: Sequence[Judged], _seen: Seen) -> None:
    """Keep the posts of some rows where nobody looks yet, each with its turn to be judged.

    Of two that seem equally grave one that was pushed goes first: a sheet tells of yesterday.
    """
    source = sheet_source(ctx)
    staged = {"status": FoundStatus.STAGED, "sheet": sheet.id}
    found = ranked(ctx, source.bureau, [one.what for one in judged])
    ctx.uow.sources.keep(
        [row_of(ctx, source, replace(one, rank=one.rank + 1)) | staged for one in found]
    )


def discard(ctx: Context, sheet: Sheet) -> None:
    """Forget what was staged of a sheet."""
    ctx.uow.sources.forget_staged(sheet.id)


def finish(ctx: Context, sheet: Sheet, _seen: Seen) -> str:
    """Let all posts of a sheet wait to be judged; say how many there are."""
    fresh = ctx.uow.sources.release_staged(sheet.id)
    if not fresh:
        return texts.SHEET_NOTHING.format(file=sheet.filename)
    note_arrival(ctx, sheet_source(ctx), fresh)
    return texts.SHEET_ENTERED.format(file=sheet.filename, count=fresh, left=sheet.rows - fresh)


BOOK = SheetBook(
    name="items",
    title="舆情条目",
    columns=COLUMNS,
    judge=judge,
    enter=enter,
    finish=finish,
    discard=discard,
)
