"""Who shares marks with a text, and what was found alike."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, select, tuple_
from sqlalchemy.orm import Session

from storage.models import Draft, DraftLikeness, DraftMark, DraftPrint, DraftVersion
from storage.queries.tables import add_all_once, run, table_of
from storage.vocabulary import Alike, DraftId, DraftStatus, UnitId, UserId

MOST_HOLDERS = 32
"""How many drafts are kept for one mark, the newest: so no search reads more, ever."""

_marks = table_of(DraftMark)
_HOLDERS = select(_marks.c.mark, _marks.c.print).where(
    _marks.c.mark.in_(bindparam("marks", expanding=True))
)
_FORGET = delete(_marks).where(
    _marks.c.mark.in_(bindparam("marks", expanding=True)), _marks.c.print == bindparam("of")
)
_RANKED = (
    select(
        _marks.c.mark,
        _marks.c.print,
        func.row_number()
        .over(partition_by=_marks.c.mark, order_by=_marks.c.print.desc())
        .label("place"),
    )
    .where(_marks.c.mark.in_(bindparam("marks", expanding=True)))
    .subquery()
)
_TRIM = delete(_marks).where(
    tuple_(_marks.c.mark, _marks.c.print).in_(
        select(_RANKED.c.mark, _RANKED.c.print).where(_RANKED.c.place > MOST_HOLDERS)
    )
)
_NOT_COMPARED = (DraftStatus.COMPOSING, DraftStatus.WITHDRAWN, DraftStatus.CANCELLED)
_EARLIER = (
    select(
        DraftPrint.id,
        DraftPrint.draft,
        DraftPrint.version,
        DraftVersion.title,
        DraftVersion.body,
    )
    .join(Draft, Draft.id == DraftPrint.draft)
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
    """An older draft with the text by which it is compared."""

    print: int
    id: DraftId
    version: int
    title: str
    body: str


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


class Similar:
    """The marks of drafts, and the likenesses that were found by them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def holders(self, marks: Collection[int]) -> Mapping[int, Sequence[int]]:
        """Return for each mark that anybody has the prints that have it, at most 32."""
        found: dict[int, list[int]] = {}
        for mark, holder in run(self._session, _HOLDERS, {"marks": sorted(marks)}):
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

    def add_print(self, draft_print: DraftPrint) -> int:
        """Take a draft among those that are compared; return its short name."""
        self._session.add(draft_print)
        self._session.flush()  # its number is the database's
        return draft_print.id

    def mark(
        self,
        of: int,
        marks: Collection[int],
        *,
        gone: Collection[int] = (),
        full: Collection[int] = (),
    ) -> None:
        """Give a print these marks, and take the *gone* ones from it.

        Of those that were *full* before, having their 32 holders, each keeps the newest alone.
        """
        if gone:
            run(self._session, _FORGET, {"marks": sorted(gone), "of": of})
        if marks:
            rows = [{"mark": mark, "print": of} for mark in sorted(marks)]
            add_all_once(self._session, DraftMark, rows)
        if full:
            run(self._session, _TRIM, {"marks": sorted(full)})

    def keep(self, likenesses: Sequence[DraftLikeness]) -> None:
        self._session.add_all(likenesses)

    def found(self, draft: DraftId, version: int) -> Sequence[Found]:
        """Return what was found alike when that version was handed in, the most alike first."""
        rows = run(self._session, _FOUND, {"draft": draft, "version": version})
        found = [Found(*row) for row in rows]
        return sorted(found, key=lambda one: (-max(one.shared, one.contained), -one.number))
