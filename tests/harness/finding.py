"""Public opinion as tests need it: what a machine finds of the bureau."""

from typing import Any

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
