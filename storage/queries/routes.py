"""The routes in force, bureau by bureau."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.models import StoredRoute
from storage.vocabulary import UnitId


class Routes:
    """Routes as they were imported, version by version."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def in_force(self, bureau: UnitId) -> Sequence[StoredRoute]:
        """Return the routes of the bureau's latest version, in their order; none if it has none."""
        latest = (
            select(func.max(StoredRoute.version))
            .where(StoredRoute.bureau == bureau)
            .scalar_subquery()
        )
        return self._session.scalars(
            select(StoredRoute)
            .where(StoredRoute.bureau == bureau, StoredRoute.version == latest)
            .order_by(StoredRoute.position)
        ).all()

    def add(self, routes: Collection[StoredRoute]) -> None:
        self._session.add_all(routes)
