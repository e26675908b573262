"""The plans of years: their items, the units that owe them, and their nodes."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import PlanItem, PlanNode, PlanOwner
from storage.vocabulary import CallId, PlanItemId, PlanNodeId, UnitId


class Planned(NamedTuple):
    """An item with its units, in their order, and its nodes, the first due first."""

    item: PlanItem
    units: Sequence[UnitId]
    nodes: Sequence[PlanNode]


class Plans:
    """Items of the plans of bureaus."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, item: PlanItem) -> None:
        self._session.add(item)
        self._session.flush()  # its units and nodes refer to it by a plain column

    def own(self, item: PlanItemId, units: Sequence[UnitId]) -> None:
        """Let *units* owe an item, and no others."""
        standing = {owner.unit: owner for owner in self._owners([item])}
        for unit in standing.keys() - set(units):
            self._session.delete(standing[unit])
        for position, unit in enumerate(units, 1):
            if unit in standing:
                standing[unit].position = position
            else:
                self._session.add(PlanOwner(item=item, unit=unit, position=position))

    def add_node(self, node: PlanNode) -> None:
        self._session.add(node)
        self._session.flush()  # its clocks follow

    def lock(self, item: PlanItemId) -> Planned | None:
        """Return an item as it now is, and keep others from changing it until the commit."""
        found = self._session.get(PlanItem, item, with_for_update=True, populate_existing=True)
        return self._whole([found])[0] if found is not None else None

    def get(self, item: PlanItemId) -> Planned | None:
        found = self._session.get(PlanItem, item)
        return self._whole([found])[0] if found is not None else None

    def some(self, items: Collection[PlanItemId]) -> Sequence[Planned]:
        """Return items by number."""
        found = self._session.scalars(
            select(PlanItem).where(PlanItem.id.in_(items)).order_by(PlanItem.number)
        ).all()
        return self._whole(found)

    def years_of(self, bureau: UnitId, number: int) -> Sequence[tuple[int, PlanItemId]]:
        """Return the years whose plan has an item of that number, the first first."""
        rows = self._session.execute(
            select(PlanItem.year, PlanItem.id)
            .where(PlanItem.bureau == bureau, PlanItem.number == number)
            .order_by(PlanItem.year)
        )
        return [(row.year, row.id) for row in rows]

    def of_year(self, bureau: UnitId, year: int) -> Sequence[Planned]:
        """Return the whole plan of a year, by number."""
        items = self._session.scalars(
            select(PlanItem)
            .where(PlanItem.bureau == bureau, PlanItem.year == year)
            .order_by(PlanItem.number)
        ).all()
        return self._whole(items)

    def years(self, bureau: UnitId) -> Sequence[int]:
        """Return the years that have a plan, the first first."""
        of_bureau = select(PlanItem.year).where(PlanItem.bureau == bureau)
        return self._session.scalars(of_bureau.distinct().order_by(PlanItem.year)).all()

    def node(self, node: PlanNodeId) -> PlanNode | None:
        return self._session.get(PlanNode, node)

    def opened(self, call: CallId) -> PlanNode | None:
        """Return the node that opened a call."""
        return self._session.scalar(select(PlanNode).where(PlanNode.call == call).limit(1))

    def touched_since(self, bureau: UnitId, since: datetime, limit: int) -> Sequence[PlanItemId]:
        """Return the items of a bureau that were changed from *since* on, the latest first."""
        return self._session.scalars(
            select(PlanItem.id)
            .where(PlanItem.bureau == bureau, PlanItem.changed_at >= since)
            .order_by(PlanItem.changed_at.desc())
            .limit(limit)
        ).all()

    def _whole(self, items: Sequence[PlanItem]) -> Sequence[Planned]:
        ids = [item.id for item in items]
        units: dict[PlanItemId, list[UnitId]] = {each: [] for each in ids}
        for owner in self._owners(ids):
            units[owner.item].append(owner.unit)
        nodes: dict[PlanItemId, list[PlanNode]] = {each: [] for each in ids}
        for node in self._session.scalars(
            select(PlanNode)
            .where(PlanNode.item.in_(ids))
            .order_by(PlanNode.due_on, PlanNode.first_on, PlanNode.id)
            .execution_options(populate_existing=True)
        ):
            nodes[node.item].append(node)
        return [Planned(item, units[item.id], nodes[item.id]) for item in items]

    def _owners(self, items: Collection[PlanItemId]) -> Sequence[PlanOwner]:
        return self._session.scalars(
            select(PlanOwner).where(PlanOwner.item.in_(items)).order_by(PlanOwner.position)
        ).all()
