"""What bureaus brought in files of rules, version by version."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import UnitId, UserId


class RuleTable(Base, kw_only=True, eq=False):
    """One table of one version of a bureau's set; *name* is the set's, as in `[[alert_policy]]`.

    Rows are only ever added: an import makes the set's next version, and the highest is in force.
    *definition* is what the capability that owns the set made of the table.
    """

    __tablename__ = "rule_tables"

    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    definition: Mapped[dict[str, Any]]
    imported_at: Mapped[datetime]
    imported_by: Mapped[UserId]
