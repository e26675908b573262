"""Which visits to the pages were ended."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from storage.models import EndedVisit
from storage.queries.tables import add_once, run, table_of

_visits = table_of(EndedVisit)
_ENDED = select(_visits.c.visit).where(_visits.c.visit == bindparam("visit"))
_OVER = delete(_visits).where(_visits.c.until < bindparam("now"))


class Visits:
    """Visits are kept in cookies; here are those that ended before their time."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ended(self, visit: str) -> bool:
        return run(self._session, _ENDED, {"visit": visit}).first() is not None

    def end(self, visit: str, until: datetime, now: datetime) -> None:
        """End a visit, which would have lasted *until* then; forget those that are over anyway."""
        run(self._session, _OVER, {"now": now})
        add_once(self._session, EndedVisit, {"visit": visit, "until": until})
