"""How common runs of characters are in a bureau's posts, counted anew beside the judging of these.

Nothing is promised: as long as it has not been done, each post that comes rings for it again.
"""

from bot.services import Services
from handlers.opinion.capability import count_runs, keep_count, texts_to_count
from storage.vocabulary import UnitId


def count(services: Services, bureau: str) -> None:
    """Read, count and keep; while it counts no transaction is open."""
    unit = UnitId(bureau)
    with services.database.reading() as uow:
        number, texts = texts_to_count(services.context(uow), unit)
    if number:
        counted = count_runs(texts)
        with services.database.begin() as uow:
            keep_count(services.context(uow), unit, number, counted)
