"""自检: a draft and an alert that concern nobody go through the whole service, once a working day.

It has a bureau of its own, which is none of the bureaus: no list, figure or page counts it. What
its members are sent is leased, sorted and recorded like everything, and not handed to WeCom, which
is only asked whether it would take it (`bot.delivery`). `bot.canary` says what they say.
"""

from datetime import timedelta
from typing import Any

from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.events import AlertAsked, AlertSubjectSettled
from handlers.rules.calendar import short_time
from handlers.rules.canary import is_owed, stuck
from handlers.troubles import texts
from handlers.troubles.policy import CanaryPolicy
from handlers.troubles.registry import registry
from storage.models import CanaryRun, Member, Unit
from storage.vocabulary import (
    CANARY,
    CANARY_AUTHOR,
    CANARY_LEADER,
    CANARY_REVIEWER,
    CANARY_SECTION,
    CanaryStep,
    Grade,
    Role,
    UnitKind,
)

ALERT = "canary_alert"
_KIND = "canary"
_PEOPLE = (
    (CANARY_AUTHOR, "自检作者", CANARY_SECTION, (Role.OFFICER,)),
    (CANARY_REVIEWER, "自检审核", CANARY_SECTION, (Role.SECTION_HEAD,)),
    (CANARY_LEADER, "自检办公室", CANARY, (Role.OFFICE, Role.DEPUTY)),
)


def owed(ctx: Context, last: CanaryRun | None) -> bool:
    """Tell whether the check of today has still to begin; *last* began last."""
    began = last.began_at if last is not None else None
    at = ctx.policy(CanaryPolicy).at
    return is_owed(ctx.now, at, began, lambda day: ctx.calendar().is_workday(day))


def begin(ctx: Context, run: str) -> bool:
    """Let a check begin, unless there is one of that name; what others left open is given up."""
    if not ctx.uow.canaries.begin(run, ctx.now):
        return False
    for other in ctx.uow.canaries.give_up_others(run, ctx.now):
        _settle(ctx, other)
    _house(ctx)
    ctx.ring("canary")
    return True


def go_on(ctx: Context, run: CanaryRun, step: CanaryStep, **values: Any) -> None:
    """Let a run go on to *step*, unless it has; the alert comes from a timer, as alerts may."""
    if ctx.uow.canaries.move(run, ctx.now, step, **values) and step is CanaryStep.TIMER:
        ctx.set_timer(ALERT, run.id, ctx.now)


def finish(ctx: Context, run: CanaryRun) -> None:
    """Let a run have passed: its alert was taken, and ends."""
    if ctx.uow.canaries.finish(run, ctx.now):
        _settle(ctx, run.id)


def subject_of(run: str) -> str:
    """Return what the alert of a run is about."""
    return f"{_KIND}:{run}"


@registry.timer(ALERT)
def raise_canary(ctx: Context, due: Due) -> None:
    """Raise the alert of a run that waits for it."""
    run = ctx.uow.canaries.get(due.subject)
    if run is None or run.step is not CanaryStep.TIMER:
        return
    if ctx.uow.canaries.move(run, ctx.now, CanaryStep.ALERT):
        ctx.emit(
            AlertAsked(
                unit=CANARY_SECTION,
                kind=_KIND,
                key=run.id,
                grade=Grade.BLUE,
                source=texts.CANARY,
                title=texts.CANARY_TITLE.format(run=run.id),
                text=texts.CANARY_TEXT,
                named=(CANARY_REVIEWER,),
            )
        )


def stuck_check(ctx: Context, run: CanaryRun | None) -> str | None:
    """Say where the last check stands, if that takes too long; None when it does not."""
    if run is None or run.ended_at is not None or _is_on_its_way(ctx, run):
        return None
    return stuck(run.step, run.why)


def last_check(ctx: Context) -> str:
    """Say how the last check went: 今天 09:10通过; or where it stands or got stuck."""
    run = ctx.uow.canaries.last()
    if run is None:
        on = ctx.policy(CanaryPolicy).at
        return texts.CANARY_NONE_YET.format(at=on) if on else texts.CANARY_OFF
    when = short_time(run.began_at, ctx.now)
    if run.passed and run.ended_at is not None:
        seconds = round((run.ended_at - run.began_at) / timedelta(seconds=1))
        return texts.CANARY_PASSED.format(when=when, seconds=seconds)
    if run.ended_at is None and _is_on_its_way(ctx, run):
        return texts.CANARY_ON_ITS_WAY.format(when=when)
    return texts.CANARY_STUCK.format(when=when, where=stuck(run.step, run.why))


def _is_on_its_way(ctx: Context, run: CanaryRun) -> bool:
    return ctx.now - run.began_at <= ctx.policy(CanaryPolicy).patience


def _settle(ctx: Context, run: str) -> None:
    ctx.emit(AlertSubjectSettled(bureau=CANARY, subject=subject_of(run), why=texts.CANARY_OVER))


def _house(ctx: Context) -> None:
    """Make the bureau and its members, at the first run."""
    if ctx.uow.members.get(CANARY_AUTHOR) is not None:
        return
    name, section = texts.CANARY, texts.CANARY_SECTION
    for unit in (
        Unit(id=CANARY, bureau=CANARY, parent=None, kind=UnitKind.CANARY, name=name, path=name),
        Unit(
            id=CANARY_SECTION,
            bureau=CANARY,
            parent=CANARY,
            kind=UnitKind.SECTION,
            name=section,
            path=f"{name}/{section}",
        ),
    ):
        ctx.uow.members.add_unit(unit)
    for userid, name, home, roles in _PEOPLE:
        ctx.uow.members.save(Member(userid=userid, name=name, unit=home, bureau=CANARY, aliases=[]))
        ctx.uow.members.set_roles(userid, {(role, home) for role in roles})
