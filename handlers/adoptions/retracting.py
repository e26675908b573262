"""A draft was taken down: its uses count no longer, unless the bureau lets them; they are kept."""

from handlers.adoptions import texts
from handlers.adoptions.commands import registry
from handlers.adoptions.deciding import CARD, tell_those_concerned
from handlers.adoptions.entries import facts_of
from handlers.adoptions.policy import AdoptionPolicy
from handlers.kit.cards import grey
from handlers.kit.context import Context
from handlers.kit.events import DraftRetracted, EntryVoided
from handlers.kit.finding import named
from storage.vocabulary import EntryStatus


@registry.on(DraftRetracted)
def count_no_longer(ctx: Context, event: DraftRetracted) -> str:
    """Take its uses out of the account, and say which; a leader's remark was given and stays."""
    if ctx.policy(AdoptionPolicy).retracted_counts:
        return ""
    draft = ctx.uow.drafts.get(event.draft)
    lost = []
    for entry in ctx.uow.adoptions.of_drafts([draft.id]):
        before, entry.status = entry.status, EntryStatus.RETRACTED
        ctx.uow.timers.cancel(entry.id)
        ctx.audit(
            "adoption:retract",
            entry.id,
            before={"status": before},
            after={"status": entry.status, "recall": event.recall},
        )
        if before is EntryStatus.PROPOSED:
            grey(ctx, entry.id, CARD, texts.CARD_RETRACTED)
            continue
        known, month = facts_of(ctx, entry), int(entry.counts_in[-2:])
        said = texts.RETRACTED_TOLD.format(name=named(draft), facts=known, month=month)
        tell_those_concerned(ctx, draft, entry, said, "retracted")
        ctx.emit(EntryVoided(draft=draft.id, entry=entry.id))
        lost.append(texts.RETRACTED.format(facts=known, month=month))
    return "".join(lost)
