"""Which gates drafts pass: the routes of a bureau, version by version."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import UnitId, UserId


class StoredRoute(Base, kw_only=True, eq=False):
    """One route of one version of a bureau's set; the first by *position* that fits is taken.

    Rows are only ever added: an import makes the next version, and the highest is in force.
    *definition* is the route as `handlers.rules.routes.Route` writes it.
    """

    __tablename__ = "routes"

    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    definition: Mapped[dict[str, Any]]
    imported_at: Mapped[datetime]
    imported_by: Mapped[UserId]
