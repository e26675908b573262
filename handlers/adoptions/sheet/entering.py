"""What is fresh in a checked sheet: written down at once, and told once to whom it concerns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.adoptions import remarking, texts, using
from handlers.adoptions.deciding import propose
from handlers.adoptions.entries import Attribution, facts_of, set_follow_up, where_text
from handlers.adoptions.sheet.judging import FreshRemark, FreshUse
from handlers.kit.context import Context
from handlers.kit.events import DraftDispatched, RegisterFilled
from handlers.kit.finding import named, viewer
from handlers.kit.messages import Text
from handlers.kit.sheets import Judged, Seen
from handlers.rules.registering import Say, say_of
from handlers.rules.review_flow import Move, after
from handlers.rules.visibility import DraftFacts, Viewer
from storage.models import Adoption, AdoptionShare, Dispatch, Draft, Instruction, Member, Sheet
from storage.queries.adoptions import Entry
from storage.vocabulary import (
    ChannelId,
    DispatchId,
    DispatchStatus,
    DraftId,
    EntryStatus,
    Role,
    UnitId,
    UserId,
)

_SHOWN = 5
_FILLED = "filled"


@dataclass(slots=True, kw_only=True)
class _Filled:
    """What a sheet has added so far, for what is told at its end."""

    uses: int = 0
    remarks: int = 0
    proposed: int = 0
    drafts: set[DraftId] = field(default_factory=set)
    months: dict[str, set[UnitId]] = field(default_factory=dict)
    by_author: dict[UserId, list[str]] = field(default_factory=dict)
    by_unit: dict[UnitId, list[str]] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class _Piece:
    """What a piece of rows adds to the tables."""

    drafts: Mapping[DraftId, Draft]
    members: Mapping[UserId, Member]
    lineages: Mapping[UnitId, Sequence[UnitId]]
    sent: dict[tuple[DraftId, ChannelId], Dispatch]
    me: Viewer
    by: Attribution
    adoptions: list[Adoption] = field(default_factory=list)
    shares: list[AdoptionShare] = field(default_factory=list)
    instructions: list[Instruction] = field(default_factory=list)
    dispatches: list[Dispatch] = field(default_factory=list)


def enter(ctx: Context, judged: Sequence[Judged], seen: Seen) -> None:
    """Write down what the rows add; of what the sender benefits from somebody else decides."""
    if not judged:
        return
    filled: _Filled = seen.kept.setdefault(_FILLED, _Filled())
    if "attribution" not in seen.kept:
        seen.kept["attribution"] = Attribution(ctx)
    piece = _piece(ctx, judged, seen)
    for one in judged:
        draft = piece.drafts[one.what.draft]
        if isinstance(one.what, FreshUse):
            _use(ctx, piece, filled, draft, one.what)
        else:
            _remark(ctx, piece, filled, draft, one.what)
    ctx.uow.adoptions.add_all(piece.adoptions, piece.shares, piece.instructions, piece.dispatches)
    _audit(ctx, piece)


def _piece(ctx: Context, judged: Sequence[Judged], seen: Seen) -> _Piece:
    drafts = {
        draft.id: draft
        for draft in ctx.uow.sheets.locked_drafts({one.what.draft for one in judged})
    }
    members = ctx.uow.sheets.members({draft.author for draft in drafts.values()})
    return _Piece(
        drafts=drafts,
        members={member.userid: member for member in members},
        lineages=ctx.uow.members.lineages({draft.unit for draft in drafts.values()}),
        sent={(each.draft, each.channel): each for each in ctx.uow.adoptions.dispatches(drafts)},
        me=viewer(ctx),
        by=seen.kept["attribution"],
    )


def _counts(piece: _Piece, draft: Draft, beneficiaries: Sequence[UserId]) -> bool:
    facts = DraftFacts(author=draft.author, status=draft.status, lineage=piece.lineages[draft.unit])
    return say_of(piece.me, facts, beneficiaries) is Say.COUNTS


def _use(ctx: Context, piece: _Piece, filled: _Filled, draft: Draft, fresh: FreshUse) -> None:
    authors = fresh.authors or ((piece.members[draft.author], 1),)
    if not _counts(piece, draft, [member.userid for member, _ in authors]):
        entry = using.add(ctx, draft, fresh.channel, fresh.said, authors)
        propose(ctx, draft, entry)
        filled.proposed += 1
        return
    where = piece.by.of(draft, fresh.day)
    entry = using.written_down(ctx, draft, fresh.channel, fresh.said, where)
    entry.status, entry.decided_by, entry.decided_at = (
        EntryStatus.CONFIRMED,
        ctx.sender.userid,
        ctx.now,
    )
    piece.adoptions.append(entry)
    piece.shares += [
        AdoptionShare(adoption=entry.id, member=member.userid, unit=member.unit, weight=weight)
        for member, weight in authors
    ]
    _dispatch(ctx, piece, draft, entry.channel)
    filled.uses += 1
    filled.drafts.add(draft.id)
    touched = filled.months.setdefault(entry.counts_in, set())
    touched |= {draft.unit, *(member.unit for member, _ in authors)}
    said = texts.SHEET_LINE.format(
        name=named(draft),
        facts=facts_of(ctx, entry, fresh.channel.name),
        counts=where_text(ctx, where),
    )
    filled.by_unit.setdefault(draft.unit, []).append(said)
    for member, _ in authors:
        filled.by_author.setdefault(member.userid, []).append(said)


def _remark(ctx: Context, piece: _Piece, filled: _Filled, draft: Draft, fresh: FreshRemark) -> None:
    if not _counts(piece, draft, ()):
        entry = remarking.add_remark(ctx, draft, fresh.said, fresh.level, fresh.day)
        propose(ctx, draft, entry)
        filled.proposed += 1
        return
    where = piece.by.of(draft, fresh.day)
    entry = remarking.written_down(ctx, draft, fresh.said, fresh.level, fresh.day, piece.by)
    entry.status, entry.decided_by, entry.decided_at = (
        EntryStatus.CONFIRMED,
        ctx.sender.userid,
        ctx.now,
    )
    if entry.late:
        entry.follow_up_on = None  # what was asked for months ago is not asked for anew
    set_follow_up(ctx, entry)
    piece.instructions.append(entry)
    filled.remarks += 1
    filled.drafts.add(draft.id)
    filled.months.setdefault(entry.counts_in, set()).add(draft.unit)
    said = texts.SHEET_LINE.format(
        name=named(draft), facts=facts_of(ctx, entry), counts=where_text(ctx, where)
    )
    filled.by_unit.setdefault(draft.unit, []).append(said)
    filled.by_author.setdefault(draft.author, []).append(said)


def _dispatch(ctx: Context, piece: _Piece, draft: Draft, channel: ChannelId) -> None:
    """Note that the channel used the draft; it was sent there even if nobody said so."""
    sent = piece.sent.get((draft.id, channel))
    if sent is None:
        sent = Dispatch(
            id=DispatchId(ctx.new_id()),
            draft=draft.id,
            channel=channel,
            dispatched_by=ctx.sender.userid,
            dispatched_at=ctx.now,
            inferred=True,
        )
        piece.sent[draft.id, channel] = sent
        piece.dispatches.append(sent)
        draft.status = after(draft.status, Move.DISPATCH)
        ctx.emit(DraftDispatched(draft=draft.id, channels=(channel,)))
    sent.status = DispatchStatus.ADOPTED
    sent.closed_by, sent.closed_at = ctx.sender.userid, ctx.now


def _audit(ctx: Context, piece: _Piece) -> None:
    entries: Sequence[Entry] = [*piece.adoptions, *piece.instructions]
    ctx.audit_each(
        "adoption:confirm",
        {
            entry.id: {"status": entry.status, "draft": entry.draft, "counts_in": entry.counts_in}
            for entry in entries
        },
    )
    ctx.audit_each(
        "draft:dispatch",
        {each.draft: {"channels": [each.channel], "inferred": True} for each in piece.dispatches},
    )


def finish(ctx: Context, sheet: Sheet, seen: Seen) -> str:
    """Let scores be counted, tell authors and heads in one message each, and say what was added."""
    filled: _Filled = seen.kept.get(_FILLED) or _Filled()
    if filled.months:
        ctx.emit(
            RegisterFilled(
                bureau=sheet.bureau,
                drafts=frozenset(filled.drafts),
                months={month: frozenset(units) for month, units in filled.months.items()},
            )
        )
    _tell(ctx, sheet, filled)
    added = filled.uses + filled.remarks
    proposed = texts.SHEET_PROPOSED.format(count=filled.proposed) if filled.proposed else ""
    if not added and not filled.proposed:
        return texts.SHEET_NOTHING.format(file=sheet.filename)
    return texts.SHEET_ENTERED.format(
        file=sheet.filename, uses=filled.uses, remarks=filled.remarks, proposed=proposed
    )


def _tell(ctx: Context, sheet: Sheet, filled: _Filled) -> None:
    """Tell each author of his own items, and each head of those of his section, a line once."""
    told = {author: dict.fromkeys(lines) for author, lines in filled.by_author.items()}
    for unit, all_lines in filled.by_unit.items():
        for head in ctx.uow.members.holding(Role.SECTION_HEAD, unit):
            told.setdefault(head, {}).update(dict.fromkeys(all_lines))
    for member, own in told.items():
        if member == ctx.sender.userid:
            continue
        lines = list(own)
        more = texts.SHEET_MORE.format(count=len(lines) - _SHOWN) if len(lines) > _SHOWN else ""
        said = texts.SHEET_TOLD.format(
            who=ctx.sender.name, count=len(lines), lines="\n".join(lines[:_SHOWN]), more=more
        )
        ctx.tell("adoption_told", [member], Text(text=said), subject=sheet.id, stage="sheet")
