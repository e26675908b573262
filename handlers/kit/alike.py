"""What is said of a draft that is like an older one, to its author as to its reviewers."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from handlers.kit.context import Context
from handlers.kit.finding import named, viewer
from handlers.rules.calendar import short_time
from handlers.rules.differences import differences, short_form
from handlers.rules.visibility import DraftFacts, may_see
from storage.models import Draft
from storage.queries.reviews import Numbered
from storage.queries.similarity import Found
from storage.vocabulary import Alike, DraftId

LIKE = {
    Alike.SAME: "与{name}完全相同（{unit}，{when}报送）",
    Alike.EDITED: "与{name}相似{degree}（{unit}，{when}报送）",
    Alike.PART_OF: "大部分内容（{degree}）已在{name}里（{unit}，{when}报送）",
    Alike.HOLDS: "包含了{name}的大部分内容（{degree}）（{unit}，{when}报送）",
}
UNSEEN = "{number}号稿件"
NOT_SHOWN = "，该稿不是您科室的，标题和内容不显示，可与{unit}联系"
TITLE = "，标题不同"
BODY = "，正文不同处：{places}"
_PLACES = 80


class Text(NamedTuple):
    """What an older draft says, and the name of the unit that it is of."""

    unit: str
    title: str
    body: str


def may_be_seen(ctx: Context, found: Sequence[Found]) -> Collection[DraftId]:
    """Return which of the drafts the sender may see, in three queries however many they are."""
    others = [one for one in found if one.author != ctx.sender.userid]
    if not others:
        return {one.id for one in found}
    held = ctx.uow.reviews.held_among([one.id for one in others], ctx.sender.userid)
    lineages = ctx.uow.members.lineages({one.unit for one in others})
    who = viewer(ctx)
    return {
        one.id
        for one in found
        if may_see(
            who,
            DraftFacts(author=one.author, status=one.status, lineage=lineages.get(one.unit, ())),
            has_held=one.id in held,
        )
    }


def likeness_lines(ctx: Context, draft: Draft, version: int, most: int) -> Sequence[str]:
    """Return a line for each older draft that a version is like, the most alike first.

    Its title, and what they differ in, are told to those who may see it.
    """
    found = ctx.uow.similar.found(draft.id, version)[:most]
    if not found:
        return []
    units = ctx.uow.members.unit_names({one.unit for one in found})
    texts = ctx.uow.drafts.texts([(draft.id, version), *((one.id, one.version) for one in found)])
    known = {one: Text(units[one.unit], *texts[one.id]) for one in found}
    return lines_of(ctx, found, known, texts[draft.id])


def lines_of(
    ctx: Context, found: Sequence[Found], texts: Mapping[Found, Text], new: tuple[str, str]
) -> Sequence[str]:
    """Return a line for each that was *found* like *new*, a title and a body."""
    if not found:
        return []
    seen = may_be_seen(ctx, found)
    return [
        _seen(ctx, one, texts[one], new) if one.id in seen else _unseen(ctx, one, texts[one].unit)
        for one in found
    ]


def _seen(ctx: Context, found: Found, old: Text, new: tuple[str, str]) -> str:
    name = named(Numbered(found.id, found.number, found.title))
    return _line(ctx, found, old.unit, name) + _different(found, old, new) + "。"


def _unseen(ctx: Context, found: Found, unit: str) -> str:
    """Say that there is one and whom to ask: a title tells what a section is working on."""
    line = _line(ctx, found, unit, UNSEEN.format(number=found.number))
    return line + NOT_SHOWN.format(unit=unit) + "。"


def _line(ctx: Context, found: Found, unit: str, name: str) -> str:
    return LIKE[found.alike].format(
        name=name,
        degree=percent(max(found.shared, found.contained)),
        unit=unit,
        when=short_time(found.handed_in_at, ctx.now),
    )


def percent(share: float) -> str:
    """Write a share; what is not quite the whole is never called so."""
    return f"{min(int(share * 100), 99)}%"


def _different(found: Found, old: Text, new: tuple[str, str]) -> str:
    """Say what was changed; of a part and its whole that would be most of it."""
    said = TITLE if old.title != new[0] else ""
    if found.alike is not Alike.EDITED:
        return said
    return said + BODY.format(places=short_form(differences(old.body, new[1]), _PLACES))
