"""Numbers given out in order, and the audit."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Integer, bindparam, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.models import AuditEntry, Counter
from storage.queries.tables import dialect_of, run_alone, table_of
from storage.sessions import WriteBehind
from storage.vocabulary import UnitId, UserId

_counters = table_of(Counter)
_AUDIT = insert(table_of(AuditEntry)).inline()  # nobody asks for the number it gets


@cache
def next_number(dialect: str, *besides: ColumnElement[Any]) -> Executable:
    """Return what gives out *more* numbers of a thing, and answers the last of them.

    *besides* is answered as well, once the counter is this transaction's.
    """
    more = bindparam("more", type_=Integer)
    given = (sqlite if dialect == "sqlite" else postgresql).insert(_counters).values(value=more)
    statement: Executable = given.on_conflict_do_update(
        index_elements=["bureau", "year", "thing"], set_={"value": _counters.c.value + more}
    ).returning(_counters.c.value, *besides)
    return statement


class Ledger:
    """Yearly numbers and the append-only audit."""

    def __init__(self, session: WriteBehind) -> None:
        self._session = session

    def next_number(self, bureau: UnitId, year: int, thing: str) -> int:
        """Give out the next number; another transaction that asks waits for this one."""
        return self.next_numbers(bureau, year, thing, 1)[0]

    def next_numbers(self, bureau: UnitId, year: int, thing: str, count: int) -> range:
        """Give out the next *count* numbers, as `next_number` does one."""
        given = {"bureau": bureau, "year": year, "thing": thing, "more": count}
        statement = next_number(dialect_of(self._session))
        last: int = run_alone(self._session, statement, given).scalar_one()
        return range(last - count + 1, last + 1)

    def last_number(self, bureau: UnitId, year: int, thing: str) -> int:
        counter = self._session.get(Counter, (bureau, year, thing))
        return counter.value if counter is not None else 0

    def audit(self, entry: Mapping[str, Any]) -> None:
        self.audit_all([entry])

    def audit_all(self, entries: Sequence[Mapping[str, Any]]) -> None:
        """Write entries, at the latest with the commit."""
        if entries:
            self._session.put_off(_AUDIT, entries)

    def entries(self, subject: str) -> Sequence[AuditEntry]:
        return self._session.scalars(
            select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.id)
        ).all()

    def first(self, tag: str, subjects: Collection[str]) -> Mapping[str, datetime]:
        """Return when each of *subjects* got its first entry with *tag*, of those that have one."""
        found = (
            select(AuditEntry.subject, func.min(AuditEntry.at).label("at"))
            .where(AuditEntry.subject.in_(subjects), AuditEntry.tag == tag)
            .group_by(AuditEntry.subject)
        )
        return {row.subject: row.at for row in self._session.execute(found)}

    def latest_by(
        self, actor: UserId, subjects: Collection[str], since: datetime
    ) -> AuditEntry | None:
        """Return what *actor* did last to one of *subjects*, from *since* on."""
        return self._session.scalar(
            select(AuditEntry)
            .where(
                AuditEntry.subject.in_(subjects),
                AuditEntry.actor == actor,
                AuditEntry.at >= since,
            )
            .order_by(AuditEntry.id.desc())
            .limit(1)
        )
