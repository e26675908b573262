"""Public opinion as tests need it: what a machine finds of the bureau."""

from datetime import timedelta
from typing import Any

from handlers.cases.ledger import COLUMNS, ledger_rows
from handlers.kit.events import ItemFound
from storage.vocabulary import UnitId
from tests.harness.service import Chat


def ours(bureau: Chat) -> UnitId:
    """Return the unit that is the bureau."""
    with bureau.services.database.reading() as uow:
        unit = uow.members.unit_at("区住建局")
    assert unit
    return unit.id


def found(bureau: Chat, words: str, **more: Any) -> list[str]:
    """Let a machine find something now; return what it is told. *more* is of `ItemFound`."""
    whole = {"bureau": ours(bureau), "words": words, "found_at": bureau.clock(), **more}
    with bureau.services.database.begin() as uow:
        return bureau.services.context(uow).emit(ItemFound(**whole))


def in_ledger(bureau: Chat) -> list[dict[str, str | int]]:
    """Return what the ledger says of each case, by its columns, where it says anything."""
    month = timedelta(days=30)
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow)
        rows = list(ledger_rows(ctx, ours(bureau), ctx.now - month, ctx.now + month))
    names = [name for name, _ in COLUMNS]
    each = (zip(names, row, strict=True) for row in rows)
    return [{name: cell for name, cell in row if cell != ""} for row in each]
