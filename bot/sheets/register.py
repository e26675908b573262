"""The register of a bureau as a sheet: what `adoptions import` reads, and what it counts as."""

from collections.abc import Iterator

from bot.sheets.writing import Cell, sheet_file
from handlers.adoptions import texts
from handlers.adoptions.sheet.columns import COLUMNS
from storage.queries.adoptions import RegisteredRemark, RegisteredUse
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import EntryStatus, UnitId

_STATUS = {EntryStatus.PROPOSED: "待确认", EntryStatus.CONFIRMED: "已确认"}
_BESIDE = (("科室", 14), ("计入月份", 10), ("迟登记", 8), ("状态", 8), ("登记人", 10))


def register_file(uow: UnitOfWork, bureau: UnitId, first: str, last: str) -> bytes:
    """Return what counts in the months from *first* to *last* (2026-09), or waits for a yes."""
    heads = [(column.title, column.width) for column in COLUMNS]
    return sheet_file("采用登记", [*heads, *_BESIDE], _rows(uow, bureau, first, last))


def _rows(uow: UnitOfWork, bureau: UnitId, first: str, last: str) -> Iterator[tuple[Cell, ...]]:
    for use in uow.adoptions.registered_uses(bureau, first, last):
        yield _use(use)
    for remark in uow.adoptions.registered_remarks(bureau, first, last):
        yield _remark(remark)


def _use(use: RegisteredUse) -> tuple[Cell, ...]:
    entry = use.adoption
    return (
        f"{use.year}-{use.number}",
        use.title,
        use.channel,
        entry.adopted_on,
        texts.LEVELS[entry.level],
        texts.FORMS[entry.form],
        entry.issue,
        entry.url,
        entry.words,
        use.authors,
        "",
        "",
        use.unit,
        entry.counts_in,
        "是" if entry.late else "",
        _STATUS.get(entry.status, ""),
        use.entered_by,
    )


def _remark(remark: RegisteredRemark) -> tuple[Cell, ...]:
    entry = remark.instruction
    return (
        f"{remark.year}-{remark.number}",
        remark.title,
        "",
        entry.given_on,
        texts.LEVELS[entry.level],
        "",
        "",
        "",
        "",
        "",
        entry.leader,
        entry.words or texts.REMARKS[entry.remark],
        remark.unit,
        entry.counts_in,
        "是" if entry.late else "",
        _STATUS.get(entry.status, ""),
        remark.entered_by,
    )
