"""The card that puts a draft before a reviewer."""

from collections.abc import Sequence

from handlers.kit.alike import percent
from handlers.kit.context import Context
from handlers.kit.finding import gate_name
from handlers.kit.messages import Button, ButtonCard
from handlers.kit.proofs import slip_of
from handlers.reviews import texts
from handlers.reviews.people import names
from handlers.reviews.way import stop_at
from handlers.rules.calendar import short_time
from handlers.rules.clipping import clipped
from handlers.rules.differences import differences, short_form
from handlers.rules.reviewers import Holder
from handlers.rules.seats import is_confirmation
from storage.models import Draft, DraftVersion, ReviewTask
from storage.vocabulary import Handing, Standing, Verdict

_SUMMARY = 160
"""Characters that a card shows below its facts."""


def card_for(ctx: Context, draft: Draft, task: ReviewTask, holder: Holder) -> ButtonCard:
    """Return the card for one who may decide the task.

    Where the gate has approved an older text, it shows what was changed since; else the beginning
    of the text.
    """
    present = ctx.uow.drafts.version(draft.id, draft.version)
    approved = approved_before(ctx, task)
    gate = stop_at(draft, task.gate).gate
    slip = slip_of(present.findings)
    words = texts.CARD_WORDS.format(number=draft.number)
    to_check = _clip(texts.CHECKLIST.format(lines="；".join(gate.checklist)), _SUMMARY // 2)
    above = [*_condition(ctx, task), *([to_check] if gate.checklist else [])]
    room = _SUMMARY - sum(len(line) + 1 for line in (words, *above))
    shown = _clip(present.body, room) if approved is None else _changes(approved, present, room)
    values = {
        "unit": ctx.uow.members.unit(draft.unit).name,
        "author": names(ctx, [draft.author]),
        "gate": gate_name(gate),
        "characters": str(len(present.body)),
        "proof": texts.CARD_PROOF.format(slip=slip) if slip else "",
        "due": short_time(task.due_at, ctx.now),
    }
    return ButtonCard(
        card_id=ctx.new_id(),
        source=texts.SOURCE,
        title=texts.CARD_TITLE.format(number=draft.number),
        description=draft.title + _standing(ctx, draft, task, holder),
        facts=(
            *((name, value.format(**values)) for name, value in texts.CARD_FACTS),
            *_alike(ctx, draft),
        ),
        summary="\n".join([*above, shown, words]),
        url=ctx.link(f"drafts/{draft.id}", holder.member),
        buttons=(
            Button(label=texts.APPROVE, key=f"review:approve:{task.id}", style="primary"),
            Button(label=texts.RETURN, key=f"review:return:{task.id}", style="danger"),
        ),
    )


def approved_before(ctx: Context, task: ReviewTask) -> DraftVersion | None:
    """Return the latest older version that the task's gate and seat approved."""
    seats = {one.id: one.seat for one in ctx.uow.reviews.tasks(task.draft)}
    versions = [
        decision.version
        for decision in ctx.uow.reviews.decisions(task.draft)
        if decision.verdict is Verdict.APPROVE
        and (decision.gate, seats[decision.task]) == (task.gate, task.seat)
        and decision.version < task.version
    ]
    return ctx.uow.drafts.version(task.draft, max(versions)) if versions else None


def _alike(ctx: Context, draft: Draft) -> Sequence[tuple[str, str]]:
    """Name the draft that this one is most like; whoever may see it can look at it."""
    found = ctx.uow.similar.found(draft.id, draft.version)
    if not found:
        return ()
    degree = percent(max(found[0].shared, found[0].contained))
    return ((texts.CARD_ALIKE, texts.ALIKE.format(number=found[0].number, degree=degree)),)


def _changes(old: DraftVersion, new: DraftVersion, room: int) -> str:
    before, after = f"{old.title}\n{old.body}", f"{new.title}\n{new.body}"
    said = texts.CHANGES.format(version=old.number)
    return _clip(said + short_form(differences(before, after), room - len(said)), room)


def _standing(ctx: Context, draft: Draft, task: ReviewTask, holder: Holder) -> str:
    if holder.on_behalf_of:
        return texts.ON_BEHALF.format(absent=names(ctx, [holder.on_behalf_of]))
    words = {
        Standing.ESCALATED: texts.ESCALATED,
        Standing.TRANSFERRED: texts.TRANSFERRED,
        Standing.COUNTERSIGNER: texts.COUNTERSIGNING,
        Standing.CONFIRMER: texts.CONFIRMING,
    }.get(holder.standing, "")
    return words.format(gate=gate_name(stop_at(draft, task.gate).gate))


def _condition(ctx: Context, task: ReviewTask) -> Sequence[str]:
    """Return the words of the condition that is to be confirmed, if one is."""
    if not is_confirmation(task.seat):
        return ()
    conditions = [
        one.reason
        for one in ctx.uow.reviews.handovers(task.draft)
        if one.kind is Handing.CONFIRM and one.gate == task.gate
    ]
    return (_clip(texts.CONDITION.format(condition=conditions[-1]), _SUMMARY // 2),)


def _clip(text: str, room: int) -> str:
    return clipped(" ".join(text.split()), room)
