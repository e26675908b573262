"""How long a month's papers take for a large bureau, beside the plainest file of the same rows.

Run it with: python -m benchmarks.notice
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO
from random import Random
from time import perf_counter, process_time
from typing import Any, TypeVar

from docx import Document
from sqlalchemy import insert
from sqlalchemy.engine import Connection

from benchmarks.bureau import bureau, report
from bot.app import build_services
from bot.documents.charts import png
from bot.documents.report import report_file
from bot.documents.workbook import workbook_file
from bot.services import Services
from handlers.kit.context import Context
from handlers.kit.rulefile import read_rule_file
from handlers.members.capability import import_roster, read_roster
from handlers.reports.figures import figures_of
from handlers.reports.papers import report_of
from handlers.rules.notices.building import trend_chart
from handlers.rules.notices.report import Report
from storage.models import Adoption, AdoptionShare, Channel, Draft, StoredScoreLine
from storage.vocabulary import (
    DraftStatus,
    EntryStatus,
    Family,
    Form,
    Importance,
    Level,
    PaperKind,
    UnitId,
    UnitKind,
)

UNITS = 160
DRAFTS_A_YEAR = (1_000, 60_000)
MONTH, QUARTER, YEAR = "2026-09", "2026-Q3", "2026"
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 10))
RULES = """\
[[rule_set]]
name = "bureau"
title = "考核办法"
base = 6
adoption = [{ level = "any", points = 4 }]
notice = [{ when = "no_submission >= 1 month", text = "零报送" }]
quota = [{ measure = "submitted", targets = 2 }]
"""

_Made = TypeVar("_Made")


def main() -> None:
    for drafts in DRAFTS_A_YEAR:
        with bureau("sqlite") as config:
            services = build_services(config)
            home = _bureau(services)
            _fill(services, home, drafts)
            with services.database.reading() as uow:
                _measure(services.context(uow), home, drafts)
            services.close()


def _measure(ctx: Context, home: UnitId, drafts: int) -> None:
    now = ctx.now
    for period in (MONTH, QUARTER, YEAR):
        _timed(f"figures {period}", drafts, partial(figures_of, ctx, home, period))
    figures = figures_of(ctx, home, MONTH)
    subject = f"{home}:{MONTH}"
    paper = _timed("assessment", drafts, lambda: report_of(ctx, PaperKind.ASSESSMENT, subject))
    sheet = report_of(ctx, PaperKind.ASSESSMENT_SHEET, subject)
    _timed("docx", drafts, lambda: report_file(paper, now), rows=_rows(paper))
    _timed("docx by python-docx alone", drafts, lambda: _plain(paper), rows=_rows(paper))
    _timed("xlsx", drafts, lambda: workbook_file(sheet, now), rows=_rows(sheet))
    _timed("picture", drafts, lambda: png(trend_chart(figures.trend)))


def _timed(what: str, drafts: int, make: Callable[[], _Made], **more: Any) -> _Made:
    began, cpu = perf_counter(), process_time()
    made = make()
    seconds, cpu_s = perf_counter() - began, process_time() - cpu
    report("notice", what=what, drafts=drafts, units=UNITS, seconds=seconds, cpu_s=cpu_s, **more)
    return made


def _rows(paper: Report) -> int:
    return sum(len(annex.table.rows) for annex in paper.annexes)


def _plain(paper: Report) -> bytes:
    """Write the same tables cell by cell, without any layout."""
    plain = Document()
    for annex in paper.annexes:
        table = plain.add_table(rows=0, cols=len(annex.table.columns))
        for row in annex.table.rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = str(value)
    file = BytesIO()
    plain.save(file)
    return file.getvalue()


def _bureau(services: Services) -> UnitId:
    """Enrol an officer for each unit and bring in rules; return the bureau."""
    lines = ["userid,name,unit,roles,aliases"]
    lines += [f"m{number},成员{number},大局/科{number},officer," for number in range(UNITS)]
    rows, bad = read_roster("\n".join(lines).encode())
    with services.database.begin() as uow:
        ctx = services.context(uow)
        import_roster(ctx, rows, bad)
        home = uow.members.unit_at("大局")
        if home is None:
            raise LookupError("no bureau")
        for name, tables in read_rule_file(RULES.encode()).tables.items():
            services.registry.rulebooks[name](ctx, home, tables)
        return home.id


def _fill(services: Services, home: UnitId, drafts: int) -> None:
    """Store nine months: a third of what is handed in is used, each use with its line."""
    with services.database.begin() as uow:
        (rules,) = uow.scores.rule_sets(home)
        units = {each.id: each.name for each in uow.members.units_of(home)}
        sections = [each.id for each in uow.members.units_of(home) if each.kind is UnitKind.SECTION]
        rule_set = rules.id
    with services.database.engine.begin() as connection:
        _channel(connection, home)
        made = list(_items(home, sections, units, drafts * 9 // 12))
        for model, place in ((Draft, 0), (Adoption, 1), (AdoptionShare, 2)):
            rows = [item[place] for item in made if item[place]]
            connection.execute(insert(model), rows)
        connection.execute(insert(StoredScoreLine), list(_lines(home, rule_set, sections, made)))


def _channel(connection: Connection, home: UnitId) -> None:
    channel = {"id": "c", "bureau": home, "name": "市日报", "level": Level.CITY}
    more = {"family": Family.MEDIA, "outward": True, "aliases": [], "active": True}
    connection.execute(insert(Channel), [{**channel, **more}])


def _items(
    home: UnitId, units: list[UnitId], names: dict[UnitId, str], drafts: int
) -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, Any]]]:
    """Yield each draft with its use and its author's share, empty where it was not used."""
    random = Random(20_260_921)  # noqa: S311 - the same load each time
    first = datetime(2026, 1, 2, tzinfo=UTC)
    for number in range(drafts):
        unit = random.choice(units)
        member = f"m{names[unit].removeprefix('科')}"
        at = first + timedelta(days=270 * number / drafts)
        draft = _draft(home, unit, member, number, at)
        if random.random() > 1 / 3:
            yield draft, {}, {}
            continue
        use = _use(home, unit, member, number, at)
        yield draft, use, {"adoption": use["id"], "member": member, "unit": unit, "weight": 1}


def _draft(home: UnitId, unit: UnitId, author: str, number: int, at: datetime) -> dict[str, Any]:
    return {
        "id": f"d{number}",
        "bureau": home,
        "year": 2026,
        "number": number + 1,
        "author": author,
        "unit": unit,
        "title": f"开展第{number}次专项检查，消除安全隐患二十处",
        "importance": Importance.ORDINARY,
        "created_at": at,
        "submitted_at": at,
        "signed_at": at,
        "status": DraftStatus.SIGNED,
        "kind": "dynamic",
        "channel": "",
        "route": [],
        "route_name": "",
        "route_version": 0,
        "gate": 0,
        "version": 1,
    }


def _use(home: UnitId, unit: UnitId, author: str, number: int, at: datetime) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "bureau": home,
        "unit": unit,
        "draft": f"d{number}",
        "channel": "c",
        "level": Level.CITY,
        "family": Family.MEDIA,
        "form": Form.FULL,
        "flags": [],
        "adopted_on": at.date(),
        "counts_in": f"{at:%Y-%m}",
        "late": False,
        "url": f"https://www.example.cn/{number}.html",
        "issue": "",
        "scan": "",
        "words": "",
        "edited": "",
        "entered_by": author,
        "entered_at": at,
        "status": EntryStatus.CONFIRMED,
        "decided_by": author,
        "decided_at": at,
        "reason": "",
        "replaces": "",
    }


def _lines(
    home: UnitId, rule_set: str, units: list[UnitId], made: list[Any]
) -> Iterator[dict[str, Any]]:
    uses: dict[tuple[str, str], list[str]] = {
        (unit, month): [""] for unit in units for month in MONTHS
    }
    for _, use, _ in made:
        if use:
            uses[use["unit"], use["counts_in"]].append(use["id"])
    for (unit, month), causes in uses.items():
        for position, cause in enumerate(causes):
            yield {
                "unit": unit,
                "period": month,
                "position": position,
                "bureau": home,
                "rule_set": rule_set,
                "rule": "adoption[1]" if cause else "base",
                "cause": cause or "base",
                "points": Decimal(4 if cause else 6),
                "note": "市日报采用，4分" if cause else "基础分",
            }


if __name__ == "__main__":
    main()
