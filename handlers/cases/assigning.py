"""交办: a case is given to a section, whose head has to take it; silence climbs."""

from datetime import datetime

from handlers.cases import texts
from handlers.cases.alarms import facts_in_words, graded, names, settle
from handlers.cases.finding import ALERTED, TASK, allowed, hats
from handlers.cases.limits import limits_of
from handlers.cases.moving import move, set_clocks
from handlers.cases.naming import grade_of, named, unit_name, where_said
from handlers.cases.telling import heads_of
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import AlertAsked, CaseAssigned
from handlers.kit.finding import sees_as
from handlers.rules.calendar import short_time
from handlers.rules.cases.rights import Hat, may_assign
from storage.models import Case, Unit
from storage.vocabulary import NOBODY, CaseMove, Role, UnitId

_UNITS_OF_TIME = (("wh", "个工作小时"), ("m", "分钟"), ("h", "小时"), ("d", "天"))


def unit_named(ctx: Context, bureau: UnitId, said: str) -> tuple[Unit | None, str]:
    """Return the section that the words name, in full or short, and the words without it."""
    units = ctx.uow.members.sections_of(bureau)
    for unit in sorted(units, key=lambda one: len(one.name), reverse=True):
        if unit.name in said:
            return unit, said.replace(unit.name, " ", 1).strip(" ，,。给由到")
    first = said.split(maxsplit=1)[0] if said.strip() else ""
    close = [unit for unit in units if _is_short_for(first, unit.name)]
    if len(close) == 1:
        return close[0], said.removeprefix(first).strip(" ，,。")
    return None, said


def _is_short_for(said: str, name: str) -> bool:
    left = iter(name)
    return len(said) > 1 and said[0] == name[0] and all(one in left for one in said)


def assign(
    ctx: Context, case: Case, said: str, due_at: datetime | None = None, *, free: bool = False
) -> str:
    """Give a case to the section that *said* names; what else it says is what is wanted.

    *free*: it is the whole of what was said, and holds no note of its own.

    Raises:
        UserError: no section is named, or it is not the sender's to give.
    """
    unit, note = unit_named(ctx, case.bureau, said)
    if unit is None:
        raise UserError(texts.ASSIGN_WHOM.format(said=said, number=case.number))
    _refuse_others(ctx, case, unit)
    note = "" if free else note
    move(ctx, case, CaseMove.ASSIGN, words=f"{unit.name}{f'：{note}' if note else ''}")
    case.unit, case.assigned_by, case.assigned_at = unit.id, ctx.sender.userid, ctx.now
    case.due_at, case.holder, case.acked_at = due_at, NOBODY, None
    case.overdue = {step: level for step, level in case.overdue.items() if step != "ack"}
    settle(ctx, case, texts.WHY_ASSIGNED.format(unit=unit.name), ALERTED, TASK)
    _raise_task(ctx, case, note)
    ctx.emit(CaseAssigned(case_id=case.id, unit=unit.id))
    set_clocks(ctx, case)
    due = texts.ASSIGNED_DUE.format(when=short_time(due_at, ctx.now)) if due_at else ""
    ctx.show("opinion", [case.number])
    return texts.ASSIGNED.format(
        name=named(case),
        unit=unit.name,
        due=due,
        people=names(ctx, heads_of(ctx, case)) or unit.name,
        ack=wait_in_words(limits_of(ctx, case).ack),
    )


def gives(ctx: Context, case: Case, unit: UnitId) -> bool:
    """Tell whether the sender may give a case to that section now."""
    worn, own = _worn(ctx, case, unit)
    taken = case.assigned_at is not None or case.acked_at is not None
    mine = taken and case.holder == ctx.sender.userid and case.assigned_at is None
    return may_assign(worn, to_own=own, taken=taken and not mine)


def _worn(ctx: Context, case: Case, unit: UnitId) -> tuple[frozenset[Hat], bool]:
    """Return what the sender is to a case, and whether that section is his to lead."""
    section = set(ctx.uow.members.lineage(unit)) - {case.bureau}
    own = any(one.holds({Role.SECTION_HEAD}, section) for one in sees_as(ctx))
    return hats(ctx, case) | ({Hat.HEAD} if own else frozenset()), own


def _refuse_others(ctx: Context, case: Case, unit: Unit) -> None:
    if gives(ctx, case, unit.id):
        return
    worn, _ = _worn(ctx, case, unit.id)
    if may_assign(worn, to_own=True, taken=False):
        said = texts.ASSIGN_OWN if Hat.HEAD in worn else texts.ASSIGN_FIRST
        raise UserError(said.format(name=named(case)))
    allowed(ctx, case, CaseMove.ASSIGN)


def _raise_task(ctx: Context, case: Case, note: str) -> None:
    due = texts.TASK_DUE.format(when=short_time(case.due_at, ctx.now)) if case.due_at else ""
    words = texts.TASK_NOTE.format(note=note) if note else ""
    text = texts.TASK.format(
        number=case.number,
        unit=unit_name(ctx, case),
        graded=graded(ctx, case),
        note=words + due,  # first, for a card shows some forty characters
        facts=facts_in_words(ctx, case).partition("\n")[2],
    )
    ctx.emit(
        AlertAsked(
            unit=case.unit,
            kind=TASK,
            key=case.id,
            grade=grade_of(case),
            source=where_said(case),
            title=case.title,
            text=text.strip(),
            named=tuple(heads_of(ctx, case)),
        )
    )


def wait_in_words(wait: str) -> str:
    """Say a limit in words: 4wh is 4个工作小时."""
    for unit, words in _UNITS_OF_TIME:
        if wait.endswith(unit):
            return wait.removesuffix(unit) + words
    return wait
