"""Whose a case is and who is told of it by the bureau's file of topics: @去 and @限."""

from collections.abc import Sequence

from handlers.cases import texts
from handlers.cases.naming import grade_of, named
from handlers.cases.telling import GRAVE, tell
from handlers.kit.context import Context
from handlers.kit.events import TopicSettings, TopicSettingsAsked
from handlers.rules.calendar import local, period_bounds
from storage.models import Case, OpinionItem
from storage.vocabulary import NOBODY, Grade, UnitId

BETWEEN = "、"
"""What parts the topics of a case."""


def settings_of(ctx: Context, item: OpinionItem) -> Sequence[TopicSettings]:
    """Return what is set for the topics of an item, the gravest first; mostly nothing is."""
    asked = TopicSettingsAsked(bureau=item.bureau, topics=tuple(item.topics), found=[])
    if asked.topics:
        ctx.emit(asked)
    return asked.found


def is_capped(ctx: Context, item: OpinionItem, grade: Grade) -> bool:
    """Tell whether all topics of what a machine found have had their cases of today.

    What is grave, and what is of a topic without a limit as well, is told all the same.
    """
    if item.finder != NOBODY or ctx.me is not None or grade in GRAVE:
        return False
    caps = {one.name: one.cap for one in settings_of(ctx, item) if one.cap}
    if not caps or caps.keys() < set(item.topics):
        return False
    today = ctx.uow.cases.registered(item.bureau, *period_bounds(f"{local(ctx.now):%Y-%m-%d}"))
    counted = [name for case in today for name in case.topic.split(BETWEEN)]
    return all(counted.count(name) >= cap for name, cap in caps.items())


def section_by(ctx: Context, bureau: UnitId, settings: Sequence[TopicSettings]) -> UnitId | None:
    """Return the first section that the topics route to; None where they route to none."""
    wanted = [name for one in settings for name in one.routes]
    if not wanted:
        return None
    sections = {unit.name: unit.id for unit in ctx.uow.members.sections_of(bureau)}
    return next((sections[name] for name in wanted if name in sections), None)


def tell_named(ctx: Context, case: Case, settings: Sequence[TopicSettings]) -> None:
    """Tell the people whom the topics of a new case name."""
    wanted = {name for one in settings for name in one.routes}
    if not wanted:
        return
    members = ctx.uow.members.called(case.bureau, wanted)
    topics = BETWEEN.join(one.name for one in settings if one.routes)
    said = texts.ROUTED.format(
        name=named(case), grade=texts.GRADES[grade_of(case)], topics=topics, number=case.number
    )
    tell(ctx, case, [one.userid for one in members], said, "routed")
