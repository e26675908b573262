"""What every act on a case does: its state, a line of its ledger, its clocks."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from handlers.cases import texts
from handlers.cases.finding import behalf
from handlers.cases.limits import limits_of
from handlers.cases.naming import lives_on, named
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.rules.cases.flow import UNDOABLE, IllegalCaseMoveError, after
from handlers.rules.cases.limits import Owed, Used, began, owed, time_used, warnings
from handlers.rules.escalation import later
from storage.models import Case, CaseEvent
from storage.vocabulary import NOBODY, CaseMove, CaseState, CaseStep, Grade, Truth

STEP, WARNING, WATCH = "case_step", "case_warning", "case_watch"
AGAIN, GRAVE = "case_again", "case_grave"
"""Alerts that are owed: those of the second kind are raised before all of the first."""
_KEPT = (
    "state", "unit", "grade", "graded_by", "graded_at", "assigned_by", "assigned_at", "due_at",
    "holder", "acked_at", "answered_at", "answered_where", "wording_approved_by", "watch_until",
    "result", "truth", "closed_at", "closed_by", "merged_into",
)  # fmt: skip
"""What an undo puts back."""
_READ: Mapping[str, Callable[[str], Any]] = {
    "state": CaseState,
    "grade": Grade,
    "truth": Truth,
    **{name: datetime.fromisoformat for name in _KEPT if name.endswith(("_at", "_until"))},
}
_HOUR, _DAY = 60, 24 * 60
BY_ALERT = frozenset({CaseStep.ACK, CaseStep.PROGRESS})
"""Steps whose people an alert asks by itself; that these are late is noted in the ledger alone."""
_TOP = 3
"""How often a step that is late is told, each time to somebody higher."""
_NEVER = datetime.max.replace(tzinfo=UTC)


def move(
    ctx: Context,
    case: Case,
    what: CaseMove,
    *,
    words: str = "",
    evidence: str = "",
    step: CaseStep | None = None,
    **kept: Any,
) -> None:
    """Move a case, which is locked, and write the line of its ledger; *step* is what that does.

    *kept* is what an undo needs besides. The caller changes the columns after this and then sets
    the clocks.

    Raises:
        UserError: the case's state does not allow it; of one that was merged it says where it is.
    """
    before = {**snapshot(case), **kept} if what in UNDOABLE else {}
    try:
        state = after(case.state, what)
    except IllegalCaseMoveError:
        raise UserError(cannot(ctx, case, what)) from None
    used = _used(ctx, case, step) if step else None
    absent = behalf(ctx, case, what)
    was, case.state = case.state, state
    case.touched_at = ctx.now
    case.revision += 1
    line = CaseEvent(
        case=case.id,
        at=ctx.now,
        move=what,
        state=state,
        actor=ctx.me.userid if ctx.me is not None else NOBODY,
        words=words,
        evidence=evidence,
        minutes=used.minutes if used else None,
        limit=used.limit if used else None,
        in_working_time=used is not None and used.in_working_time,
        before=before,
        on_behalf_of=absent,
    )
    ctx.uow.cases.note(line)
    ctx.audit(
        f"case:{what}",
        case.id,
        before={"state": was},
        after={"state": state},
        on_behalf_of=absent,
    )


def cannot(ctx: Context, case: Case, what: CaseMove) -> str:
    """Say that a case is past a move; of one that was merged, where it lives on."""
    act, last = texts.MOVES[what], lives_on(ctx, case)
    if last is not case:
        return texts.CANNOT_MERGED.format(name=named(case), number=last.number, act=act)
    return texts.CANNOT.format(name=named(case), state=texts.STATES[case.state], act=act)


def _used(ctx: Context, case: Case, step: CaseStep) -> Used | None:
    """Return how much of its time a step took; nothing where it was done before.

    A limit that somebody set by a date is counted by the clock.
    """
    limit = limits_of(ctx, case).of(step)
    done = {
        CaseStep.GRADE: case.graded_at,
        CaseStep.ACK: case.acked_at,
        CaseStep.FACTS: case.facts_at,
        CaseStep.PLAN: case.plan_at,
        CaseStep.ANSWER: case.answered_at,
        CaseStep.PROGRESS: None,
    }
    if not limit or done[step] is not None:
        return None
    return time_used(began(case, step), ctx.now, limit, ctx.calendar())


def snapshot(case: Case) -> dict[str, Any]:
    values = {name: getattr(case, name) for name in _KEPT}
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }


def put_back(case: Case, kept: dict[str, Any]) -> None:
    """Let a case be again what `snapshot` saw."""
    for name in _KEPT:
        value = kept[name]
        read = _READ.get(name)
        setattr(case, name, read(value) if read and value is not None else value)


def owed_of(ctx: Context, case: Case) -> Sequence[Owed]:
    return list(owed(case, limits_of(ctx, case), ctx.calendar()))


def set_clocks(ctx: Context, case: Case, *, first: bool = False) -> None:
    """Set the clocks of all that is still owed about a case anew, or *first* those of a new one.

    What is late already, by a grade that rose, is late now. A step that has climbed goes on from
    where it is.
    """
    if not first:
        ctx.uow.timers.cancel(case.id)
    case.revision += 1  # the same clock is never set twice
    for one in owed_of(ctx, case):
        climbed, due = int(case.overdue.get(one.step, 0)), climbs_at(ctx, case, one)
        if due < _NEVER:
            stage = f"{one.step} {climbed} {case.revision}"
            moment = max(due, ctx.now)
            ctx.set_timer(
                STEP,
                case.id,
                moment,
                stage=stage,
                step=one.step,
                climbed=climbed,
                due=moment.isoformat(),
            )
        if one.step is CaseStep.ANSWER:
            # A step that is late sets the clocks anew: what is due with it has not been said yet.
            since = ctx.owed_since or ctx.now
            for part, moment in warnings(one):
                if moment >= since and one.due_at > ctx.now:
                    stage = f"{part} {case.revision}"
                    at = max(moment, ctx.now)
                    ctx.set_timer(WARNING, case.id, at, stage=stage, part=part)
    if case.watch_until is not None and case.state is CaseState.WATCHING:
        stage = f"watch {case.revision}"
        ctx.set_timer(WATCH, case.id, max(case.watch_until, ctx.now), stage=stage)


def climbs_at(ctx: Context, case: Case, one: Owed) -> datetime:
    """Return when a step is told to be late, or to the next higher; never again once at the top.

    That something else was done meanwhile puts it off by nothing; a graver grade brings it nearer.
    """
    climbed = int(case.overdue.get(one.step, 0))
    if not climbed:
        return one.due_at
    if climbed >= _TOP or one.step in BY_ALERT:
        return _NEVER
    next_one = later(ctx.now, limits_of(ctx, case).climb, ctx.calendar())
    kept = case.alerted.get("climbs", {}).get(one.step)
    return min(next_one, datetime.fromisoformat(kept)) if kept else next_one


def span(length_of: timedelta) -> str:
    """Say a length in words: 40分钟, 3小时, 2天."""
    left = max(1, round(length_of / timedelta(minutes=1)))
    if left <= 3 * _HOUR:
        return texts.MINUTES.format(minutes=left)
    if left < 2 * _DAY:
        return texts.HOURS.format(hours=round(left / _HOUR))
    return texts.DAYS.format(days=round(left / _DAY))
