"""What rows are compared with: asked for once for a thousand of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from handlers.adoptions.channels import channels_of, names_of
from handlers.kit.context import Context
from handlers.kit.sheets import Line, Seen
from handlers.rules.calendar import local
from handlers.rules.channels import plain
from handlers.rules.sharing import read_byline
from storage.models import Channel, Draft, Member
from storage.queries.filling import KnownRemark, KnownUse
from storage.vocabulary import ChannelId, DraftId

NUMBER = re.compile(r"(?:(?P<y>20\d\d)\s*[-年/]\s*第?)?第?(?P<n>\d{1,6})\s*号?(?:\.0)?")
_MARKS = re.compile(r"[\s《》“”\"'、，,。.：:；;（）()\-—·]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What the register has of the drafts that rows have named so far; asked for once for each."""

    looked_at: set[DraftId] = field(default_factory=set)
    uses: dict[tuple[DraftId, ChannelId], dict[date, KnownUse]] = field(default_factory=dict)
    remarks: set[KnownRemark] = field(default_factory=set)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The drafts, entries, channels and members that rows name."""

    this_year: int
    drafts: Mapping[tuple[int, int], Draft]
    by_title: Mapping[str, Sequence[Draft]]
    registered: "Registered"
    channels: Mapping[str, Sequence[Channel]]
    members: Mapping[str, Sequence[Member]]


def look_up(ctx: Context, lines: Sequence[Line], seen: Seen) -> Known:
    """Ask for all that *lines* name; a number without a year is of this year or the last."""
    numbers = [NUMBER.fullmatch(line.get("number")) for line in lines]
    this = local(ctx.now).year
    years = {this, this - 1}
    drafts = {
        (draft.year, draft.number): draft
        for draft in ctx.uow.sheets.drafts_numbered(
            ctx.sender.bureau,
            years | {int(found["y"]) for found in numbers if found and found["y"]},
            {int(found["n"]) for found in numbers if found},
        )
    }
    by_title = _by_title(ctx, lines, seen, years)
    named = {draft.id for draft in drafts.values()}
    named |= {draft.id for some in by_title.values() for draft in some}
    return Known(
        this_year=this,
        drafts=drafts,
        by_title=by_title,
        registered=_registered(ctx, named, seen),
        channels=_channels(ctx, seen),
        members=_members(ctx, lines),
    )


def _registered(ctx: Context, named: set[DraftId], seen: Seen) -> Registered:
    known: Registered = seen.kept.setdefault("registered", Registered())
    if fresh := named - known.looked_at:
        for use in ctx.uow.filling.known_uses(fresh):
            known.uses.setdefault((use.draft, use.channel), {})[use.day] = use
        known.remarks.update(ctx.uow.filling.known_remarks(fresh))
        known.looked_at.update(fresh)
    return known


def bare(title: str) -> str:
    """Write a title as it is compared: without marks, which people leave out."""
    return _MARKS.sub("", title).lower()


def byline(cell: str) -> Sequence[tuple[str, int]]:
    return read_byline(f"署名 {cell}") if cell else ()


def _by_title(
    ctx: Context, lines: Sequence[Line], seen: Seen, years: set[int]
) -> Mapping[str, Sequence[Draft]]:
    """Return the drafts of the titles that stand without a number."""
    wanted = {bare(line.get("title")) for line in lines if not line.get("number")} - {""}
    if not wanted:
        return {}
    if "titles" not in seen.kept:
        titles: dict[str, list[DraftId]] = {}
        for title, draft in ctx.uow.sheets.titles(ctx.sender.bureau, years):
            titles.setdefault(bare(title), []).append(draft)
        seen.kept["titles"] = titles
    found = {title: seen.kept["titles"].get(title, []) for title in wanted}
    every = {each for some in found.values() for each in some}
    drafts = {draft.id: draft for draft in ctx.uow.sheets.drafts(every)}
    return {title: [drafts[each] for each in some] for title, some in found.items()}


def _channels(ctx: Context, seen: Seen) -> Mapping[str, Sequence[Channel]]:
    if "channels" not in seen.kept:
        by_name: dict[str, list[Channel]] = {}
        for channel in channels_of(ctx):
            for name in {plain(each) for each in names_of(channel)}:
                by_name.setdefault(name, []).append(channel)
        seen.kept["channels"] = by_name
    found: Mapping[str, Sequence[Channel]] = seen.kept["channels"]
    return found


def _members(ctx: Context, lines: Sequence[Line]) -> Mapping[str, Sequence[Member]]:
    names = {name for line in lines for name, _ in byline(line.get("authors"))}
    by_name: dict[str, list[Member]] = {}
    for member in ctx.uow.members.called(ctx.sender.bureau, names) if names else ():
        by_name.setdefault(member.name, []).append(member)
    return by_name
