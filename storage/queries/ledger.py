"""Numbers given out in order, and the audit."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from storage.models import AuditEntry, Counter
from storage.vocabulary import UnitId


class Ledger:
    """Yearly numbers and the append-only audit."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def next_number(self, bureau: UnitId, year: int, thing: str) -> int:
        """Give out the next number; another transaction that asks waits for this one."""
        dialect = sqlite if self._session.get_bind().dialect.name == "sqlite" else postgresql
        statement = (
            dialect.insert(Counter)
            .values(bureau=bureau, year=year, thing=thing, value=1)
            .on_conflict_do_update(
                index_elements=["bureau", "year", "thing"], set_={"value": Counter.value + 1}
            )
            .returning(Counter.value)
        )
        number: int = self._session.execute(statement).scalar_one()
        return number

    def last_number(self, bureau: UnitId, year: int, thing: str) -> int:
        counter = self._session.get(Counter, (bureau, year, thing))
        return counter.value if counter is not None else 0

    def audit(self, entry: AuditEntry) -> None:
        self._session.add(entry)

    def entries(self, subject: str) -> Sequence[AuditEntry]:
        return self._session.scalars(
            select(AuditEntry).where(AuditEntry.subject == subject).order_by(AuditEntry.id)
        ).all()
