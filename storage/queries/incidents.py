"""Incidents: which stand open, their reports, their logs, the limits of a bureau."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from storage.models import Incident, IncidentEntry, IncidentReport
from storage.vocabulary import CaseId, IncidentId, UnitId

# Written out, so that both databases see that the partial index answers the question.
_OPEN = text("incidents.status = 'open'")
_LINKED = text("incidents.\"case\" <> ''")


class Incidents:
    """The incidents of bureaus."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, incident: Incident) -> None:
        self._session.add(incident)
        self._session.flush()  # its reports and its log refer to it by plain columns

    def get(self, incident: str) -> Incident | None:
        return self._session.get(Incident, IncidentId(incident))

    def lock(self, incident: IncidentId) -> Incident | None:
        """Return the incident as it is now, locked for this transaction."""
        self._session.flush()
        return self._session.get(Incident, incident, with_for_update=True, populate_existing=True)

    def latest_numbered(self, bureau: UnitId, number: int) -> Incident | None:
        """Return the bureau's incident of that number, of the latest year that has one."""
        return self._session.scalar(
            select(Incident)
            .where(Incident.bureau == bureau, Incident.number == number)
            .order_by(Incident.year.desc())
            .limit(1)
        )

    def open_in(self, bureau: UnitId) -> Sequence[Incident]:
        """Return what is not over yet in a bureau, oldest first."""
        return self._session.scalars(
            select(Incident)
            .where(Incident.bureau == bureau, _OPEN)
            .order_by(Incident.received_at, Incident.number)
        ).all()

    def lately(self, bureau: UnitId, limit: int, offset: int) -> Sequence[Incident]:
        """Return the incidents of a bureau, newest first."""
        return self._session.scalars(
            select(Incident)
            .where(Incident.bureau == bureau)
            .order_by(Incident.received_at.desc(), Incident.number.desc())
            .limit(limit)
            .offset(offset)
        ).all()

    def between(self, bureau: UnitId, since: datetime, until: datetime) -> Sequence[Incident]:
        """Return what was received in that stretch, oldest first."""
        return self._session.scalars(
            select(Incident)
            .where(
                Incident.bureau == bureau,
                Incident.received_at >= since,
                Incident.received_at < until,
            )
            .order_by(Incident.received_at, Incident.number)
        ).all()

    def of_case(self, bureau: UnitId, case: str) -> Sequence[Incident]:
        """Return the incidents of a bureau that belong to an opinion case and are not over."""
        return [one for one in self.open_in(bureau) if one.case == case]

    def linked_to(self, case: CaseId) -> Sequence[Incident]:
        """Return the incidents that belong to an opinion case, oldest first."""
        return self._session.scalars(
            select(Incident)
            .where(Incident.case == case, _LINKED)
            .order_by(Incident.received_at, Incident.number)
        ).all()

    def add_report(self, report: IncidentReport) -> None:
        self._session.add(report)
        self._session.flush()

    def reports(self, incident: IncidentId) -> Sequence[IncidentReport]:
        """Return the reports of an incident in their order."""
        return self._session.scalars(
            select(IncidentReport)
            .where(IncidentReport.incident == incident)
            .order_by(IncidentReport.position)
        ).all()

    def report(self, report: str) -> IncidentReport | None:
        return self._session.get(IncidentReport, report)

    def reports_of(
        self, incidents: Collection[IncidentId]
    ) -> Mapping[IncidentId, Sequence[IncidentReport]]:
        """Return the reports of each of several incidents in their order."""
        rows = self._session.scalars(
            select(IncidentReport)
            .where(IncidentReport.incident.in_(incidents))
            .order_by(IncidentReport.incident, IncidentReport.position)
        )
        found: dict[IncidentId, list[IncidentReport]] = {one: [] for one in incidents}
        for row in rows:
            found[row.incident].append(row)
        return found

    def note(self, entry: IncidentEntry) -> None:
        self._session.add(entry)

    def log(self, incident: IncidentId) -> Sequence[IncidentEntry]:
        return self._session.scalars(
            select(IncidentEntry)
            .where(IncidentEntry.incident == incident)
            .order_by(IncidentEntry.id)
        ).all()
