"""What is fresh in a checked sheet: staged piece by piece, then there at once and told once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from handlers.adoptions import remarking, texts, using
from handlers.adoptions.confirming import put_before
from handlers.adoptions.entries import (
    STATUS_WORDS,
    Attribution,
    day_of,
    facts_of,
    set_follow_up,
    where_text,
)
from handlers.adoptions.sheet.judging import FreshRemark, FreshUse
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import RegisterFilled
from handlers.kit.finding import named, viewer
from handlers.kit.messages import Text
from handlers.kit.sheets import Judged, Seen
from handlers.rules.registering import Say, say_of
from handlers.rules.review_flow import MOVES, RELEASED, Move
from handlers.rules.visibility import DraftFacts, Viewer
from storage.models import Adoption, AdoptionShare, Draft, Instruction, Member, Sheet
from storage.queries.adoptions import Entry
from storage.queries.filling import Part
from storage.vocabulary import NOBODY, DraftId, EntryStatus, Role, SheetId, UnitId, UserId

_SHOWN = 5
_AT_ONCE = 500
_DISPATCHED = {status: MOVES[status, Move.DISPATCH] for status in sorted(RELEASED)}


@dataclass(slots=True, kw_only=True)
class _Piece:
    """What a piece of rows adds to the tables."""

    sheet: SheetId
    drafts: Mapping[DraftId, Draft]
    members: Mapping[UserId, Member]
    lineages: Mapping[UnitId, Sequence[UnitId]]
    me: Viewer
    by: Attribution
    adoptions: list[Adoption] = field(default_factory=list)
    shares: list[AdoptionShare] = field(default_factory=list)
    instructions: list[Instruction] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class _Filled:
    """What a sheet has added; *told* has for each member how many entries, and the first."""

    uses: int = 0
    remarks: int = 0
    drafts: set[DraftId] = field(default_factory=set)
    months: dict[str, set[UnitId]] = field(default_factory=dict)
    told: dict[UserId, tuple[int, list[str]]] = field(default_factory=dict)


def stage(ctx: Context, sheet: Sheet, judged: Sequence[Judged], seen: Seen) -> None:
    """Write down what the rows add, out of sight; of what benefits the sender nobody decides."""
    if not judged:
        return
    drafts = {
        draft.id: draft for draft in ctx.uow.sheets.drafts({one.what.draft for one in judged})
    }
    members = ctx.uow.sheets.members({draft.author for draft in drafts.values()})
    piece = _Piece(
        sheet=sheet.id,
        drafts=drafts,
        members={member.userid: member for member in members},
        lineages=ctx.uow.members.lineages({draft.unit for draft in drafts.values()}),
        me=viewer(ctx),
        by=Attribution(ctx, seen.kept.setdefault("rules", {})),
    )
    for one in judged:
        draft = drafts[one.what.draft]
        if isinstance(one.what, FreshUse):
            _use(ctx, piece, draft, one.what)
        else:
            _remark(ctx, piece, draft, one.what)
    ctx.uow.adoptions.add_all(piece.adoptions, piece.shares, piece.instructions)


def _staged(ctx: Context, piece: _Piece, entry: Entry, beneficiaries: Sequence[UserId]) -> bool:
    """Put an entry out of sight; tell whether it will count by the sender's word."""
    draft = piece.drafts[entry.draft]
    facts = DraftFacts(author=draft.author, status=draft.status, lineage=piece.lineages[draft.unit])
    counts = say_of(piece.me, facts, beneficiaries) is Say.COUNTS
    entry.status, entry.sheet = EntryStatus.STAGED, piece.sheet
    entry.decided_by = ctx.sender.userid if counts else NOBODY
    return counts


def _use(ctx: Context, piece: _Piece, draft: Draft, fresh: FreshUse) -> None:
    authors = fresh.authors or ((piece.members[draft.author], 1),)
    where = piece.by.of(draft, fresh.day)
    entry = using.written_down(ctx, draft, fresh.channel, fresh.said, where)
    _staged(ctx, piece, entry, [member.userid for member, _ in authors])
    piece.adoptions.append(entry)
    weights = {member.userid: (member.unit, weight) for member, weight in authors}
    piece.shares += [
        AdoptionShare(adoption=entry.id, member=member, unit=unit, weight=weight)
        for member, (unit, weight) in weights.items()
    ]


def _remark(ctx: Context, piece: _Piece, draft: Draft, fresh: FreshRemark) -> None:
    entry = remarking.written_down(ctx, draft, fresh.said, fresh.level, fresh.day, piece.by)
    counts = _staged(ctx, piece, entry, ())
    if entry.late:
        entry.follow_up_on = None  # what was asked for months ago is not asked for anew
    if counts:
        set_follow_up(ctx, entry)
    piece.instructions.append(entry)


def release(ctx: Context, sheet: Sheet, _seen: Seen) -> str:
    """Let all that is staged count, or ask for it; tell authors and heads in one message each.

    Raises:
        UserError: a draft cannot be registered any more.
    """
    filling = ctx.uow.filling
    if gone := filling.gone(sheet.id, sorted(RELEASED)):
        status = STATUS_WORDS.get(gone.status, str(gone.status))
        name = texts.SHEET_GONE_NAME.format(number=gone.number, title=gone.title)
        raise UserError(texts.SHEET_GONE.format(name=name, status=status))
    dropped = filling.drop_known(sheet.id, sheet.bureau, sheet.uploaded_at)
    filled = _filled(ctx, filling.parts(sheet.id))
    proposed = filling.proposed(sheet.id)
    filling.dispatch(sheet.id, _DISPATCHED, ctx.sender.userid, ctx.now)
    filling.release(sheet.id, ctx.sender.userid, ctx.now, ctx.inbound)
    if filled.months:
        ctx.emit(
            RegisterFilled(
                bureau=sheet.bureau,
                drafts=frozenset(filled.drafts),
                months={month: frozenset(units) for month, units in filled.months.items()},
            )
        )
    put_before(ctx, sheet, _entries(ctx, proposed).values())
    _tell(ctx, sheet, filled)
    if not filled.drafts and not proposed:
        return texts.SHEET_NOTHING.format(file=sheet.filename)
    asked = texts.SHEET_PROPOSED.format(count=len(proposed)) if proposed else ""
    known = texts.SHEET_KNOWN_MEANWHILE.format(count=dropped) if dropped else ""
    return texts.SHEET_ENTERED.format(
        file=sheet.filename, uses=filled.uses, remarks=filled.remarks, proposed=asked + known
    )


def discard(ctx: Context, sheet: Sheet) -> None:
    ctx.uow.filling.discard(sheet.id)


def _filled(ctx: Context, parts: Iterable[Part]) -> _Filled:
    """Add up what will count: each author hears of his own entries, each head of his section's."""
    filled = _Filled()
    heads: dict[UnitId, Sequence[UserId]] = {}
    for entry, of_one in groupby(parts, key=attrgetter("entry")):
        some = list(of_one)
        first = some[0]
        filled.uses += first.is_use
        filled.remarks += not first.is_use
        filled.drafts.add(first.draft)
        touched = filled.months.setdefault(first.counts_in, set())
        touched |= {first.unit, *(part.of for part in some)}
        if first.unit not in heads:
            heads[first.unit] = ctx.uow.members.holding(Role.SECTION_HEAD, first.unit)
        for member in {*heads[first.unit], *(part.member for part in some)}:
            count, shown = filled.told.get(member, (0, []))
            filled.told[member] = (count + 1, [*shown, entry][:_SHOWN])
    return filled


def _tell(ctx: Context, sheet: Sheet, filled: _Filled) -> None:
    told = {who: what for who, what in filled.told.items() if who != ctx.sender.userid}
    shown = _lines(ctx, {entry for _, first in told.values() for entry in first})
    for member, (count, first) in told.items():
        more = texts.SHEET_MORE.format(count=count - _SHOWN) if count > _SHOWN else ""
        said = texts.SHEET_TOLD.format(
            who=ctx.sender.name,
            count=count,
            lines="\n".join(shown[entry] for entry in first),
            more=more,
        )
        ctx.tell("adoption_told", [member], Text(text=said), subject=sheet.id, stage="sheet")


def _lines(ctx: Context, wanted: Collection[str]) -> Mapping[str, str]:
    """Return what is said of some entries in a line each."""
    entries = _entries(ctx, wanted)
    drafts = {
        draft.id: draft
        for draft in ctx.uow.sheets.drafts({entry.draft for entry in entries.values()})
    }
    channels = ctx.uow.adoptions.channel_names(
        [entry.channel for entry in entries.values() if isinstance(entry, Adoption)]
    )
    by = Attribution(ctx)
    return {
        identity: texts.SHEET_LINE.format(
            name=named(drafts[entry.draft]),
            facts=facts_of(
                ctx, entry, channels[entry.channel] if isinstance(entry, Adoption) else ""
            ),
            counts=where_text(ctx, by.of(drafts[entry.draft], day_of(entry))),
        )
        for identity, entry in entries.items()
    }


def _entries(ctx: Context, wanted: Collection[str]) -> Mapping[str, Entry]:
    found: list[Entry] = []
    ids = sorted(wanted)
    for place in range(0, len(ids), _AT_ONCE):
        some = ids[place : place + _AT_ONCE]
        found += ctx.uow.filling.adoptions(some)
        found += ctx.uow.filling.instructions(some)
    return {entry.id: entry for entry in found}
