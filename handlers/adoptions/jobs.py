"""Clocks of the register: an entry that nobody confirmed, a remark that wants its answer."""

from handlers.adoptions import texts
from handlers.adoptions.commands import registry
from handlers.adoptions.entries import beneficiaries_of, confirmers_of, heads_of, kind_of
from handlers.adoptions.policy import AdoptionPolicy
from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.finding import named
from handlers.kit.messages import Text
from storage.queries.adoptions import Entry
from storage.vocabulary import EntryStatus, Role


@registry.timer("adoption_unconfirmed")
def remind_to_confirm(ctx: Context, due: Due) -> None:
    """Remind, once, who may confirm an entry that still waits."""
    entry: Entry | None = ctx.uow.adoptions.adoption(due.subject)
    entry = entry or ctx.uow.adoptions.instruction(due.subject)
    if entry is None or entry.status is not EntryStatus.PROPOSED:
        return
    draft = ctx.uow.drafts.get(entry.draft)
    who = confirmers_of(ctx, draft, beneficiaries_of(ctx, entry), entry.entered_by)
    said = texts.STILL_WAITS.format(
        name=named(draft),
        what=kind_of(entry),
        days=ctx.policy(AdoptionPolicy).confirm_days,
        number=draft.number,
    )
    ctx.tell("adoption_reminder", who, Text(text=said), subject=entry.id, stage="unconfirmed")


@registry.timer("instruction_follow_up")
def remind_to_follow_up(ctx: Context, due: Due) -> None:
    """On its day remind the section's head and the office that a remark is to be answered."""
    entry = ctx.uow.adoptions.instruction(due.subject)
    if entry is None or entry.status is not EntryStatus.CONFIRMED or entry.answered_at:
        return
    draft = ctx.uow.drafts.get(entry.draft)
    words = texts.REMARK_WORDS.format(words=entry.words) if entry.words else ""
    said = texts.FOLLOW_UP_DUE.format(
        name=named(draft), leader=entry.leader, words=words, number=draft.number
    )
    office = ctx.uow.members.holding(Role.OFFICE, draft.unit)
    told = sorted({*heads_of(ctx, draft), *office})
    ctx.tell("adoption_reminder", told, Text(text=said), subject=entry.id, stage="follow_up")
