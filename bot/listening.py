"""What a text means in the talk that it belongs to: situation, meaning, choice taken."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.language.heard import Heard
from bot.language.normalise import plain
from bot.language.times import Clock, parse_moment
from bot.language.understanding import Understood
from bot.services import Services
from handlers.kit.asked import Asked
from handlers.kit.context import PATIENCE, Context, Option
from handlers.kit.meaning import GATHERING, Situation
from handlers.kit.registry import Command
from handlers.kit.words import NUMBER, YES
from storage.vocabulary import ConversationState, Role

LET_BE = "好的，没有办。"
YES_WORDS = re.compile(YES)
_CALLS = frozenset({"call", "calls"})
_OPINION = "opinion"
_INCIDENT = "incident"
_REVIEWED = frozenset({"review_card", "pending"})
_DECIDED = _REVIEWED | {"incident_report"}
_VERDICT = re.compile(r"\s*(?:同意|可以|通过|批准|准|发吧|过)")
_NO_DRAFT = 0
"""Stands for what waits beside drafts, among their numbers."""
_PLACES = "一二三四五六七八九"
_NEITHER = re.compile(r"\s*(?:算了|都不是|都不要?|不用了?|不选了?|取消|没事了?)[\s,.!~吧啊]*")
"""None of what is offered."""
_NAMING = re.compile(rf"{NUMBER}|[\s,.!~《》]|[我选要说就是那这第号个篇条稿件份的了吧呀啊]")
"""What may stand beside the number of what is chosen."""
_TALKS = {
    ConversationState.COMPOSING: Situation(kind="composing"),
    ConversationState.ASKING_REASON: Situation(kind="ask", word="reason"),
}


def listen(
    services: Services, ctx: Context, text: str, state: ConversationState
) -> tuple[Understood, Heard]:
    """Return what the sender meant, in the situation that his talk is in."""
    roles = frozenset(ctx.uow.members.roles_of(ctx.sender.userid))
    clock = Clock(now=ctx.now, calendar=ctx.calendar())
    heard = Heard(text, situation_of(services, ctx, state, roles, text), roles, clock)
    understood = services.understanding().understand(heard)
    return understood, heard


def situation_of(
    services: Services,
    ctx: Context,
    state: ConversationState,
    roles: frozenset[Role],
    text: str,
) -> Situation:
    """Return what *text* is said about: the talk's state, what was shown last, what waits."""
    if talked := _talked_about(ctx, state):
        return talked
    shown = _shown(ctx)
    waits = _waiting(services, ctx, roles, text)
    if shown and shown["kind"] in _CALLS:
        said = Situation(kind=shown["kind"], numbers=tuple(shown["numbers"]))
        return waits if waits and _came_after(waits, shown) else said
    if shown and shown["kind"] == _OPINION:
        alerted = waits is not None and waits.kind == "alert"
        return waits if waits and alerted else _case(shown)
    return _beside(waits, shown)


def _beside(waits: Situation | None, shown: Mapping[str, Any] | None) -> Situation:
    """Return what is talked of, of what waits and a list or a draft that was shown."""
    if waits and not shown:
        return waits
    if waits and shown and waits.kind not in {*_CALLS, GATHERING}:
        return _seen_from(waits, shown["numbers"])
    if shown and len(shown["numbers"]) == 1:
        return Situation(kind="draft", numbers=tuple(shown["numbers"]))
    return Situation()


def _came_after(waits: Situation, shown: Mapping[str, Any]) -> bool:
    """Tell whether a call's card came after the calls that were talked of: 我来写 is about it."""
    at = datetime.fromisoformat(shown["at"])
    return waits.kind in _CALLS and waits.since is not None and waits.since >= at


def _case(shown: Mapping[str, Any]) -> Situation:
    return Situation(kind=_OPINION, numbers=tuple(shown["numbers"]))


def _talked_about(ctx: Context, state: ConversationState) -> Situation | None:
    """Return what the talk itself says that it is about."""
    if state in _TALKS:
        return _TALKS[state]
    if state is ConversationState.CHOOSING and ctx.talk is not None and ctx.talk.subject:
        return Situation(kind="confirm", word=ctx.talk.subject)
    if state is ConversationState.ASKING and ctx.talk is not None:
        return Situation(kind="ask", word=ctx.talk.subject)
    return None


def _waiting(
    services: Services, ctx: Context, roles: frozenset[Role], text: str
) -> Situation | None:
    """Return what waits for the sender first.

    Where a draft is not all that waits, a bare 可以 need not be about it: the draft is talked of as
    one of several, and he is asked. Such a word does not take an alert either, as 收到 does.
    """
    registry = services.registry
    each = (*registry.pressing, *registry.situations)
    waiting = filter(None, (found(ctx, roles) for found in each))
    first = next(waiting, None)
    if first is None or first.kind not in {"alert", "review_card"}:
        return first
    if first.kind == "alert":
        if not _VERDICT.match(text):
            return first
        decided = [other for other in waiting if other.kind in _DECIDED]
        draft = next((other for other in decided if other.kind in _REVIEWED), None)
        if draft is None:
            return decided[0] if decided else first
        return _beside_others(draft)
    return first if next(waiting, None) is None else _beside_others(first)


def _beside_others(waits: Situation) -> Situation:
    return replace(waits, kind="pending", numbers=(*waits.numbers, _NO_DRAFT))


def _seen_from(waits: Situation, shown: Sequence[int]) -> Situation:
    """Return what waits, as it is talked about after *shown* was: those of it that were shown.

    After a look at another draft a bare 可以 does not say which is meant, though only one waits.
    """
    numbers = tuple(number for number in shown if number in waits.numbers)
    if numbers:
        return replace(
            waits, kind="review_card" if len(numbers) == 1 else waits.kind, numbers=numbers
        )
    if waits.kind == "review_card" and len(shown) == 1:
        return replace(waits, kind="pending", numbers=(*shown, *waits.numbers))
    return waits


def _shown(ctx: Context) -> Mapping[str, Any] | None:
    """Return what was shown last; an incident is named, or waits: its number is no draft's."""
    shown = ctx.shown()
    return None if shown is None or shown["kind"] == _INCIDENT else shown


def asked_of(command: Command, understood: Understood, heard: Heard) -> Asked:
    """Return what the command was given in free words."""
    slots = understood.slots
    said = understood.heard or heard
    return Asked(
        numbers=tuple(slots.get("ids", ())),
        title=str(slots.get("title", "")),
        text=command.reads(said),
        free=True,
        at=_moment(said) if {"time", "deadline"} & slots.keys() else None,
        slots=slots,
    )


def _moment(heard: Heard) -> datetime | None:
    """Return the moment that is said; a day without an hour begins when the office does."""
    found = heard.moment()
    if found is None or found.at is not None:
        return found.at if found else None
    parsed = parse_moment(heard.plain[found.start :], heard.clock.now)
    return parsed[0] if parsed else None


def filled_in(ctx: Context, command: Command, given: Asked) -> Asked | None:
    """Return what was asked before with what has been *given* now; None if nothing was open."""
    kept = ctx.talk.memory.get("asked") if ctx.talk is not None else None
    if kept is None or kept["command"] != command.name:
        return None
    before = _option(kept)
    return Asked(
        numbers=given.numbers or before.numbers,
        title=given.title or before.title,
        text="\n".join(filter(None, (before.text, given.text))) or str(given.slots.get("text", "")),
        at=given.at or (datetime.fromisoformat(before.at) if before.at else None),
        slots={**before.slots, **given.slots},
    )


def rest_of(ctx: Context, text: str) -> Option | None:
    """Return what 下一页 goes on with, if that was said and there is more."""
    more = ctx.talk.memory.get("more") if ctx.talk is not None else None
    if more is None or text.strip(" 。.!！") not in {"下一页", "更多", "还有呢"}:
        return None
    return _option(more)


def _option(kept: dict[str, Any]) -> Option:
    return Option(**{**kept, "numbers": tuple(kept["numbers"])})


def labelled(ctx: Context, text: str) -> Option | None:
    """Return the offered choice whose label was said, though it may be a command's word as well."""
    offered = ctx.talk.memory.get("options", []) if ctx.talk is not None else []
    said = text.strip(" 。.!！")
    return next((_option(each) for each in offered if each["label"] == said), None)


def guessed(ctx: Context) -> Option | None:
    """Return what the message before was guessed to mean, once; None if that is too long ago."""
    if ctx.talk is None or "guess" not in ctx.talk.memory:
        return None
    kept = ctx.talk.memory["guess"]
    ctx.talk.memory = {name: each for name, each in ctx.talk.memory.items() if name != "guess"}
    fresh = datetime.fromisoformat(kept["at"]) + PATIENCE >= ctx.now
    return _option(kept["option"]) if fresh else None


def choice_of(ctx: Context, heard: Heard, understood: Understood) -> Option | None:
    """Return the offered choice that the text takes: its place, its draft's number, yes or 算了."""
    if ctx.talk is None:
        return None
    options = [_option(each) for each in ctx.talk.memory.get("options", [])]
    if ctx.talk.subject and options:
        if understood.intent == "cancel":
            return options[1] if len(options) > 1 else Option(label="", command="", text=LET_BE)
        return options[0] if YES_WORDS.search(heard.plain) else None
    if options and _NEITHER.fullmatch(heard.plain):
        nothing = Option(label="", command="", text=LET_BE)
        return next((option for option in options if not option.command), nothing)
    word = heard.plain.strip(" .第个!")
    if word in _PLACES:
        word = str(_PLACES.index(word) + 1)
    for place, option in enumerate(options, 1):
        if word in {str(place), option.label.lower()}:
            return option
    named = [option for option in options if _names(option, heard)]
    return named[0] if len(named) == 1 else None


def _names(option: Option, heard: Heard) -> bool:
    """Tell whether a text names the draft of an option and says nothing else of it: 12号那篇."""
    if option.numbers != heard.drafts():
        return False
    beside = _NAMING.sub("", heard.plain)
    return not beside or beside in plain(option.label)
