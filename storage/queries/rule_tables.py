"""The rules that bureaus brought, and those of them that are in force."""

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from storage.models import RuleTable
from storage.vocabulary import UnitId

_ITS = (RuleTable.bureau == bindparam("of"), RuleTable.name == bindparam("called"))
_LATEST = (
    select(RuleTable)
    .where(
        *_ITS,
        RuleTable.version == select(func.max(RuleTable.version)).where(*_ITS).scalar_subquery(),
    )
    .order_by(RuleTable.position)
)


class RuleTables:
    """Sets of rules as they were imported, version by version."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: dict[tuple[UnitId, str], Sequence[RuleTable]] = {}

    def in_force(self, bureau: UnitId, name: str) -> Sequence[RuleTable]:
        """Return the tables of the latest version of a bureau's set, in order; none without one.

        A set that was asked for is remembered: of fifty cases each asks for it.
        """
        if (bureau, name) not in self._read:
            self._read[bureau, name] = self._latest(bureau, name)
        return self._read[bureau, name]

    def _latest(self, bureau: UnitId, name: str) -> Sequence[RuleTable]:
        with self._session.no_autoflush:
            return self._session.scalars(_LATEST, {"of": bureau, "called": name}).all()

    def add(self, tables: Collection[RuleTable]) -> None:
        self._session.add_all(tables)
        self._session.flush()  # nothing else has to be written for who asks for them
        self._read.clear()
