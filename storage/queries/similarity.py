"""Who shares marks with a text, and what was found alike."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ARRAY,
    BigInteger,
    BindParameter,
    Integer,
    any_,
    bindparam,
    delete,
    func,
    insert,
    select,
    tuple_,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from storage.models import Draft, DraftLikeness, DraftMark, DraftPrint, DraftVersion, Unit
from storage.queries.tables import add_all_once, dialect_of, run, table_of
from storage.vocabulary import Alike, DraftId, DraftStatus, UnitId, UserId

MOST_HOLDERS = 32
"""How many drafts are kept for one mark, the newest: so no search reads more, ever."""

_marks, _prints = table_of(DraftMark), table_of(DraftPrint)
_ROW = (_marks.c.mark, _marks.c.print)


def _numbers(name: str) -> BindParameter[Sequence[int]]:
    return bindparam(name, type_=ARRAY(BigInteger))


# PostgreSQL is given arrays: one text whatever their length, so that it plans each statement once.
_HOLDERS = {
    "sqlite": select(*_ROW).where(_marks.c.mark.in_(bindparam("marks", expanding=True))),
    "postgresql": select(*_ROW).where(_marks.c.mark == any_(_numbers("marks"))),
}
_FORGET = delete(_marks).where(
    _marks.c.mark == bindparam("gone_mark"), _marks.c.print == bindparam("gone_print")
)
_FORGET_AT_ONCE = delete(_marks).where(
    tuple_(*_ROW).in_(
        select(func.unnest(_numbers("gone_marks")), func.unnest(_numbers("gone_prints")))
    )
)
_KEEP_AT_ONCE = (
    postgresql.insert(_marks)
    .from_select(
        ["mark", "print"],
        select(func.unnest(_numbers("marks")), bindparam("of", type_=Integer)),
    )
    .on_conflict_do_nothing()
    .add_cte(_FORGET_AT_ONCE.cte("gone"))
)
_ADD = insert(_prints).returning(_prints.c.id)
_NOT_COMPARED = (DraftStatus.COMPOSING, DraftStatus.WITHDRAWN, DraftStatus.CANCELLED)
_EARLIER = (
    select(
        DraftPrint.id,
        DraftPrint.draft,
        DraftPrint.version,
        DraftVersion.title,
        DraftVersion.body,
        Draft.number,
        Draft.author,
        Draft.unit,
        Unit.name,
        Draft.status,
        DraftPrint.handed_in_at,
    )
    .join(Draft, Draft.id == DraftPrint.draft)
    .join(Unit, Unit.id == Draft.unit)
    .join(
        DraftVersion,
        (DraftVersion.draft == DraftPrint.draft) & (DraftVersion.number == DraftPrint.version),
    )
    .where(
        DraftPrint.id.in_(bindparam("prints", expanding=True)),
        DraftPrint.bureau == bindparam("bureau"),
        DraftPrint.handed_in_at >= bindparam("since"),
        Draft.status.not_in(_NOT_COMPARED),
    )
)
_FOUND = (
    select(
        Draft.id,
        Draft.number,
        Draft.title,
        Draft.author,
        Draft.unit,
        Draft.status,
        DraftPrint.handed_in_at,
        DraftLikeness.other_version,
        DraftLikeness.alike,
        DraftLikeness.shared,
        DraftLikeness.contained,
    )
    .join(Draft, Draft.id == DraftLikeness.other)
    .join(DraftPrint, DraftPrint.draft == DraftLikeness.other)
    .where(DraftLikeness.draft == bindparam("draft"), DraftLikeness.version == bindparam("version"))
)


class Earlier(NamedTuple):
    """An older draft with the text by which it is compared, and what people name it by."""

    print: int
    id: DraftId
    version: int
    title: str
    body: str
    number: int
    author: UserId
    unit: UnitId
    unit_name: str
    status: DraftStatus
    handed_in_at: datetime


class Found(NamedTuple):
    """A draft that is like the one in question, as far as people name it."""

    id: DraftId
    number: int
    title: str
    author: UserId
    unit: UnitId
    status: DraftStatus
    handed_in_at: datetime
    version: int
    alike: Alike
    shared: float
    contained: float


def most_alike_first(found: Iterable[Found]) -> Sequence[Found]:
    return sorted(found, key=lambda one: (-max(one.shared, one.contained), -one.number))


class Similar:
    """The marks of drafts, and the likenesses that were found by them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def holders(self, marks: Collection[int]) -> Mapping[int, Sequence[int]]:
        """Return for each mark that anybody has the prints that have it, at most 32."""
        found: dict[int, list[int]] = {}
        statement = _HOLDERS[dialect_of(self._session)]
        for mark, holder in run(self._session, statement, {"marks": sorted(marks)}).all():
            found.setdefault(mark, []).append(holder)
        return found

    def earlier(
        self, prints: Collection[int], bureau: UnitId, since: datetime
    ) -> Sequence[Earlier]:
        """Return those drafts of the bureau that were handed in from *since* on, with their texts.

        What was withdrawn is nobody's any more, and may be handed in anew.
        """
        if not prints:
            return []
        asked = {"prints": list(prints), "bureau": bureau, "since": since}
        rows = run(self._session, _EARLIER, asked)
        return [Earlier(*row) for row in rows]

    def print_of(self, draft: DraftId) -> DraftPrint | None:
        return self._session.scalar(select(DraftPrint).where(DraftPrint.draft == draft))

    def add_print(self, draft: DraftId, bureau: UnitId, version: int, at: datetime) -> int:
        """Take a draft among those that are compared; return its short name."""
        values = {"draft": draft, "bureau": bureau, "version": version, "handed_in_at": at}
        added: int = run(self._session, _ADD, values).scalar_one()
        return added

    def mark(
        self, of: int, marks: Collection[int], *, gone: Collection[tuple[int, int]] = ()
    ) -> None:
        """Give a print these marks; *gone* are marks that prints lose, each with its print."""
        if dialect_of(self._session) == "postgresql":
            values = {"marks": sorted(marks), "of": of}
            values["gone_marks"] = [mark for mark, _ in gone]
            values["gone_prints"] = [print_ for _, print_ in gone]
            run(self._session, _KEEP_AT_ONCE, values)
            return
        rows = [{"mark": mark, "print": of} for mark in sorted(marks)]
        add_all_once(self._session, DraftMark, rows)
        if gone:
            lost = [{"gone_mark": mark, "gone_print": print_} for mark, print_ in sorted(gone)]
            run(self._session, _FORGET, lost)

    def keep(self, likenesses: Sequence[Mapping[str, Any]]) -> None:
        """Write down rows of `DraftLikeness`."""
        add_all_once(self._session, DraftLikeness, likenesses)

    def found(self, draft: DraftId, version: int) -> Sequence[Found]:
        """Return what was found alike when that version was handed in, the most alike first."""
        rows = run(self._session, _FOUND, {"draft": draft, "version": version})
        return most_alike_first(Found(*row) for row in rows)
