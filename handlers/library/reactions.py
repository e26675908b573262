"""The shelf follows the register: in the transaction in which an entry begins or ends to count."""

from handlers.kit.context import Context
from handlers.kit.events import (
    DraftAdopted,
    DraftCorrected,
    DraftTakenDown,
    EntryVoided,
    InstructionRecorded,
    PrintedTextKept,
    RegisterFilled,
)
from handlers.library.commands import registry
from handlers.library.jobs import look_through
from handlers.library.shelving import shelve

_PIECE = 500


@registry.on(DraftAdopted)
@registry.on(InstructionRecorded)
@registry.on(EntryVoided)
@registry.on(PrintedTextKept)
@registry.on(DraftCorrected)
@registry.on(DraftTakenDown)
def follow(
    ctx: Context,
    event: DraftAdopted
    | InstructionRecorded
    | EntryVoided
    | PrintedTextKept
    | DraftCorrected
    | DraftTakenDown,
) -> None:
    shelve(ctx, [event.draft])


@registry.on(RegisterFilled)
def follow_many(ctx: Context, event: RegisterFilled) -> None:
    """Follow a short sheet at once; after a long one the whole shelf is looked through by clock."""
    if len(event.drafts) > _PIECE:
        look_through(ctx, ctx.now.isoformat())
    else:
        shelve(ctx, event.drafts)
