"""确认, 不确认: whose word makes an entry count, and what follows from it."""

from collections.abc import Collection, Sequence
from fractions import Fraction

from handlers.adoptions import texts
from handlers.adoptions.changes import changes_of
from handlers.adoptions.dispatching import mark_unused, mark_used
from handlers.adoptions.entries import (
    beneficiaries_of,
    confirmers_of,
    counts_text,
    date_text,
    evidence_of,
    facts_of,
    heads_of,
    kind_of,
    names,
    set_follow_up,
    tell,
)
from handlers.adoptions.policy import AdoptionPolicy
from handlers.kit.cards import grey
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import DraftAdopted, EntryVoided, InstructionRecorded
from handlers.kit.finding import named
from handlers.kit.messages import Button, ButtonCard, Text
from handlers.rules.calendar import add_working_days
from handlers.rules.sharing import parts, percent
from storage.models import Adoption, Draft, Instruction
from storage.queries.adoptions import Entry
from storage.vocabulary import EntryStatus, Level, Role, UserId

CARD = "adoption_proposed"


def propose(ctx: Context, draft: Draft, entry: Entry) -> str:
    """Put an entry before those who may confirm it; return who they are, empty for nobody."""
    who = confirmers_of(ctx, draft, beneficiaries_of(ctx, entry), entry.entered_by)
    asked_at = ctx.now.isoformat()  # again after a confirmation that was undone
    for member in who:
        ctx.tell(CARD, [member], _card(ctx, draft, entry), subject=entry.id, stage=asked_at)
    days = ctx.policy(AdoptionPolicy).confirm_days
    due = add_working_days(ctx.now, days, ctx.calendar())
    ctx.set_timer("adoption_unconfirmed", entry.id, due, stage=asked_at)
    return names(ctx, who) if who else ""


def _card(ctx: Context, draft: Draft, entry: Entry) -> ButtonCard:
    return ButtonCard(
        card_id=ctx.new_id(),
        source=texts.CARD_SOURCE,
        title=texts.CARD_TITLE.format(number=draft.number, what=kind_of(entry)),
        description=draft.title,
        facts=(
            ("作者", names(ctx, beneficiaries_of(ctx, entry))),
            (kind_of(entry), facts_of(ctx, entry)),
            ("计入", counts_text(ctx, entry).removeprefix("计入")),
            ("报的人", names(ctx, [entry.entered_by])),
        ),
        summary=texts.CARD_WORDS.format(evidence=evidence_of(entry), number=draft.number),
        buttons=(
            Button(label=texts.CONFIRM, key=f"adoption:confirm:{entry.id}", style="primary"),
            Button(label=texts.REFUSE, key=f"adoption:refuse:{entry.id}", style="danger"),
        ),
    )


def refuse_unless_confirmer(ctx: Context, draft: Draft, entry: Entry) -> None:
    """Raise UserError unless the entry waits, and for the sender's word."""
    what = kind_of(entry)
    if entry.status is not EntryStatus.PROPOSED:
        who = names(ctx, [entry.decided_by]) if entry.decided_by else texts.NOBODY
        outcome = texts.DONE.get(entry.status, "已作废")
        raise UserError(
            texts.ALREADY.format(name=named(draft), what=what, who=who, outcome=outcome)
        )
    who_may = confirmers_of(ctx, draft, beneficiaries_of(ctx, entry), entry.entered_by)
    if ctx.sender.userid not in who_may:
        who = names(ctx, who_may) if who_may else texts.NOBODY
        raise UserError(texts.NOT_YOUR_CONFIRMATION.format(name=named(draft), what=what, who=who))


def confirm(ctx: Context, draft: Draft, entry: Entry, code: str = "") -> str:
    """Let a proposed entry count, by the sender's word; return what he is told.

    Raises:
        UserError: it waits no longer, or not for him.
    """
    refuse_unless_confirmer(ctx, draft, entry)
    told = make_count(ctx, draft, entry)
    grey(ctx, entry.id, CARD, texts.DONE[EntryStatus.CONFIRMED], code)
    if entry.entered_by not in {ctx.sender.userid, draft.author, *heads_of(ctx, draft)}:
        said = texts.PROPOSER_CONFIRMED.format(
            name=named(draft), what=kind_of(entry), who=ctx.sender.name
        )
        _tell(ctx, entry, [entry.entered_by], said)
    return texts.CONFIRMED.format(
        name=named(draft), what=kind_of(entry), facts=facts_of(ctx, entry), told=told
    )


def refuse(ctx: Context, draft: Draft, entry: Entry, reason: str, code: str = "") -> str:
    """Refuse a proposed entry; it stays in the register with the reason.

    Raises:
        UserError: it waits no longer, or not for the sender.
    """
    refuse_unless_confirmer(ctx, draft, entry)
    let_go(ctx, entry, reason)
    grey(ctx, entry.id, CARD, texts.DONE[EntryStatus.REFUSED], code)
    said = texts.PROPOSER_REFUSED.format(name=named(draft), what=kind_of(entry), reason=reason)
    _tell(ctx, entry, [entry.entered_by], said)
    who = names(ctx, [entry.entered_by])
    return texts.REFUSED.format(name=named(draft), what=kind_of(entry), reason=reason, who=who)


def let_go(ctx: Context, entry: Entry, reason: str) -> None:
    """Refuse an entry, and say nothing of it."""
    entry.status, entry.reason = EntryStatus.REFUSED, reason
    entry.decided_by, entry.decided_at = ctx.sender.userid, ctx.now
    ctx.uow.timers.cancel(entry.id)
    ctx.audit("adoption:refuse", entry.id, after={"reason": reason})


def make_count(ctx: Context, draft: Draft, entry: Entry) -> str:
    """Let an entry count, and tell of it; return who was told.

    The authors hear what it counts as and what others have to say to it, such as its points, their
    heads that it was so, and of a higher leader's remark the principal too.
    """
    old, more = let_count(ctx, draft, entry)
    if old is not None:
        return _tell_of_correction(ctx, draft, entry, old, more)
    if isinstance(entry, Adoption):
        return _tell_of_use(ctx, draft, entry, more)
    return _tell_of_remark(ctx, draft, entry, more)


def let_count(ctx: Context, draft: Draft, entry: Entry) -> tuple[Entry | None, Sequence[str]]:
    """Let an entry count: nobody but who benefits from it is asked any more.

    1. What it replaces counts no longer.
    2. The draft is dispatched, and used by that channel.

    Returns what it replaces, and what others have to say to it; nobody is told of it yet.
    """
    before = {"status": entry.status}
    entry.status = EntryStatus.CONFIRMED
    entry.decided_by, entry.decided_at = ctx.sender.userid, ctx.now
    ctx.uow.timers.cancel(entry.id)
    old = replaced(ctx, entry)
    if old is not None:
        old.status = EntryStatus.REPLACED
        ctx.uow.timers.cancel(old.id)
        ctx.emit(EntryVoided(draft=draft.id, entry=old.id))
    if isinstance(entry, Adoption):
        mark_used(ctx, draft, entry.channel)
        if isinstance(old, Adoption):
            mark_unused(ctx, draft, old.channel)
        more = ctx.emit(DraftAdopted(draft=draft.id, adoption=entry.id))
    else:
        set_follow_up(ctx, entry)
        more = ctx.emit(InstructionRecorded(draft=draft.id, instruction=entry.id))
    ctx.audit(
        "adoption:confirm",
        entry.id,
        before={**before, "replaces": entry.replaces},
        after={"status": entry.status, "draft": draft.id, "counts_in": entry.counts_in},
    )
    return old, more


def replaced(ctx: Context, entry: Entry) -> Entry | None:
    if not entry.replaces:
        return None
    if isinstance(entry, Adoption):
        return ctx.uow.adoptions.adoption(entry.replaces)
    return ctx.uow.adoptions.instruction(entry.replaces)


def _tell_of_use(ctx: Context, draft: Draft, entry: Adoption, more: Sequence[str]) -> str:
    """Tell each author what it counts as, his share, and *more*; his head the same."""
    weights = {share.member: share.weight for share in ctx.uow.adoptions.shares(entry.id)}
    shared = "、".join(
        texts.SHARE.format(who=names(ctx, [author]), part=percent(part))
        for author, part in parts(weights).items()
        if part < Fraction(1)
    )
    said = texts.ADOPTED_TOLD.format(
        name=named(draft),
        facts=facts_of(ctx, entry),
        counts=counts_text(ctx, entry),
        share=f"，{shared}" if shared else "",
        more=evidence_of(entry),
    )
    said = "\n".join([said, *more])
    if entry.edited:
        changed, lines = changes_of(ctx, draft, entry.edited)
        said += "\n" + texts.PRINTED_WITH.format(changed=changed, lines=lines).rstrip("：")
    return tell_those_concerned(ctx, draft, entry, said)


def _tell_of_remark(ctx: Context, draft: Draft, entry: Instruction, more: Sequence[str]) -> str:
    words = texts.REMARK_WORDS.format(words=entry.words) if entry.words else ""
    follow = follow_text(ctx, entry)
    what = facts_of(ctx, entry)
    said = texts.REMARKED_TOLD.format(
        name=named(draft), facts=what, words=words, counts=counts_text(ctx, entry), follow=follow
    )
    told = tell_those_concerned(ctx, draft, entry, "\n".join([said, *more]))
    if entry.level is Level.OWN:
        return told
    principals = ctx.uow.members.holding(Role.PRINCIPAL, draft.unit)
    unit = ctx.uow.members.unit(draft.unit).name
    said = texts.PRINCIPAL_REMARKED.format(
        unit=unit, name=named(draft), facts=what, words=words, follow=follow
    )
    _tell(ctx, entry, principals, said)
    return "、".join(part for part in (told, names(ctx, principals)) if part)


def follow_text(ctx: Context, entry: Instruction) -> str:
    if entry.follow_up_on is None:
        return ""
    return texts.FOLLOW_UP.format(day=date_text(ctx, entry.follow_up_on))


def _tell_of_correction(
    ctx: Context, draft: Draft, entry: Entry, old: Entry, more: Sequence[str]
) -> str:
    said = texts.CORRECTED_TOLD.format(
        name=named(draft),
        what=kind_of(entry),
        old=facts_of(ctx, old),
        new=facts_of(ctx, entry),
        counts=counts_text(ctx, entry),
    )
    return tell_those_concerned(ctx, draft, entry, "\n".join([said, *more]))


def tell_those_concerned(
    ctx: Context, draft: Draft, entry: Entry, said: str, act: str = "counts"
) -> str:
    """Tell the authors and their heads of an *act*; return who they are."""
    authors = beneficiaries_of(ctx, entry)
    stage = f"{act} {ctx.now.isoformat()}"
    told = tell(ctx, draft, authors, said, subject=entry.id, stage=stage)
    return names(ctx, told)


def _tell(ctx: Context, entry: Entry, members: Collection[UserId], said: str) -> None:
    others = [member for member in members if member != ctx.sender.userid]
    ctx.tell(
        "adoption_told",
        others,
        Text(text=said),
        subject=entry.id,
        stage=f"{entry.status} {ctx.now.isoformat()}",
    )
