"""What happens may count otherwise: the months that it touches are counted anew, after it.

Counting is a timer's work, due at once: who confirms an adoption does not wait for it, and a sheet
of a thousand of them counts each unit's month once.
"""

from handlers.kit.context import Context
from handlers.kit.events import (
    CallReopened,
    CallSettled,
    DraftAdopted,
    DraftRetracted,
    DraftSigned,
    DraftSubmitted,
    DraftWithdrawn,
    EntryVoided,
    InstructionRecorded,
    OutsideFiguresEntered,
    RegisterFilled,
    SigningUndone,
)
from handlers.rules.calendar import local
from handlers.scores.anew import count_anew
from handlers.scores.commands import registry
from handlers.scores.telling import points_of, units_of
from storage.models import Adoption, Instruction


@registry.on(DraftAdopted)
def count_adoption(ctx: Context, event: DraftAdopted) -> str:
    """Count its month anew; return what its authors are told that it is worth."""
    return _count_and_say(ctx, ctx.uow.adoptions.adoption(event.adoption))


@registry.on(InstructionRecorded)
def count_instruction(ctx: Context, event: InstructionRecorded) -> str:
    return _count_and_say(ctx, ctx.uow.adoptions.instruction(event.instruction))


@registry.on(EntryVoided)
def count_no_longer(ctx: Context, event: EntryVoided) -> None:
    entry = ctx.uow.adoptions.adoption(event.entry) or ctx.uow.adoptions.instruction(event.entry)
    if entry is not None and ctx.uow.scores.has_rules(entry.bureau):
        _count_entry(ctx, entry)


@registry.on(RegisterFilled)
@registry.on(OutsideFiguresEntered)
def count_many(ctx: Context, event: RegisterFilled | OutsideFiguresEntered) -> None:
    if ctx.uow.scores.has_rules(event.bureau):
        for month, units in sorted(event.months.items()):
            count_anew(ctx, sorted(units), month)


@registry.on(DraftSubmitted)
@registry.on(DraftWithdrawn)
@registry.on(DraftRetracted)
@registry.on(DraftSigned)
@registry.on(SigningUndone)
def count_draft(
    ctx: Context,
    event: DraftSubmitted | DraftWithdrawn | DraftRetracted | DraftSigned | SigningUndone,
) -> None:
    """Count the month anew in which the draft was handed in, where the rules look at that."""
    draft = ctx.uow.drafts.get(event.draft)
    if draft.submitted_at is None or not ctx.uow.scores.has_rules(draft.bureau):
        return
    count_anew(ctx, [draft.unit], f"{local(draft.submitted_at):%Y-%m}")


@registry.on(CallSettled)
@registry.on(CallReopened)
def count_call(ctx: Context, event: CallSettled | CallReopened) -> None:
    """Count the month of its deadline anew in which a unit owed something to a call."""
    if ctx.uow.scores.has_rules(event.bureau):
        count_anew(ctx, [event.unit], f"{local(event.due_at):%Y-%m}")


def _count_and_say(ctx: Context, entry: Adoption | Instruction | None) -> str:
    if entry is None or not ctx.uow.scores.has_rules(entry.bureau):
        return ""
    _count_entry(ctx, entry)
    return points_of(ctx, entry)


def _count_entry(ctx: Context, entry: Adoption | Instruction) -> None:
    """Count the month of *entry* anew for every unit that has part in it."""
    count_anew(ctx, sorted(units_of(ctx, entry)), entry.counts_in)
