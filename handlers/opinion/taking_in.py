"""Whatever was found, by whomever, is judged, stored and handed to who keeps the cases."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import EitherSaid, ItemFound, ItemJudged, ItemsFound
from handlers.kit.sensitive import in_sensitive_period
from handlers.kit.words import PLATFORMS
from handlers.kit.writers import unit_said
from handlers.opinion import meanings, texts
from handlers.opinion.coming import Coming, coming_of
from handlers.opinion.knowing import Known, Past
from handlers.opinion.pace import Pace
from handlers.opinion.registry import registry
from handlers.opinion.threads import Threads
from handlers.opinion.watching import rarity_by, watch_by
from handlers.opinion.weighing import top_by
from handlers.rules.calendar import local
from handlers.rules.incidents.either import either
from handlers.rules.opinion.handing import handing
from handlers.rules.opinion.judging import Beside, Judgement, judge
from handlers.rules.opinion.plain import plain
from handlers.rules.opinion.risk import Spreading
from storage.vocabulary import NOBODY, ItemId, UnitId

_OPENING = re.compile(
    r"^\s*(?:上报|报告?|登记|有|发现|突发|紧急)?(?:一?[个条起])?舆情\s*[:：,，]?\s*"
)
_URL = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_PLATFORMS = {name: re.compile(form) for name, form in PLATFORMS.items()}


@registry.command(
    "报舆情",
    "上报舆情",
    takes=Takes.WORDS,
    usage="报舆情 抖音有人发视频说金色家园烂尾 点赞2万",
    purpose="上报看到的舆情",
    for_links="报舆情",
    means=meanings.report,
)
def report_opinion(ctx: Context, asked: Asked) -> str:
    """Take in what a member reports in a line; what may be an emergency as well, he is asked.

    Raises:
        UserError: there is nothing in it.
    """
    words = _OPENING.sub("", asked.text).strip().lstrip(":：,， ")
    if not words:
        raise UserError(texts.EMPTY)
    if asked.free and either(words):
        question = "".join(ctx.emit(EitherSaid(words=words, slots=asked.slots)))
        if question:
            return question
    return take_in(
        ctx,
        ItemFound(
            bureau=ctx.sender.bureau,
            finder=ctx.sender.userid,
            source=str(asked.slots.get("source", "")),
            platform=_platform(words),
            words=words,
            url=_found(_URL, words),
            found_at=ctx.now,
        ),
        place=str(asked.slots.get("place", "")),
    )


@registry.on(ItemFound)
def hear(ctx: Context, found: ItemFound) -> str:
    return take_in(ctx, found)


@registry.on(ItemsFound)
def hear_all(ctx: Context, found: ItemsFound) -> None:
    """Take in what came together, of one bureau after the other."""
    by_bureau: dict[UnitId, list[ItemFound]] = {}
    for one in found.items:
        by_bureau.setdefault(one.bureau, []).append(one)
    for _, each in sorted(by_bureau.items()):
        take_in_all(ctx, each)


def take_in(ctx: Context, found: ItemFound, *, place: str = "") -> str:
    """Judge and store one post; return what its finder is told.

    Which section he says that it is of is no part of what is said in public.
    """
    return take_in_all(ctx, [_handed(ctx, found)], place=place)[0]


def _handed(ctx: Context, found: ItemFound) -> ItemFound:
    """Return what a member found without the section that he names, which goes with it."""
    said = handing(found.words) if found.finder != NOBODY else None
    if said is None or not said.words:
        return found
    sections = {unit.name: unit.id for unit in ctx.uow.members.sections_of(found.bureau)}
    name = unit_said(said.called, sections)
    if name is None:
        return found
    return replace(found, words=said.words, section=sections[name], to_handle=said.to_handle)


def take_in_all(ctx: Context, found: Sequence[ItemFound], *, place: str = "") -> Sequence[str]:
    """Judge and store posts of one bureau; return for each what its finder is told.

    1. They are numbered: of two who do so at once the second waits, and sees what the first did.
    2. What may say the same or be about the same matter is looked up for all of them.
    3. One after another is judged, as if it had come alone after those before it.
    4. All are stored, then who keeps the cases hears of one after another.
    """
    bureau = found[0].bureau
    days = {local(one.found_at).date(): one.found_at for one in found}
    by = ctx.uow.opinion.judged_by(bureau, days)
    watch = watch_by(by.topics)
    coming = coming_of(ctx, bureau, watch, found, place)
    rarity = rarity_by(ctx, bureau, by.counted, coming[-1].number)
    past = Past.of(ctx, bureau, watch, rarity, coming)
    pace = Pace(ctx, bureau, ((one.topic, one.found.found_at) for one in coming))
    knowns = [past.known(one) for one in coming]
    threads = Threads(ctx, knowns)
    sensitive = _sensitive_of(ctx, bureau, days) if by.sensitive else ()
    top = top_by(by.model)
    taken = []
    for one, known in zip(coming, knowns, strict=True):
        beside = Beside(
            source=one.found.source,
            heat=max(one.found.heat.values(), default=0),
            rising=known.rising,
            sensitive_period=local(one.found.found_at).date() in sensitive,
            spreading=Spreading(
                voices=threads.joined(one, known),
                velocity=pace.count(one.topic, one.found.found_at),
                platform=one.found.platform,
                weight=one.found.weight,
                reported=one.reported,
            ),
        )
        judged = judge(one.post, one.hits, watch.ground, beside, top, ours=one.ours)
        taken.append(Taken(one, known, judged, _row(one, judged, known, past)))
    ctx.uow.opinion.add_all([each.row for each in taken])
    for each in (past, pace, threads):
        each.keep(ctx)
    return _tell(ctx, taken, past)


class Taken(NamedTuple):
    """A post that was judged, and what is stored of it."""

    coming: Coming
    known: Known
    judged: Judgement
    row: Mapping[str, Any]


def _sensitive_of(ctx: Context, bureau: UnitId, days: Mapping[date, datetime]) -> Collection[date]:
    """Return those days that are in a sensitive period, by a moment of each."""
    return [day for day, at in days.items() if in_sensitive_period(ctx, bureau, at)]


def _row(one: Coming, judged: Judgement, known: Known, past: Past) -> dict[str, Any]:
    """Return what is stored; its case is noted by who keeps the cases."""
    found = one.found
    return {
        "id": one.id,
        "bureau": found.bureau,
        "year": one.year,
        "number": one.number,
        "finder": found.finder,
        "source": found.source,
        "platform": found.platform,
        "title": one.title,
        "words": found.words,
        "url": found.url,
        "media": list(found.media),
        "posted_at": found.posted_at,
        "found_at": found.found_at,
        "heat": dict(found.heat),
        "place": one.place,
        "topics": [name for name, _ in judged.topics],
        "relevance": judged.relevance.value,
        "risk": round(judged.risk, 1),
        "parts": {name: round(value, 2) for name, value in judged.parts.items()},
        "suggested": judged.suggestion.grade,
        "why": list(judged.why),
        "alarming": judged.alarming,
        "case_id": None,
        "perhaps": past.perhaps_of(known),
        "repost_of": known.copy_of,
        "copies": 0,
        "thread": known.thread,
        "voices": [] if known.thread else [one.voice],
        "words_hit": list(judged.words),
        "weighed": dict(judged.weighed),
    }


def _tell(ctx: Context, taken: Sequence[Taken], past: Past) -> Sequence[str]:
    """Let who keeps the cases go on from each; a case that is opened is that of its kin, too."""
    kept = {item.id: item for item in ctx.uow.opinion.some(_in_cases(taken, past))}
    known = (past.case_of(one.known) for one in taken)
    ctx.uow.cases.lock_all({case for case in known if case is not None})
    told = []
    for one in taken:
        event = _event(one, past)
        item = one.coming.id
        if event.perhaps is not None:
            past.perhaps[item] = event.perhaps
            if event.perhaps != one.row["perhaps"]:
                ctx.uow.opinion.may_belong(item, event.perhaps)
        said = ctx.emit(event)
        if item in kept and (case := kept[item].case_id) is not None:
            past.cases[item] = case
        told.append("\n".join(said) or _told(one.row))
    return told


def _in_cases(taken: Sequence[Taken], past: Past) -> Collection[ItemId]:
    """Return those that may be in a case in the end: worth one, or next to one that is in one."""
    found: set[ItemId] = set()
    for one in taken:
        known = one.known
        if one.judged.alarming or any(kin in past.cases or kin in found for kin in known.kin):
            found.add(one.coming.id)
    return sorted(found)


def _platform(words: str) -> str:
    """Return the first platform that is named; that words came by command leaves no slots."""
    spelled = plain(words).text
    return next((name for name, form in _PLATFORMS.items() if form.search(spelled)), "")


def _found(form: re.Pattern[str], words: str) -> str:
    found = form.search(words)
    return found[0] if found else ""


def _event(one: Taken, past: Past) -> ItemJudged:
    coming, judged = one.coming, one.judged
    return ItemJudged(
        item_id=coming.id,
        bureau=coming.found.bureau,
        finder=coming.found.finder,
        newest=True,
        case_id=past.case_of(one.known),
        perhaps=past.perhaps_of(one.known),
        repost_of=one.known.copy_of,
        suggested_grade=judged.suggestion.grade,
        relevance=judged.relevance.value,
        risk=one.row["risk"],
        topics=tuple(one.row["topics"]),
        place=coming.place,
        why=judged.why,
        alarming=judged.alarming,
        section=coming.found.section,
        to_handle=coming.found.to_handle,
    )


def _told(item: Mapping[str, Any]) -> str:
    """Say what was stored; where a case is opened, who keeps it answers instead."""
    why = (
        texts.BECAUSE.format(reasons="，".join(item["why"])) if item["why"] else texts.NOTHING_FOUND
    )
    name = texts.NAME.format(number=item["number"], title=item["title"])
    return texts.TAKEN.format(name=name, grade=texts.GRADES[item["suggested"]], why=why)
