"""Opening gates: which comes next, who is asked there, and when he is reminded."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from handlers.kit.context import Context
from handlers.kit.finding import ROLE_NAMES, gate_name, named
from handlers.kit.messages import Text
from handlers.reviews import texts, way
from handlers.reviews.benches import bench_of, with_seats
from handlers.reviews.cards import approved_before, card_for
from handlers.reviews.people import names
from handlers.reviews.policy import ReviewPolicy
from handlers.rules.calendar import add_working_days, add_working_hours
from handlers.rules.reviewers import Bench, Holder
from handlers.rules.routes import Gate, Stop, next_gate
from handlers.rules.seats import is_confirmation
from storage.models import Draft, ReviewHolder, ReviewTask
from storage.vocabulary import Role, TaskId

_BEFORE = 0.75
"""The part of a gate's own time limit after which its reviewers are first reminded."""


def advance(ctx: Context, draft: Draft) -> tuple[bool, str]:
    """Put the draft before the first gate that has not approved its present text.

    Return whether there is one, and what the sender should know. A gate that may be skipped and
    cannot be staffed is passed over, and that is said.
    """
    passed, said = way.passed(ctx, draft), ""
    while (place := next_gate(way.stops(draft), passed)) is not None:
        draft.gate = place
        skipped, words = open_gate(ctx, draft, passed)
        said += words
        if not skipped:
            return True, said
        passed |= skipped
    return False, said


def open_gate(
    ctx: Context, draft: Draft, passed: set[tuple[int, str]]
) -> tuple[set[tuple[int, str]], str]:
    """Ask everybody who must agree at the draft's gate and has neither agreed nor been asked.

    1. Fix the seats, unless some have passed this text already.
    2. For each seat, choose the reviewers by the two-person rule and the ladder.
    3. Give each his card, and set the clocks.
    4. Nobody to seat: the administrators hear it at once, and the clocks try again; a gate that may
       be skipped is.

    Return the seats that were skipped if that leaves nobody to wait for, and what to say.
    """
    stop = way.stop_at(draft, draft.gate)
    if not any(gate == draft.gate for gate, _ in passed):
        stop = with_seats(ctx, draft, stop)
        way.set_stop(draft, draft.gate, stop)
    open_tasks = ctx.uow.reviews.open_tasks(draft.id)
    waiting = {task.seat for task in open_tasks}
    missing = [seat for seat in stop.needed if (draft.gate, seat) not in passed]
    skipped: set[tuple[int, str]] = set()
    opened: list[tuple[ReviewTask, Bench]] = []
    for seat in missing:
        if seat in waiting:
            continue
        bench = bench_of(ctx, draft, stop, seat)
        if stop.gate.skippable and not bench.of_own_role:
            way.pass_skipped(ctx, draft, seat)
            skipped.add((draft.gate, seat))
        else:
            opened.append((_open(ctx, draft, stop, seat, bench), bench))
    said = texts.SKIPPED.format(gate=gate_name(stop.gate)) if skipped else ""
    if not opened and not waiting:
        return skipped, said
    return set(), said + _next(ctx, stop, opened, open_tasks)


def _open(ctx: Context, draft: Draft, stop: Stop, seat: str, bench: Bench) -> ReviewTask:
    task = ReviewTask(
        id=TaskId(ctx.new_id()),
        draft=draft.id,
        version=draft.version,
        gate=draft.gate,
        role=bench.role,
        opened_at=ctx.now,
        due_at=ctx.now,
        seat=seat,
    )
    set_clocks(ctx, task, stop.gate)
    ctx.uow.reviews.open(task, ())
    add_holders(ctx, draft, task, bench.holders)
    if not bench.holders:
        shout(ctx, draft, task)
    return task


def put_again(ctx: Context, draft: Draft, task: ReviewTask) -> None:
    """Put the draft's present text before those who were to decide *task* on an older one."""
    again = ReviewTask(
        id=TaskId(ctx.new_id()),
        draft=draft.id,
        version=draft.version,
        gate=task.gate,
        role=task.role,
        opened_at=ctx.now,
        due_at=task.due_at,
        seat=task.seat,
    )
    set_clocks(ctx, again, way.stop_at(draft, task.gate).gate)
    ctx.uow.reviews.open(again, ())
    holders = [
        Holder(member=one.member, standing=one.standing, on_behalf_of=one.on_behalf_of)
        for one in ctx.uow.reviews.holders(task.id)
    ]
    add_holders(ctx, draft, again, holders)


def _next(
    ctx: Context,
    stop: Stop,
    opened: Sequence[tuple[ReviewTask, Bench]],
    waiting: Sequence[ReviewTask],
) -> str:
    """Say who is asked now, or who is still waited for."""
    gate = gate_name(stop.gate)
    if not opened:
        holders = ctx.uow.reviews.seated([task.id for task in waiting])
        return texts.STILL.format(who=names(ctx, [holder.member for holder in holders]))
    if any(not bench.holders for _, bench in opened):
        return texts.NEXT_NOBODY.format(role=gate)
    who = names(ctx, [holder.member for _, bench in opened for holder in bench.holders])
    task, bench = opened[0]
    if all(each.seat in stop.countersigners for each, _ in opened):
        confirmed = all(is_confirmation(each.seat) for each, _ in opened)
        return (texts.NEXT_CONFIRM if confirmed else texts.NEXT_ASKED).format(who=who)
    if len(stop.needed) > 1:
        return texts.NEXT_ALL.format(gate=gate, who=who)
    if not bench.of_own_role:
        return texts.NEXT_CLIMBED.format(role=gate, instead=ROLE_NAMES[bench.role], who=who)
    if (approved := approved_before(ctx, task)) is not None:
        return texts.NEXT_AGAIN.format(version=approved.number, role=gate, who=who)
    return texts.NEXT.format(role=gate, who=who)


def add_holders(
    ctx: Context,
    draft: Draft,
    task: ReviewTask,
    holders: Sequence[Holder],
    *,
    turn: str = "",
    card_at: datetime | None = None,
) -> None:
    """Let *holders* decide the task, and give each a card of his own, now or at *card_at*.

    *turn* tells the card of one who had one before, and gave the task away, from his first.
    """
    ctx.uow.reviews.add_holders(
        [
            ReviewHolder(
                task=task.id,
                member=holder.member,
                standing=holder.standing,
                on_behalf_of=holder.on_behalf_of,
            )
            for holder in holders
        ]
    )
    for holder in holders:
        ctx.tell(
            "review_request",
            [holder.member],
            card_for(ctx, draft, task, holder),
            subject=task.id,
            stage=turn,
            due_at=card_at,
        )


def shout(ctx: Context, draft: Draft, task: ReviewTask) -> None:
    """Tell the administrators, of another bureau if this one has none, that nobody can review."""
    gate = gate_name(way.stop_at(draft, task.gate).gate)
    said = texts.NOBODY.format(name=named(draft), role=gate)
    own = ctx.uow.members.holding(Role.ADMIN, draft.unit)
    ctx.tell(
        "nobody_to_review",
        own or ctx.uow.members.anywhere(Role.ADMIN),
        Text(text=said),
        subject=task.id,
        stage=str(task.escalations),
    )


AT_THE_LIMIT = 1
"""The stage of the reminder that comes when the task is due."""


def set_clocks(ctx: Context, task: ReviewTask, gate: Gate, *, turn: int = 0) -> None:
    """Set when the task is due, when its reviewers are reminded, and when others are asked.

    With a time limit of its own: before the limit, at it, and a working day after it. Without: as
    the bureau's usual patience says. Between the last two somebody else is asked. *turn* tells the
    clocks of one who took the task over from those of the first.
    """
    policy, calendar = ctx.policy(ReviewPolicy), ctx.calendar()
    if gate.hours:
        first = add_working_hours(ctx.now, gate.hours * _BEFORE, calendar)
        task.due_at = add_working_hours(ctx.now, gate.hours, calendar)
    else:
        first = add_working_hours(ctx.now, policy.first_reminder_hours, calendar)
        task.due_at = add_working_days(ctx.now, policy.second_reminder_days, calendar)
    late = add_working_days(task.due_at, 1, calendar)
    mark = f"{turn}." if turn else ""
    for stage, moment in enumerate((first, task.due_at, late)):
        ctx.set_timer("review_reminder", task.id, moment, stage=f"{mark}{stage}", stage_no=stage)
    set_escalation(ctx, task, after=task.due_at - ctx.now, mark=mark)


def set_escalation(
    ctx: Context, task: ReviewTask, *, after: timedelta = timedelta(0), mark: str = ""
) -> None:
    """Set the clock after which somebody else is asked."""
    hours = ctx.policy(ReviewPolicy).escalate_after_hours
    due = add_working_hours(ctx.now + after, hours, ctx.calendar())
    stage = task.escalations
    ctx.set_timer("review_escalation", task.id, due, stage=f"{mark}{stage}", stage_no=stage)
