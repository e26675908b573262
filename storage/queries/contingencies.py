"""Emergency plans: those of a bureau, their runs and tasks."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import ContingencyRun, ContingencyTask
from storage.vocabulary import ContingencyId, TaskOfPlanId, UnitId, UserId


class Contingencies:
    """The emergency plans of bureaus, and what became of them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, run: ContingencyRun, tasks: Collection[ContingencyTask]) -> None:
        self._session.add(run)
        self._session.flush()  # its tasks refer to it by a plain column
        self._session.add_all(tasks)
        self._session.flush()

    def get(self, run: str) -> ContingencyRun | None:
        return self._session.get(ContingencyRun, ContingencyId(run))

    def latest_numbered(self, bureau: UnitId, number: int) -> ContingencyRun | None:
        """Return the bureau's run of that number, of the latest year that has one."""
        return self._session.scalar(
            select(ContingencyRun)
            .where(ContingencyRun.bureau == bureau, ContingencyRun.number == number)
            .order_by(ContingencyRun.year.desc())
            .limit(1)
        )

    def of_subject(self, subject: str) -> Sequence[ContingencyRun]:
        return self._session.scalars(
            select(ContingencyRun)
            .where(ContingencyRun.subject == subject)
            .order_by(ContingencyRun.number)
        ).all()

    def lately(self, bureau: UnitId, limit: int, offset: int = 0) -> Sequence[ContingencyRun]:
        """Return the runs of a bureau, newest first."""
        return self._session.scalars(
            select(ContingencyRun)
            .where(ContingencyRun.bureau == bureau)
            .order_by(ContingencyRun.started_at.desc(), ContingencyRun.number.desc())
            .limit(limit)
            .offset(offset)
        ).all()

    def tasks(self, run: ContingencyId) -> Sequence[ContingencyTask]:
        return self._session.scalars(
            select(ContingencyTask)
            .where(ContingencyTask.run == run)
            .order_by(ContingencyTask.position)
        ).all()

    def told(self, runs: Collection[ContingencyId]) -> Mapping[ContingencyId, Collection[UserId]]:
        """Return of each run who was asked to do one of its tasks, or took one."""
        found: dict[ContingencyId, set[UserId]] = {run: set() for run in runs}
        rows = self._session.execute(
            select(ContingencyTask.run, ContingencyTask.told, ContingencyTask.taken_by).where(
                ContingencyTask.run.in_(runs)
            )
        )
        for row in rows:
            found[row.run] |= {*row.told, row.taken_by}
        return found

    def task(self, task: str) -> ContingencyTask | None:
        """Return a task as it is now, locked for this transaction."""
        self._session.flush()
        return self._session.get(
            ContingencyTask, TaskOfPlanId(task), with_for_update=True, populate_existing=True
        )
