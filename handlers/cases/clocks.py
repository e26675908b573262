"""What time does to a case: a step that is late climbs, an answer is asked for, a watch is over."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from handlers.cases import texts
from handlers.cases.assigning import wait_in_words
from handlers.cases.limits import limits_of
from handlers.cases.moving import (
    BY_ALERT,
    STEP,
    WARNING,
    WATCH,
    climbs_at,
    move,
    owed_of,
    set_clocks,
    span,
)
from handlers.cases.naming import grade_of, named
from handlers.cases.registry import DUE, DUE_NOW, registry
from handlers.cases.telling import (
    GRAVE,
    deciders,
    handlers_of,
    leading_duty,
    office_of,
    tell,
)
from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.messages import Text
from handlers.rules.calendar import short_time
from handlers.rules.cases.flow import ENDED
from handlers.rules.cases.limits import Owed
from handlers.rules.escalation import later
from handlers.rules.peace import next_digest
from storage.models import Case
from storage.vocabulary import CaseId, CaseMove, CaseState, CaseStep, Grade, Role, UserId

_LEAST = Grade.BLUE
"""Of such a case nobody is told on a day off."""


def _case_of(ctx: Context, due: Due) -> Case | None:
    case = ctx.uow.cases.lock(CaseId(due.subject))
    return None if case is None or case.state in ENDED else case


@registry.timer(STEP)
def climb(ctx: Context, due: Due) -> None:
    """A step is late: it is noted once, and told one rung higher each time that it stays so.

    What else has become late by now is told in the same message.
    """
    case = _case_of(ctx, due)
    step, climbed = CaseStep(due.payload["step"]), int(due.payload["climbed"])
    if case is None or int(case.overdue.get(step, 0)) != climbed:
        return
    now = max(ctx.now, datetime.fromisoformat(due.payload["due"]))
    late = [one for one in owed_of(ctx, case) if climbs_at(ctx, case, one) <= now]
    if step not in {one.step for one in late}:
        return  # it is done, or has got more time
    told: dict[UserId, list[Owed]] = {}
    for one in late:
        level = int(case.overdue.get(one.step, 0))
        _climbed(ctx, case, one, level)
        if one.step not in BY_ALERT:
            for member in _rung(ctx, case, one.step, level):
                told.setdefault(member, []).append(one)
    _tell_late(ctx, case, told)
    set_clocks(ctx, case)


def _climbed(ctx: Context, case: Case, one: Owed, level: int) -> None:
    if level == 0:
        note = texts.OVERDUE_NOTE.format(**_late_by(ctx, case, one, ctx.now))
        move(ctx, case, CaseMove.OVERDUE, words=f"{texts.STEPS[one.step]}{note}")
    case.overdue = {**case.overdue, one.step: level + 1}
    again = later(ctx.now, limits_of(ctx, case).climb, ctx.calendar()).isoformat()
    case.alerted = {**case.alerted, "climbs": {**case.alerted.get("climbs", {}), one.step: again}}


def _late_by(ctx: Context, case: Case, one: Owed, at: datetime) -> dict[str, str]:
    """Say by how much a step is late at a moment, and its limit: one in working hours as that."""
    by = max(at - one.due_at, timedelta(minutes=1))
    wait = limits_of(ctx, case).of(one.step)
    works = wait.endswith("wh") and later(one.since, wait, ctx.calendar()) == one.due_at
    return {"by": span(by), "limit": wait_in_words(wait) if works else span(one.due_at - one.since)}


def _tell_late(ctx: Context, case: Case, told: Mapping[UserId, Sequence[Owed]]) -> None:
    """Tell each what of his is late, in one message; those alike get the same."""
    alike: dict[tuple[CaseStep, ...], list[UserId]] = {}
    for member, steps in told.items():
        alike.setdefault(tuple(one.step for one in steps), []).append(member)
    for names, members in alike.items():
        comes_at = _comes_at(ctx, case)
        said = _said_late(ctx, case, told[members[0]], comes_at or ctx.now)
        stage = " ".join(f"{one} {case.overdue[one] - 1}" for one in names)
        _push(ctx, case, members, said, stage)


def _comes_at(ctx: Context, case: Case) -> datetime | None:
    """Return when people are told of a case: with the next digest, of a grave one now."""
    grade = grade_of(case)
    if grade in GRAVE:
        return None
    return next_digest(ctx.now, ctx.calendar() if grade is _LEAST else None)


def _said_late(ctx: Context, case: Case, late: Sequence[Owed], comes_at: datetime) -> str:
    colour = texts.COLOURS[grade_of(case)]
    usages = {"number": case.number, "colour": f"{colour}色"}
    if len(late) == 1:
        [one] = late
        how = (texts.OVERDUE_HOW[one.step] + texts.EXPLAIN_HINT).format(**usages)
        step = texts.STEPS[one.step]
        return texts.OVERDUE.format(
            name=named(case),
            colour=colour,
            step=step,
            who=how,
            **_late_by(ctx, case, one, comes_at),
        )
    lines = [
        texts.OVERDUE_ONE.format(
            step=texts.STEPS[one.step],
            who=texts.OVERDUE_HOW[one.step].format(**usages),
            **_late_by(ctx, case, one, comes_at),
        )
        for one in late
    ]
    return texts.OVERDUE_SEVERAL.format(
        name=named(case), colour=colour, lines="\n".join(lines), number=case.number
    )


def _push(ctx: Context, case: Case, members: Sequence[UserId], said: str, stage: str) -> None:
    """Tell of a grave case at once, of any other with the next digest."""
    due_at = _comes_at(ctx, case)
    kind = DUE_NOW if due_at is None else DUE
    ctx.tell(kind, members, Text(text=said), subject=case.id, stage=stage, due_at=due_at)


def _rung(ctx: Context, case: Case, step: CaseStep, climbed: int) -> list[UserId]:
    """Return who is told when a step is late for the first, second, third time.

    First who should do it, with the office; then the leader in charge, with whoever leads the duty
    of a grave one; then the principal.
    """
    if climbed == 0:
        own = deciders(ctx, case, CaseMove.GRADE) if step is CaseStep.GRADE else []
        first = {*(own or handlers_of(ctx, case)), *office_of(ctx, case)}
        return sorted(first)
    if climbed == 1:
        leading = leading_duty(ctx, case) if grade_of(case) in GRAVE else []
        return sorted({*ctx.uow.members.deputies(case.unit), *leading})
    return sorted(ctx.uow.members.holding(Role.PRINCIPAL, case.unit))


@registry.timer(WARNING)
def warn(ctx: Context, due: Due) -> None:
    """Half, or four fifths, of the time for a public answer is over."""
    case = _case_of(ctx, due)
    if case is None:
        return
    one = next((one for one in owed_of(ctx, case) if one.step is CaseStep.ANSWER), None)
    if one is None:
        return
    part = int(due.payload["part"])
    said = texts.WARNED.format(
        name=named(case),
        colour=texts.COLOURS[grade_of(case)],
        part=part,
        left=span(one.due_at - ctx.now),
        when=short_time(one.due_at, ctx.now),
        number=case.number,
    )
    members = {*handlers_of(ctx, case), *office_of(ctx, case)}
    _push(ctx, case, sorted(members), said, f"warning {part}")


@registry.timer(WATCH)
def ask_for_the_end(ctx: Context, due: Due) -> None:
    """The watch is over and nothing came: whoever may close it is asked to."""
    case = _case_of(ctx, due)
    if case is None or case.state is not CaseState.WATCHING or case.watch_until is None:
        return
    said = texts.WATCH_OVER.format(name=named(case), number=case.number)
    whom = deciders(ctx, case, CaseMove.CLOSE)
    tell(ctx, case, whom, said, f"watched {case.watch_until.isoformat()}")
