"""What counts otherwise is counted anew: only the units and the months that it touches."""

from collections.abc import Collection
from datetime import date

from handlers.kit.context import Context
from handlers.kit.events import DraftAdopted, EntryVoided, InstructionRecorded
from handlers.rules.scoring.periods import last_day
from handlers.scores.commands import registry
from handlers.scores.ledger import recompute
from storage.models import Adoption, Instruction
from storage.vocabulary import AdoptionId, UnitId


@registry.on(DraftAdopted)
def count_adoption(ctx: Context, event: DraftAdopted) -> None:
    _count_entry(ctx, ctx.uow.adoptions.adoption(event.adoption))


@registry.on(InstructionRecorded)
def count_instruction(ctx: Context, event: InstructionRecorded) -> None:
    _count_entry(ctx, ctx.uow.adoptions.instruction(event.instruction))


@registry.on(EntryVoided)
def count_no_longer(ctx: Context, event: EntryVoided) -> None:
    adoption = ctx.uow.adoptions.adoption(event.entry)
    _count_entry(ctx, adoption or ctx.uow.adoptions.instruction(event.entry))


def _count_entry(ctx: Context, entry: Adoption | Instruction | None) -> None:
    """Count the month of *entry* anew for every unit that has part in it."""
    if entry is None:
        return
    touched: Collection[UnitId] = {entry.unit}
    if isinstance(entry, Adoption):
        touched = {*touched, *ctx.uow.scores.adoption_units(AdoptionId(entry.id))}
    units = [ctx.uow.members.unit(unit) for unit in sorted(touched)]
    day = last_day(date.fromisoformat(f"{entry.counts_in}-01"), "month")
    recompute(ctx, entry.bureau, units, day)
