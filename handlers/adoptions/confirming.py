"""等您确认: what waits for somebody's yes, put before him and decided together."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from handlers.adoptions import texts
from handlers.adoptions.deciding import CARD, let_count, let_go, propose
from handlers.adoptions.entries import facts_of, heads_of
from handlers.adoptions.policy import AdoptionPolicy
from handlers.kit.cards import grey
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import named
from handlers.kit.messages import Text
from handlers.rules.calendar import add_working_days
from handlers.rules.registering import confirmers
from storage.models import Adoption, Draft, Sheet
from storage.queries.adoptions import Entry
from storage.vocabulary import EntryStatus, Level, Role, UnitId, UserId

MOST = 50
"""How many entries are decided in one step."""
_SHOWN, _AT_ONCE = 5, 500
_LADDER = (Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An entry that waits, who benefits from it, and who may confirm it."""

    draft: Draft
    entry: Entry
    authors: Sequence[UserId]
    confirmers: Sequence[UserId]


def waiting(ctx: Context, entries: Iterable[Entry]) -> list[Waiting]:
    """Return which of *entries* wait, and for whom, with as many questions for one as for all."""
    waits = [entry for entry in entries if entry.status is EntryStatus.PROPOSED]
    ids = sorted({entry.draft for entry in waits})
    drafts = {
        one.id: one
        for place in range(0, len(ids), _AT_ONCE)
        for one in ctx.uow.sheets.drafts(ids[place : place + _AT_ONCE])
    }
    authors = ctx.uow.adoptions.authors_of([e.id for e in waits if isinstance(e, Adoption)])
    ladders: dict[UnitId, list[Sequence[UserId]]] = {}
    found = []
    for entry in waits:
        draft = drafts[entry.draft]
        if draft.unit not in ladders:
            ladders[draft.unit] = [ctx.uow.members.holding(role, draft.unit) for role in _LADDER]
        whose = authors.get(entry.id, [draft.author])
        who = confirmers(ladders[draft.unit], {*whose, draft.author}, entry.entered_by)
        found.append(Waiting(draft=draft, entry=entry, authors=whose, confirmers=who))
    return found


def for_sender(ctx: Context) -> list[Waiting]:
    """Return what waits for the sender's yes, the oldest first."""
    proposed = ctx.uow.adoptions.proposed(ctx.sender.bureau)
    return [one for one in waiting(ctx, proposed) if ctx.sender.userid in one.confirmers]


def put_before(ctx: Context, sheet: Sheet, entries: Collection[Entry]) -> None:
    """Ask for what a sheet proposes: one entry by its card, several by one message each."""
    found = waiting(ctx, entries)
    if len(found) == 1:
        propose(ctx, found[0].draft, found[0].entry)
        return
    _ask(ctx, sheet, found, texts.SHEET_ASKS, "proposed")
    if found:
        days = ctx.policy(AdoptionPolicy).confirm_days
        due = add_working_days(ctx.now, days, ctx.calendar())
        ctx.set_timer("adoption_unconfirmed", sheet.id, due)


def ask_again(ctx: Context, sheet: Sheet) -> None:
    """Remind, once, of what a sheet proposed and nobody has decided."""
    proposed = ctx.uow.adoptions.proposed(sheet.bureau)
    found = waiting(ctx, [entry for entry in proposed if entry.sheet == sheet.id])
    _ask(ctx, sheet, found, texts.SHEET_STILL_WAITS, "unconfirmed")


def _ask(ctx: Context, sheet: Sheet, found: Sequence[Waiting], form: str, stage: str) -> None:
    who = ctx.uow.members.names([sheet.uploaded_by]).get(sheet.uploaded_by, "")
    asked: dict[UserId, list[Waiting]] = {}
    for one in found:
        for member in one.confirmers:
            asked.setdefault(member, []).append(one)
    for member, mine in asked.items():
        address = ctx.link("adoptions/waiting", member)
        said = form.format(
            who=who,
            file=sheet.filename,
            count=len(mine),
            lines=_listed(ctx, mine),
            how=texts.SHEET_HOW_ON_PAGE.format(address=address) if address else texts.SHEET_HOW,
        )
        ctx.tell("adoption_told", [member], Text(text=said), subject=sheet.id, stage=stage)


def decide(ctx: Context, ids: Collection[str], *, refused: str = "") -> str:
    """Confirm entries that wait for the sender, or refuse them all with a reason.

    Who is concerned hears of all of them in one message. What somebody else has decided meanwhile
    is left as it is.

    Raises:
        UserError: none of them waits for him, or they are too many.
    """
    mine = [one for one in for_sender(ctx) if one.entry.id in ids]
    if not mine:
        raise UserError(texts.NONE_WAITS)
    if len(mine) > MOST:
        raise UserError(texts.TOO_MANY_AT_ONCE.format(most=MOST))
    told: dict[UserId, list[Waiting]] = {}
    for one in mine:
        draft = ctx.uow.drafts.lock(one.draft.id)
        if refused:
            let_go(ctx, one.entry, refused)
            concerned = {one.entry.entered_by}
        else:
            let_count(ctx, draft, one.entry)
            concerned = _concerned(ctx, one)
        done = texts.DONE[EntryStatus.REFUSED if refused else EntryStatus.CONFIRMED]
        grey(ctx, one.entry.id, CARD, done)
        for member in concerned - {ctx.sender.userid}:
            told.setdefault(member, []).append(one)
    form = texts.MANY_REFUSED_TOLD if refused else texts.MANY_CONFIRMED_TOLD
    for member, some in told.items():
        lines = _listed(ctx, some)
        said = form.format(who=ctx.sender.name, count=len(some), lines=lines, reason=refused)
        stage = f"many {ctx.now.isoformat()}"
        ctx.tell("adoption_told", [member], Text(text=said), subject=mine[0].entry.id, stage=stage)
    left = len(ids) - len(mine)
    said = (texts.MANY_REFUSED if refused else texts.MANY_CONFIRMED).format(count=len(mine))
    return said + (texts.DECIDED_MEANWHILE.format(count=left) if left else "")


def _concerned(ctx: Context, one: Waiting) -> set[UserId]:
    """Return authors, their heads, who entered it, and of a higher remark the principal."""
    told = {*one.authors, *heads_of(ctx, one.draft), one.entry.entered_by}
    if not isinstance(one.entry, Adoption) and one.entry.level is not Level.OWN:
        told |= {*ctx.uow.members.holding(Role.PRINCIPAL, one.draft.unit)}
    return told


def _listed(ctx: Context, found: Sequence[Waiting]) -> str:
    uses = [one.entry for one in found[:_SHOWN]]
    called = ctx.uow.adoptions.channel_names(e.channel for e in uses if isinstance(e, Adoption))
    lines = [
        f"{named(one.draft)} "
        + facts_of(
            ctx,
            one.entry,
            called[one.entry.channel] if isinstance(one.entry, Adoption) else "",
        )
        for one in found[:_SHOWN]
    ]
    if len(found) > _SHOWN:
        lines.append(texts.MANY_MORE.format(count=len(found) - _SHOWN))
    return "\n".join(lines)
