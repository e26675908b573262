"""预案, 启动预案, 演练, 看预案, 结束预案: what is said about emergency plans."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from handlers.contingencies import meanings, running, texts
from handlers.contingencies.plans import plans_of
from handlers.contingencies.registry import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import sees_as
from handlers.kit.listing import fitting
from handlers.kit.on_duty import is_on_duty
from handlers.rules.calendar import short_time
from handlers.rules.cases.flow import ENDED
from handlers.rules.contingencies import INCIDENT, Plan, called
from handlers.rules.visibility import may_run_contingency, may_see_contingencies, may_see_run
from storage.models import ContingencyRun, Incident
from storage.vocabulary import Grade, Role, UnitId

_STARTERS = frozenset({Role.OFFICE, Role.DUTY, Role.LEAD_DUTY, Role.DEPUTY, Role.PRINCIPAL})
_INCIDENT = re.compile(r"\s*(?:为|给|用于)?(?:的)?紧急(?:信息)?\s*第?(\d{1,4})\s*号?")
_CASE = re.compile(r"\s*(?:为|给|用于)?第?(?:(\d{1,6})\s*号舆情|舆情\s*第?(\d{1,6})\s*号?)")
_SHOWN = 5
_FEW = 4


@registry.command(
    "预案",
    "应急预案",
    takes=Takes.NOTHING,
    usage="预案",
    purpose="看有哪些应急预案，最近启动过的",
    means=meanings.listing,
    changes=False,
)
def list_contingencies(ctx: Context, _asked: Asked) -> str:
    if not plans_of(ctx, ctx.sender.bureau):
        return texts.NO_PLANS
    plans = "\n".join(fitting([plan_line(one) for one in plans_of(ctx, ctx.sender.bureau)]))
    found = seen(ctx, ctx.uow.contingencies.lately(ctx.sender.bureau, _SHOWN))
    if not found:
        return texts.NONE.format(plans=plans)
    lines = "\n".join(run_line(ctx, one) for one in found)
    return ctx.with_link(texts.LIST.format(plans=plans, runs=lines), "contingencies")


def plan_line(plan: Plan) -> str:
    return texts.PLAN_LINE.format(
        name=plan.name,
        count=len(plan.tasks),
        of="、".join(texts.OF[one] for one in plan.of),
        grade=texts.GRADES[plan.at_least],
        words="、".join(one.replace("+", "…") for one in plan.words[:_FEW]),
    )


def run_line(ctx: Context, run: ContingencyRun) -> str:
    return texts.RUN_LINE.format(
        name=running.named(run),
        title=run.title,
        when=short_time(run.started_at, ctx.now),
        state=running.state_of(ctx, run),
    )


def sees(ctx: Context) -> bool:
    """Tell whether the sender may see what runs in his bureau."""
    is_on = is_on_duty(ctx)
    return any(may_see_contingencies(one, on_duty=is_on) for one in sees_as(ctx))


def seen(ctx: Context, found: Sequence[ContingencyRun]) -> list[ContingencyRun]:
    """Return those of *found* that the sender, or whom he stands in for, may see."""
    own = [run for run in found if run.bureau == ctx.sender.bureau]
    if not own or not sees(ctx):
        return []
    is_on = is_on_duty(ctx)
    lineages = ctx.uow.members.lineages({one.unit for one in own})
    told = ctx.uow.contingencies.told([one.id for one in own])
    people = sees_as(ctx)
    return [
        run
        for run in own
        if any(
            may_see_run(
                who,
                lineages[run.unit],
                exercise=run.exercise,
                was_told=who.userid in told[run.id],
                on_duty=is_on,
            )
            for who in people
        )
    ]


def runs(ctx: Context) -> bool:
    """Tell whether the sender may start plans and exercises, and end them."""
    is_on = is_on_duty(ctx)
    return any(may_run_contingency(one, on_duty=is_on) for one in sees_as(ctx))


def _refuse_others(ctx: Context) -> None:
    if not runs(ctx):
        raise UserError(texts.NOT_YOURS)


def _plan_said(ctx: Context, said: str, word: str) -> Plan:
    plans = plans_of(ctx, ctx.sender.bureau)
    if not plans:
        raise UserError(texts.NO_PLANS)
    names = "、".join(one.name for one in plans)
    if not said:
        raise UserError(texts.WHICH.format(word=word, name=plans[0].name, plans=names))
    found = called(plans, said.strip(" 《》：:"))
    if found is None:
        raise UserError(texts.NO_SUCH.format(plans=names))
    return found


@registry.command(
    "启动预案",
    takes=Takes.WORDS,
    usage="启动预案 燃气泄漏应急预案 3号舆情（或：启动预案 燃气 紧急2）",
    purpose="一件事还没到级别，也照预案办",
    shown_to=_STARTERS,
    means=meanings.start,
    reads=meanings.plan_to_start,
)
def start_contingency(ctx: Context, asked: Asked) -> str:
    """Start a plan for a case or an emergency, whatever its grade.

    Raises:
        UserError: it is not the sender's to do, no plan or matter is named, or it runs already.
    """
    _refuse_others(ctx)
    matter, rest = _matter_said(ctx, asked.text)
    plan = _plan_said(ctx, rest, "启动预案")
    if matter is None:
        raise UserError(texts.FOR_WHICH.format(name=plan.name))
    if any(one.plan == plan.name for one in ctx.uow.contingencies.of_subject(matter.subject)):
        raise UserError(texts.BEGUN_BEFORE.format(name=plan.name, title=matter.title))
    run, said = running.begin(ctx, matter.unit, plan, matter.subject, matter.title, matter.grade)
    return ctx.with_link(said, f"contingencies/{run.id}")


class Matter(NamedTuple):
    """What a plan is started for."""

    subject: str
    title: str
    unit: UnitId
    grade: Grade


def _matter_said(ctx: Context, said: str) -> tuple[Matter | None, str]:
    """Return the case or emergency that words name, else the only emergency in hand; and the rest.

    Whoever may start a plan sees all of his bureau's.

    Raises:
        UserError: there is none of that number.
    """
    bureau = ctx.sender.bureau
    if found := _INCIDENT.search(said):
        incident = ctx.uow.incidents.latest_numbered(bureau, int(found[1]))
        return _of_incident(incident, int(found[1])), _INCIDENT.sub("", said)
    if found := _CASE.search(said):
        digits = next(filter(None, found.groups()))
        case = ctx.uow.cases.latest_numbered(bureau, int(digits))
        if case is None or case.state in ENDED:
            raise UserError(texts.NO_MATTER.format(name=f"{digits}号舆情"))
        matter = running.matter_of(case)
        return Matter(*matter, case.unit, case.grade or case.suggested), _CASE.sub("", said)
    open_ones = ctx.uow.incidents.open_in(bureau)
    return (_of_incident(open_ones[0], 0) if len(open_ones) == 1 else None), said


def _of_incident(incident: Incident | None, number: int) -> Matter:
    if incident is None or not incident.is_open:
        raise UserError(texts.NO_MATTER.format(name=f"紧急{number}号"))
    title = texts.OF_INCIDENT.format(number=incident.number, title=incident.title)
    return Matter(f"{INCIDENT}:{incident.id}", title, incident.unit, incident.counts_as)


@registry.command(
    "演练",
    takes=Takes.WORDS,
    usage="演练 燃气泄漏应急预案",
    purpose="照预案演练，每条消息都标明演练，不计入真实事件",
    shown_to=_STARTERS,
    means=meanings.exercise,
    reads=meanings.plan_named,
)
def exercise_contingency(ctx: Context, asked: Asked) -> str:
    """Run a plan as an exercise: the same tasks and clocks, marked as one in every message."""
    _refuse_others(ctx)
    plan = _plan_said(ctx, asked.text, "演练")
    run, said = running.begin(ctx, ctx.sender.unit, plan, "", texts.EXERCISE_TITLE, plan.at_least)
    return ctx.with_link(said, f"contingencies/{run.id}")


@registry.command(
    "结束演练",
    "结束预案",
    takes=Takes.NUMBER_AND_TEXT,
    usage="结束演练 2",
    purpose="结束一次演练或一次预案，没办完的任务不再催",
    shown_to=_STARTERS,
    means=meanings.end,
    reads=lambda _heard: "",
)
def end_contingency(ctx: Context, asked: Asked) -> str:
    """End a run by hand.

    Raises:
        UserError: it is not the sender's to do, there is none, or it has ended.
    """
    run = _meant(ctx, asked)
    _refuse_others(ctx)
    if run.ended_at is not None:
        raise UserError(texts.OVER.format(name=running.named(run)))
    why = asked.text or texts.STOPPED.format(who=ctx.sender.name)
    left = running.end(ctx, run, why)
    said = texts.ENDED_BY.format(name=running.named(run), open=left)
    return f"{said}\n{running.report(ctx, run)}"


@registry.command(
    "看预案",
    takes=Takes.NUMBER,
    usage="看预案 2",
    purpose="看一次预案或演练：谁有哪项任务，办得怎样",
    means=meanings.show,
    changes=False,
)
def show_contingency(ctx: Context, asked: Asked) -> str:
    run = _meant(ctx, asked)
    lines = running.lines_of(ctx, run)
    said = texts.SHOW.format(
        name=running.named(run),
        title=run.title,
        when=short_time(run.started_at, ctx.now),
        state=running.state_of(ctx, run),
        lines="\n".join(lines) if run.ended_at is None else running.report(ctx, run),
    )
    return ctx.with_link(said, f"contingencies/{run.id}")


def _meant(ctx: Context, asked: Asked) -> ContingencyRun:
    """Return the run that is named by its number, else the only one that runs, else the last.

    Raises:
        UserError: there is none, it is not said which, or it is not the sender's to see.
    """
    said = asked.numbers[0] if asked.numbers else asked.slots.get("run")
    if said is not None:
        return numbered(ctx, int(said))
    lately = seen(ctx, ctx.uow.contingencies.lately(ctx.sender.bureau, _SHOWN))
    on = [one for one in lately if one.ended_at is None] or [*lately[:1]]
    if "演练" in asked.text and (exercises := [one for one in on if one.exercise]):
        on = exercises
    if not on:
        raise UserError(texts.NONE_RUNS)
    if len(on) > 1:
        lines = "\n".join(run_line(ctx, one) for one in on)
        raise UserError(texts.WHICH_RUN.format(lines=lines))
    return on[0]


def numbered(ctx: Context, number: int) -> ContingencyRun:
    """Return the run of that number.

    Raises:
        UserError: there is none, or it is not the sender's to see; the two are told alike.
    """
    run = ctx.uow.contingencies.latest_numbered(ctx.sender.bureau, number)
    if run is None or not seen(ctx, [run]):
        raise UserError(texts.NOT_FOUND.format(number=number))
    return run
