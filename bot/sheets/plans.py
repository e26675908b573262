"""The plan of a year as a sheet: what `plans import` reads, and beside it how far each item is."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.sheets.writing import Cell, sheet_file
from handlers.plans.capability import COLUMNS
from handlers.plans.naming import state_of
from handlers.plans.texts import NO, YES
from storage.queries.plans import Planned
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import CallId, NodeStatus, UserId

_BESIDE = (("状态", 20), ("约稿", 20))
_TITLE = "年度计划"


def plan_file(uow: UnitOfWork, plan: Sequence[Planned], today: date) -> bytes:
    """Return items of a plan in the columns that are read again; what was cancelled is left out."""
    heads = [(column.title, column.width) for column in COLUMNS]
    return sheet_file(_TITLE, [*heads, *_BESIDE], _rows(uow, plan, today))


def _rows(uow: UnitOfWork, plan: Sequence[Planned], today: date) -> Iterator[tuple[Cell, ...]]:
    units = uow.members.unit_names({unit for one in plan for unit in one.units})
    people = uow.members.names({UserId(each) for one in plan for each in one.item.people})
    calls = {call.id: call.number for call in uow.calls.some(_calls(plan))}
    for item, owners, nodes in plan:
        standing = [node for node in nodes if node.status is not NodeStatus.CANCELLED]
        if not standing:
            continue
        yield (
            item.number,
            item.year,
            item.topic,
            item.why,
            "、".join(units[unit] for unit in owners),
            "、".join(people[UserId(one)] for one in item.people if UserId(one) in people),
            "、".join(node.due_on.isoformat() for node in standing),
            item.kind,
            item.channel,
            item.weight,
            YES if item.opens_calls else NO,
            "、".join(state_of(node, today) for node in standing),
            "、".join(f"{calls[node.call]}号约稿" for node in standing if node.call in calls),
        )


def _calls(plan: Sequence[Planned]) -> set[CallId]:
    return {node.call for one in plan for node in one.nodes}
