"""A run: started by what reached the grade or by hand, each task an alert that climbs, its end."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from handlers.contingencies import texts
from handlers.contingencies.plans import plans_of
from handlers.contingencies.registry import TOLD, registry
from handlers.kit.asked import Due
from handlers.kit.context import SYSTEM, Context
from handlers.kit.events import (
    AlertAsked,
    AlertEnded,
    AlertSubjectSettled,
    AlertTaken,
    CaseActUndone,
    CaseAssigned,
    CaseClosed,
    CaseGraded,
    IncidentEnded,
    IncidentGraded,
    RunsOfCaseAsked,
)
from handlers.kit.messages import Text
from handlers.kit.on_duty import ON_DUTY, on_duty
from handlers.rules.calendar import WorkCalendar, local, short_time
from handlers.rules.contingencies import CASE, INCIDENT, Plan, Task, minutes
from handlers.rules.escalation import LEADERS, ROLE_WORDS, later
from storage.models import Case, ContingencyRun, ContingencyTask
from storage.vocabulary import (
    CaseId,
    ContingencyId,
    Grade,
    Role,
    TaskOfPlanId,
    UnitId,
    UserId,
)

KIND, EXERCISED = "contingency", "exercise"
TIMER = "contingency_due"
_NO_CALENDAR = WorkCalendar(exceptions={})
_LEADING = (Role.DEPUTY, Role.PRINCIPAL)


@registry.on(IncidentGraded)
def start_for_incident(ctx: Context, event: IncidentGraded) -> str:
    subject = f"{INCIDENT}:{event.incident_id}"
    return start_all(ctx, event.unit, subject, event.name, event.grade, event.words)


@registry.on(CaseGraded)
def start_for_case(ctx: Context, event: CaseGraded) -> str:
    case = ctx.uow.cases.get(event.case_id)
    if case is None:
        return ""
    words = f"{case.title}\n{case.place}\n{case.demands}"
    return start_all(ctx, case.unit, *matter_of(case), event.grade, words)


def matter_of(case: Case) -> tuple[str, str]:
    """Return how a run names the case that it is for, for itself and for people."""
    return f"{CASE}:{case.id}", texts.OF_CASE.format(number=case.number, title=case.title)


def start_all(
    ctx: Context, unit: UnitId, subject: str, title: str, grade: Grade, words: str
) -> str:
    """Start each plan that fits and does not run for the subject yet; say which."""
    kind = subject.partition(":")[0]
    bureau = ctx.uow.members.unit(unit).bureau
    fitting = [one for one in plans_of(ctx, bureau) if one.fits(kind, grade, words)]
    if not fitting:
        return ""
    runs = ctx.uow.contingencies.of_subject
    begun = {run.plan for each in (subject, *_linked(ctx, subject)) for run in runs(each)}
    said = [
        begin(ctx, unit, plan, subject, title, grade)[1]
        for plan in fitting
        if plan.name not in begun
    ]
    return "\n".join(said)


def _linked(ctx: Context, subject: str) -> Sequence[str]:
    """Return how runs name what is one matter with a subject: a case and its emergencies are."""
    kind, _, named_by = subject.partition(":")
    if kind == CASE:
        incidents = ctx.uow.incidents.linked_to(CaseId(named_by))
        return [f"{INCIDENT}:{one.id}" for one in incidents]
    incident = ctx.uow.incidents.get(named_by)
    return [f"{CASE}:{incident.case}"] if incident is not None and incident.case else []


def begin(
    ctx: Context, unit: UnitId, plan: Plan, subject: str, title: str, grade: Grade
) -> tuple[ContingencyRun, str]:
    """Start a plan and say so; without a subject it is an exercise, and every message says so."""
    year, bureau = local(ctx.now).year, ctx.uow.members.unit(unit).bureau
    run = ContingencyRun(
        id=ContingencyId(ctx.new_id()),
        bureau=bureau,
        unit=unit,
        year=year,
        number=ctx.uow.ledger.next_number(bureau, year, "contingency"),
        plan=plan.name,
        subject=subject,
        title=title,
        grade=grade,
        exercise=not subject,
        started_by=ctx.me.userid if ctx.me is not None else SYSTEM,
        started_at=ctx.now,
    )
    if run.exercise:
        run.subject = f"{EXERCISED}:{run.id}"
    tasks = [_task(ctx, run, position, task) for position, task in enumerate(plan.tasks, 1)]
    ctx.uow.contingencies.add(run, tasks)
    for task in tasks:
        _send(ctx, run, task)
    ctx.audit("contingency:start", run.id, after={"plan": plan.name, "exercise": run.exercise})
    if not run.exercise:
        begun = texts.BEGUN_TOLD.format(
            name=named(run), title=title, count=len(tasks), number=run.number
        )
        _tell_leads(ctx, run, begun, "begun")
    names = _names(ctx, tasks)
    lines = [
        texts.LINE.format(
            position=one.position,
            words=one.words,
            who=names[one.position],
            due=_by(one.due_at, ctx.now),
        )
        for one in tasks
    ]
    said = texts.BEGUN.format(name=named(run), count=len(tasks), lines="\n".join(lines))
    return run, said


def named(run: ContingencyRun) -> str:
    return texts.NAME.format(mark=mark(run), number=run.number, plan=run.plan)


def mark(run: ContingencyRun) -> str:
    return texts.MARK if run.exercise else ""


def _task(ctx: Context, run: ContingencyRun, position: int, task: Task) -> ContingencyTask:
    return ContingencyTask(
        id=TaskOfPlanId(ctx.new_id()),
        run=run.id,
        position=position,
        words=task.words,
        due_at=later(ctx.now, task.within, _NO_CALENDAR),
        told=[str(one) for one in _people(ctx, run, task.tell)],
    )


def _people(ctx: Context, run: ContingencyRun, words: Sequence[str]) -> Sequence[UserId]:
    """Return whom words stand for now: the roster's for duty, else who holds the role nearest.

    A roster that names nobody for it leaves the office.
    """
    office = ctx.uow.members.holding(Role.OFFICE, run.unit)
    on = on_duty(ctx, run.bureau, office) if ON_DUTY.keys() & set(words) else {}
    found: list[UserId] = []
    for word in words:
        roles = _LEADING if word == LEADERS else ROLE_WORDS[word]
        held = [one for role in roles for one in _holding(ctx, role, run.unit)]
        found += (on[word] or office) if word in on else held
    return list(dict.fromkeys(found))


def _holding(ctx: Context, role: Role, unit: UnitId) -> Sequence[UserId]:
    members = ctx.uow.members
    return members.deputies(unit) if role is Role.DEPUTY else members.holding(role, unit)


def _send(ctx: Context, run: ContingencyRun, task: ContingencyTask, stage: str = "") -> None:
    """Let a task's alert ask for somebody, and its clock run, again where there is a *stage*."""
    said = texts.TASK.format(
        mark=mark(run),
        plan=run.plan,
        title=run.title,
        position=task.position,
        words=task.words,
        due=_by(task.due_at, ctx.now),
    )
    raised = ctx.emit(
        AlertAsked(
            unit=run.unit,
            kind=EXERCISED if run.exercise else KIND,
            key=task.id,
            grade=run.grade,
            source=texts.EXERCISE if run.exercise else texts.REAL,
            title=texts.TITLE.format(mark=mark(run), words=task.words),
            text=said,
            named=tuple(UserId(one) for one in task.told),
        )
    )
    task.alert = raised[0] if raised else ""
    ctx.set_timer(TIMER, task.id, max(task.due_at, ctx.now), stage=stage)


def _by(due: datetime, now: datetime) -> str:
    """Write when a task is due; the day as well where it is not today."""
    there = local(due)
    return f"{there:%H:%M}" if there.date() == local(now).date() else short_time(due, now)


def _names(ctx: Context, tasks: Sequence[ContingencyTask]) -> dict[int, str]:
    names = ctx.uow.members.names({UserId(one) for task in tasks for one in task.told})
    return {
        task.position: "、".join(names.get(UserId(one), one) for one in task.told) or texts.NOBODY
        for task in tasks
    }


def _of_alert(ctx: Context, subject: str) -> ContingencyTask | None:
    kind, _, key = subject.partition(":")
    return ctx.uow.contingencies.task(key) if kind in {KIND, EXERCISED} else None


@registry.on(AlertTaken)
def take(ctx: Context, event: AlertTaken) -> None:
    task = _of_alert(ctx, event.subject)
    if task is not None and task.done_at is None:
        task.taken_by = ctx.sender.userid
        task.taken_at = task.taken_at or ctx.now


@registry.on(CaseAssigned)
def hand_on(ctx: Context, event: CaseAssigned) -> None:
    """Let what nobody has taken yet ask the section that has the case now."""
    for run in ctx.uow.contingencies.of_subject(f"{CASE}:{event.case_id}"):
        if run.ended_at is None:
            run.unit = event.unit
            _address_again(ctx, run)


def _address_again(ctx: Context, run: ContingencyRun) -> None:
    """Ask whom the words of the plan stand for now, where somebody is new among them."""
    written = {one.words: one for plan in plans_of(ctx, run.bureau) for one in plan.tasks}
    for task in ctx.uow.contingencies.tasks(run.id):
        if task.taken_at is not None or task.done_at is not None or task.words not in written:
            continue
        told = [str(one) for one in _people(ctx, run, written[task.words].tell)]
        if set(told) <= set(task.told):
            continue
        subject, why = f"{KIND}:{task.id}", texts.HANDED_ON
        task.told = told
        ctx.emit(AlertSubjectSettled(bureau=run.bureau, subject=subject, why=why))
        _send(ctx, run, task)


@registry.on(AlertEnded)
def finish_task(ctx: Context, event: AlertEnded) -> None:
    """Write down that a task is done, where somebody says so; with the last one it is over."""
    if not event.by_hand:
        return
    task = _of_alert(ctx, event.subject)
    run = ctx.uow.contingencies.get(task.run) if task is not None else None
    if task is None or run is None or task.done_at is not None or run.ended_at is not None:
        return
    task.done_by = ctx.me.userid if ctx.me is not None else SYSTEM
    task.done_at, task.done_words = ctx.now, event.why
    ctx.uow.timers.cancel(task.id)
    tasks = ctx.uow.contingencies.tasks(run.id)
    if any(one.done_at is None for one in tasks):
        return
    run.ended_at, run.ended_why = ctx.now, texts.ALL_DONE
    _tell_leads(ctx, run, report(ctx, run), "done", run.started_by)


def report(ctx: Context, run: ContingencyRun) -> str:
    """Say how long everything took, and each task."""
    tasks = ctx.uow.contingencies.tasks(run.id)
    done = [one.done_at for one in tasks if one.done_at is not None]
    taken = [one.taken_at for one in tasks if one.taken_at is not None]
    ended = run.ended_at or ctx.now
    head = texts.REPORT.format(
        name=named(run),
        done=len(done),
        count=len(tasks),
        minutes=minutes(ended - run.started_at),
        taken=texts.SLOWEST.format(minutes=minutes(max(taken) - run.started_at)) if taken else "",
        late=sum((one.done_at or ended) > one.due_at for one in tasks),
    )
    return "\n".join([head, *lines_of(ctx, run)])


def _tell_leads(ctx: Context, run: ContingencyRun, said: str, stage: str, *others: UserId) -> None:
    """Tell who leads on duty, or leads there at all, and *others*."""
    wanted = {*_people(ctx, run, ("lead_duty", "deputy")), *others} - {SYSTEM}
    told = ctx.uow.members.people(wanted)
    ctx.tell(TOLD, sorted(told), Text(text=said), subject=run.id, stage=stage)


@registry.timer(TIMER)
def tell_overdue(ctx: Context, due: Due) -> None:
    """Tell that a task was not done in time: who got it, who took it, and who leads."""
    task = ctx.uow.contingencies.task(due.subject)
    run = ctx.uow.contingencies.get(task.run) if task is not None else None
    if task is None or run is None or task.done_at is not None or run.ended_at is not None:
        return
    has = [task.taken_by] if task.taken_at is not None else [UserId(one) for one in task.told]
    names = ctx.uow.members.names(has)
    said = texts.OVERDUE.format(
        name=named(run),
        position=task.position,
        words=task.words,
        due=_by(task.due_at, ctx.now),
        who="、".join(names.values()) or texts.NOBODY,
    )
    leads = _people(ctx, run, ("lead_duty", "deputy"))
    told = ctx.uow.members.people([*has, *leads])
    ctx.tell(TOLD, sorted(told), Text(text=said), subject=task.id, stage="overdue")


@registry.on(IncidentEnded)
def end_with_incident(ctx: Context, event: IncidentEnded) -> None:
    _end_all(ctx, f"{INCIDENT}:{event.incident_id}", event.why)


@registry.on(CaseClosed)
def end_with_case(ctx: Context, event: CaseClosed) -> None:
    """End what runs for a case; what runs for one that was merged goes on for the other."""
    subject = f"{CASE}:{event.case_id}"
    case = ctx.uow.cases.get(event.case_id)
    if case is not None and case.merged_into:
        other = f"{CASE}:{case.merged_into}"
        begun = {run.plan for run in ctx.uow.contingencies.of_subject(other)}
        for run in ctx.uow.contingencies.of_subject(subject):
            if run.ended_at is None and run.plan not in begun:
                run.subject = other
    _end_all(ctx, subject, "")


@registry.on(CaseActUndone)
def follow_undoing(ctx: Context, event: CaseActUndone) -> None:
    """End what the act that was taken back had started; what it had ended goes on.

    What went on for the case that it was merged into goes on for itself.
    """
    if event.merged_into:
        _return_to(ctx, event.case_id, event.runs)
    for run in ctx.uow.contingencies.of_subject(f"{CASE}:{event.case_id}"):
        began = run.started_at == event.at and not event.merged_into
        if run.ended_at is None and began:
            end(ctx, run, texts.GRADE_UNDONE)
        elif run.ended_at == event.at and run.ended_why == _over(""):
            _resume(ctx, run)


def _return_to(ctx: Context, case_id: CaseId, runs: Sequence[str]) -> None:
    """Let runs be a case's own again, through however many others they went; each keeps its name.

    What ended with one of those goes on.
    """
    for run in filter(None, map(ctx.uow.contingencies.get, runs)):
        followed, run.subject = run.subject != f"{CASE}:{case_id}", f"{CASE}:{case_id}"
        if followed and run.ended_why == _over(""):
            _resume(ctx, run)


@registry.on(RunsOfCaseAsked)
def add_runs(ctx: Context, event: RunsOfCaseAsked) -> None:
    runs = ctx.uow.contingencies.of_subject(f"{CASE}:{event.case_id}")
    event.found.extend(run.id for run in runs if run.ended_at is None)


def _resume(ctx: Context, run: ContingencyRun) -> None:
    """Let a run go on that had ended: what is not done is asked for again."""
    stage, run.ended_at, run.ended_why = f"{run.ended_at}", None, ""
    for task in ctx.uow.contingencies.tasks(run.id):
        if task.done_at is None:
            _send(ctx, run, task, stage)
    ctx.audit("contingency:resume", run.id)


def _over(why: str) -> str:
    return texts.SUBJECT_OVER.format(why=why).rstrip("：")


def _end_all(ctx: Context, subject: str, why: str) -> None:
    for run in ctx.uow.contingencies.of_subject(subject):
        if run.ended_at is None and run.subject == subject:
            end(ctx, run, _over(why))


def end(ctx: Context, run: ContingencyRun, why: str) -> int:
    """End a run: what is not done yet is not asked for any more; return how many that are."""
    run.ended_at, run.ended_why = ctx.now, why
    left = [one for one in ctx.uow.contingencies.tasks(run.id) if one.done_at is None]
    kind = EXERCISED if run.exercise else KIND
    for task in left:
        ctx.uow.timers.cancel(task.id)
        ctx.emit(AlertSubjectSettled(bureau=run.bureau, subject=f"{kind}:{task.id}", why=why))
    ctx.audit("contingency:end", run.id, after={"why": why, "left": len(left)})
    return len(left)


def lines_of(ctx: Context, run: ContingencyRun) -> list[str]:
    """Say of each task who has it since when, or who did it in which time."""
    tasks = ctx.uow.contingencies.tasks(run.id)
    told = _names(ctx, tasks)
    acted = {one.taken_by for one in tasks} | {one.done_by for one in tasks}
    names = ctx.uow.members.names(acted)
    return [_line(ctx, run, task, told[task.position], names) for task in tasks]


def _line(
    ctx: Context, run: ContingencyRun, task: ContingencyTask, told: str, names: Mapping[UserId, str]
) -> str:
    facts = {"position": task.position, "words": task.words, "alert": task.alert.partition("《")[0]}
    over = (task.done_at or run.ended_at or ctx.now) - task.due_at
    late = texts.LATE.format(minutes=minutes(over)) if over.total_seconds() > 0 else ""
    if task.done_at is not None:
        return texts.STATE_DONE.format(
            who=names.get(task.done_by, ""),
            when=short_time(task.done_at, ctx.now),
            minutes=minutes(task.done_at - run.started_at),
            late=late,
            taken=_taken_in(run, task),
            what=f"：{task.done_words}" if task.done_words else "",
            **facts,
        )
    if run.ended_at is not None:
        who = names.get(task.taken_by, "") or told
        return texts.STATE_LEFT.format(who=who, **facts)
    due = _by(task.due_at, ctx.now)
    over_due = texts.OVER_DUE if late else ""
    if task.taken_at is not None:
        when = short_time(task.taken_at, ctx.now)
        who = names.get(task.taken_by, "")
        return texts.STATE_TAKEN.format(who=who, when=when, due=due, **facts) + over_due
    return texts.STATE_WAITS.format(who=told, due=due, **facts) + over_due


def _taken_in(run: ContingencyRun, task: ContingencyTask) -> str:
    if task.taken_at is None:
        return ""
    return texts.TAKEN_IN.format(minutes=minutes(task.taken_at - run.started_at))


def state_of(ctx: Context, run: ContingencyRun) -> str:
    if run.ended_at is not None:
        return texts.ENDED.format(why=run.ended_why)
    tasks = ctx.uow.contingencies.tasks(run.id)
    done = sum(one.done_at is not None for one in tasks)
    return texts.RUNNING.format(done=done, count=len(tasks))
