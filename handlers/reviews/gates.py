"""Opening a gate: who may decide, who is told, and when they are reminded."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from handlers.kit.context import Context
from handlers.kit.finding import ROLE_NAMES, named
from handlers.kit.messages import Button, ButtonCard, Text
from handlers.reviews import texts
from handlers.reviews.policy import ReviewPolicy
from handlers.rules.calendar import add_working_days, add_working_hours
from handlers.rules.reviewers import Bench, Holder, seat
from handlers.rules.routes import Gate, Stop
from storage.models import Draft, ReviewHolder, ReviewTask
from storage.vocabulary import Role, Standing, TaskId, UserId

_SUMMARY = 120


def open_gate(ctx: Context, draft: Draft) -> str:
    """Put the draft before the gate that it has come to; return what its sender should know.

    1. Seat the reviewers, by the two-person rule and the ladder.
    2. Give each his card, and set the clocks.
    3. Nobody to seat: the administrators hear it at once, and the clocks try again.
    """
    role = gate_of(draft).roles[0]
    bench = seat_for(ctx, draft, role)
    task = ReviewTask(
        id=TaskId(ctx.new_id()),
        draft=draft.id,
        version=draft.version,
        gate=draft.gate,
        role=bench.role,
        opened_at=ctx.now,
        due_at=ctx.now,
    )
    _set_clocks(ctx, task)
    ctx.uow.reviews.open(task, ())
    add_holders(ctx, draft, task, bench.holders)
    if not bench.holders:
        shout(ctx, draft, task)
        return texts.NEXT_NOBODY.format(role=ROLE_NAMES[role])
    who = names(ctx, [holder.member for holder in bench.holders])
    if bench.role is not role:
        return texts.NEXT_CLIMBED.format(
            role=ROLE_NAMES[role], instead=ROLE_NAMES[bench.role], who=who
        )
    return texts.NEXT.format(role=ROLE_NAMES[role], who=who)


def gate_of(draft: Draft) -> Gate:
    """Return the gate that the draft waits at."""
    return Stop.read(draft.route[draft.gate]).gate


def seat_for(ctx: Context, draft: Draft, role: Role) -> Bench:
    """Choose who may decide the draft's present gate in that role."""
    return seat(
        role,
        lambda rung: ctx.uow.members.holding(rung, draft.unit),
        lambda absent: ctx.uow.members.substitutes_for(absent, ctx.now),
        barred(ctx, draft),
    )


def barred(ctx: Context, draft: Draft) -> Collection[UserId]:
    """Return who may not decide: the author, and whoever has acted at another gate."""
    acted = {
        decision.decided_by
        for decision in ctx.uow.reviews.decisions(draft.id)
        if decision.gate != draft.gate
    }
    return {draft.author, *acted}


def add_holders(ctx: Context, draft: Draft, task: ReviewTask, holders: Sequence[Holder]) -> None:
    """Let *holders* decide the task, and give each a card of his own."""
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
            _card(ctx, draft, task, holder),
            subject=task.id,
        )


def shout(ctx: Context, draft: Draft, task: ReviewTask) -> None:
    """Tell the administrators, of another bureau if this one has none, that nobody can review."""
    said = texts.NOBODY.format(name=named(draft), role=ROLE_NAMES[task.role])
    own = ctx.uow.members.holding(Role.ADMIN, draft.unit)
    ctx.tell(
        "nobody_to_review",
        own or ctx.uow.members.anywhere(Role.ADMIN),
        Text(text=said),
        subject=task.id,
        stage=str(task.escalations),
    )


def names(ctx: Context, members: Collection[UserId]) -> str:
    return "、".join(ctx.uow.members.names(members).values())


def _set_clocks(ctx: Context, task: ReviewTask) -> None:
    policy = ctx.policy(ReviewPolicy)
    calendar = ctx.calendar()
    first = add_working_hours(ctx.now, policy.first_reminder_hours, calendar)
    second = add_working_days(ctx.now, policy.second_reminder_days, calendar)
    ctx.set_timer("review_reminder", task.id, first, stage="0", stage_no=0)
    ctx.set_timer("review_reminder", task.id, second, stage="1", stage_no=1)
    task.due_at = second
    set_escalation(ctx, task, after=second - ctx.now)


def set_escalation(ctx: Context, task: ReviewTask, *, after: timedelta = timedelta(0)) -> None:
    """Set the clock after which somebody else is asked."""
    hours = ctx.policy(ReviewPolicy).escalate_after_hours
    due = add_working_hours(ctx.now + after, hours, ctx.calendar())
    stage = task.escalations
    ctx.set_timer("review_escalation", task.id, due, stage=str(stage), stage_no=stage)


def _card(ctx: Context, draft: Draft, task: ReviewTask, holder: Holder) -> ButtonCard:
    body = ctx.uow.drafts.version(draft.id, draft.version).body
    values = {
        "unit": ctx.uow.members.unit(draft.unit).name,
        "author": names(ctx, [draft.author]),
        "role": ROLE_NAMES[task.role],
        "characters": str(len(body)),
    }
    return ButtonCard(
        card_id=ctx.new_id(),
        source=texts.SOURCE,
        title=texts.CARD_TITLE.format(number=draft.number),
        description=draft.title + _standing(ctx, draft, holder),
        facts=tuple((name, value.format(**values)) for name, value in texts.CARD_FACTS),
        summary=_clip(body) + "\n" + texts.CARD_WORDS.format(number=draft.number),
        buttons=(
            Button(label=texts.APPROVE, key=f"review:approve:{task.id}", style="primary"),
            Button(label=texts.RETURN, key=f"review:return:{task.id}", style="danger"),
        ),
    )


def _standing(ctx: Context, draft: Draft, holder: Holder) -> str:
    if holder.on_behalf_of:
        return texts.ON_BEHALF.format(absent=names(ctx, [holder.on_behalf_of]))
    if holder.standing is Standing.ESCALATED:
        return texts.ESCALATED.format(role=ROLE_NAMES[gate_of(draft).roles[0]])
    return ""


def _clip(body: str) -> str:
    plain = " ".join(body.split())
    return plain if len(plain) <= _SUMMARY else plain[: _SUMMARY - 1] + "…"
