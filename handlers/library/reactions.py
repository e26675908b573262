"""The shelf follows the register: in the transaction in which an entry begins or ends to count."""

from handlers.kit.context import Context
from handlers.kit.events import (
    DraftAdopted,
    DraftCorrected,
    DraftTakenDown,
    EntryVoided,
    InstructionRecorded,
    PrintedTextKept,
)
from handlers.library.commands import registry
from handlers.library.shelving import shelve


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
