"""How a bureau counts, and what each of its units was given points for."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, ForeignKey, Index, UniqueConstraint, types
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import NOBODY, RuleSetId, UnitId, UserId

_MILLION = 1_000_000


class Points(types.TypeDecorator[Decimal]):
    """Points, exact to a millionth on every database, and summed as whole numbers."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        return None if value is None else int(value * _MILLION)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002 - as above
        return None if value is None else Decimal(value) / _MILLION


class StoredRuleSet(Base, kw_only=True, eq=False):
    """One version of a way to count, in force from *valid_from* until the next one begins.

    *table* is what its file says (docs/scoring.md). Once it was used (*used_at*) it is never
    changed; another *valid_from* makes another version.
    """

    __tablename__ = "rule_sets"
    __table_args__ = (UniqueConstraint("bureau", "name", "valid_from"),)

    id: Mapped[RuleSetId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str]
    valid_from: Mapped[date]
    table: Mapped[dict[str, Any]]
    imported_at: Mapped[datetime]
    imported_by: Mapped[UserId]
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class StoredScoreLine(Base, kw_only=True, eq=False):
    """One step of a unit's score in a period; the score is the sum of its lines.

    *rule* names the place in the rule set, *cause* the adoption, the instruction or whatever else
    it came from. *member* is whose line it is where the rules are about people; his unit's score is
    then the sum of its people's. The lines of a unit's period are made again as a whole, never
    changed.
    """

    __tablename__ = "score_lines"
    __table_args__ = (Index(None, "bureau", "period"),)

    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    rule_set: Mapped[RuleSetId] = mapped_column(ForeignKey("rule_sets.id"))
    rule: Mapped[str]
    cause: Mapped[str]
    points: Mapped[Decimal] = mapped_column(Points)
    note: Mapped[str]
    member: Mapped[UserId] = mapped_column(default=NOBODY, server_default="")
