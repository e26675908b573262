"""The way of one draft: its gates, what has passed its present text, what is carried over."""

from collections.abc import Sequence

from handlers.kit.context import Context
from handlers.rules.routes import Stop
from handlers.rules.wording import only_wording_changed
from storage.models import Draft, DraftVersion, GatePass, ReviewTask
from storage.vocabulary import Passage, Verdict


def stops(draft: Draft) -> tuple[Stop, ...]:
    return tuple(Stop.read(written) for written in draft.route)


def stop_at(draft: Draft, place: int) -> Stop:
    return Stop.read(draft.route[place])


def set_stop(draft: Draft, place: int, stop: Stop) -> None:
    """Change a gate of this draft's way, its own copy of the route."""
    draft.route = [*draft.route[:place], stop.write(), *draft.route[place + 1 :]]


def passed(ctx: Context, draft: Draft) -> set[tuple[int, str]]:
    """Return the (gate, seat) pairs that have passed the draft's present text."""
    return {(one.gate, one.seat) for one in ctx.uow.reviews.passes(draft.id, draft.version)}


def pass_decided(ctx: Context, task: ReviewTask) -> None:
    """Note that the task's seat approved the version that it was put before."""
    ctx.uow.reviews.let_pass(
        [
            GatePass(
                draft=task.draft,
                version=task.version,
                gate=task.gate,
                seat=task.seat,
                how=Passage.DECIDED,
                passed_at=ctx.now,
                task=task.id,
            )
        ]
    )


def pass_skipped(ctx: Context, draft: Draft, seat: str) -> None:
    """Note that nobody could be asked at a seat of a gate that may be skipped."""
    ctx.uow.reviews.let_pass(
        [
            GatePass(
                draft=draft.id,
                version=draft.version,
                gate=draft.gate,
                seat=seat,
                how=Passage.SKIPPED,
                passed_at=ctx.now,
            )
        ]
    )
    ctx.audit("review:skip", draft.id, after={"gate": draft.gate, "seat": seat})


def carry_over(ctx: Context, draft: Draft) -> int:
    """Let approvals stay good for the draft's present version, where the route says so.

    An approval is carried if, since the very text that was approved, only the wording has changed
    and no picture has come or gone; it is recorded as carried, with the decision that it rests on.
    Returns how many were.
    """
    present = ctx.uow.drafts.version(draft.id, draft.version)
    route = stops(draft)
    texts: dict[int, bool] = {}
    carried: list[GatePass] = []
    decided_on = {
        decision.task: decision.version
        for decision in ctx.uow.reviews.decisions(draft.id)
        if decision.verdict is Verdict.APPROVE
    }
    names = ctx.uow.members.names_in(draft.bureau)
    pictured = max((one.created_at for one in ctx.uow.drafts.attachments(draft.id)), default=None)
    for one in ctx.uow.reviews.passes(draft.id, draft.version - 1):
        if one.task is None or not route[one.gate].gate.carries_wording:
            continue
        if pictured is not None and pictured > one.passed_at:
            continue
        read = decided_on[one.task]
        if read not in texts:
            old = ctx.uow.drafts.version(draft.id, read)
            none_gone = len(old.pictures) <= len(present.pictures)
            texts[read] = none_gone and _same_but_for_words(old, present, names)
        if texts[read]:
            carried.append(_carried(ctx, draft, one))
    ctx.uow.reviews.let_pass(carried)
    if carried:
        gates = sorted({one.gate for one in carried})
        ctx.audit("review:carry", draft.id, after={"version": draft.version, "gates": gates})
    return len(carried)


def _carried(ctx: Context, draft: Draft, one: GatePass) -> GatePass:
    return GatePass(
        draft=draft.id,
        version=draft.version,
        gate=one.gate,
        seat=one.seat,
        how=Passage.CARRIED,
        passed_at=ctx.now,
        task=one.task,
    )


def _same_but_for_words(old: DraftVersion, new: DraftVersion, names: Sequence[str]) -> bool:
    return only_wording_changed(f"{old.title}\n{old.body}", f"{new.title}\n{new.body}", names)
