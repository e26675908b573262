"""线索：…: kept in one line, listed, merged, taken up, closed; the finder hears of it."""

import re
from collections.abc import Sequence

from handlers.clues import meanings, texts
from handlers.clues.registry import FOUND, SETTLED, registry
from handlers.kit.asked import Asked, Form, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import CallWanted, DraftWanted
from handlers.kit.finding import viewer
from handlers.kit.listing import fitting
from handlers.kit.messages import Text
from handlers.kit.writers import unit_said
from handlers.rules.calendar import local, short_time
from handlers.rules.clues import NAMES, read_clue
from storage.models import Clue
from storage.vocabulary import ClueId, ClueStatus, Role

KEEPERS = frozenset({Role.OFFICE})
READERS = frozenset({Role.OFFICE, Role.OPINION_LIAISON, Role.DEPUTY, Role.PRINCIPAL})
_SHORT = 24
_OWN = 10
_NUMBER = re.compile(r"(\d{1,4})")
_NAMED = re.compile(
    r"\s*第?(\d{1,4})(?:[号条](?![楼栋院线]))?[\s,，:：]*"
    r"(?=可以|不用|不采|没用|不要|办结|采[用纳]|写|成稿|合并|和\d|跟\d|并入|[这那]个|已经?(?:写|有|报))"
)
"""Words about a clue that there is, and no new one: 线索2不用了."""


@registry.command(
    "线索",
    "报线索",
    takes=Takes.WORDS,
    usage="线索：某市燃气事故致3人受伤 https://…",
    purpose="报媒体上看到的信息线索",
    for_links="报信息线索",
    means=meanings.report,
    reads=meanings.found_words,
)
def report_clue(ctx: Context, asked: Asked) -> str:
    """Keep a find, and let the office know with what else is routine.

    Raises:
        UserError: there are no words, or they are about one that is there.
    """
    if (found := _NAMED.match(asked.text)) and ctx.uow.clues.latest_numbered(
        ctx.sender.bureau, int(found[1])
    ):
        raise UserError(texts.KEPT_BEFORE.format(number=found[1]))
    said = read_clue(asked.text)
    if not said.words:
        raise UserError(texts.EMPTY)
    me, year = ctx.sender, local(ctx.now).year
    clue = Clue(
        id=ClueId(ctx.new_id()),
        bureau=me.bureau,
        year=year,
        number=ctx.uow.ledger.next_number(me.bureau, year, "clue"),
        finder=me.userid,
        unit=me.unit,
        category=said.category,
        words=said.words,
        url=said.url,
        found_at=ctx.now,
    )
    ctx.uow.clues.add(clue)
    told = texts.FOUND.format(finder=me.name, **_facts(clue)) + texts.HOW.format(number=clue.number)
    office = [one for one in ctx.uow.members.holding(Role.OFFICE, me.bureau) if one != me.userid]
    ctx.tell(FOUND, office, Text(text=told), subject=clue.id)
    return texts.KEPT.format(**_facts(clue, no_link=texts.NO_LINK))


@registry.command(
    "信息线索",
    "线索列表",
    "我的线索",
    takes=Takes.NOTHING,
    usage="信息线索",
    purpose="看待办的信息线索，或自己报的怎么办了",
    means=meanings.listing,
    changes=False,
)
def list_clues(ctx: Context, _asked: Asked) -> str:
    """List what is open to who reads it; to everybody else his own with what became of it."""
    if reads(ctx):
        found = ctx.uow.clues.open_of(ctx.sender.bureau)
        return ctx.with_link(_open_ones(ctx, found), "clues")
    own = ctx.uow.clues.lately(ctx.sender.bureau, _OWN, finder=ctx.sender.userid)
    if not own:
        return texts.NONE_OWN
    lines = [
        texts.LINE_OWN.format(number=one.number, words=short(one), state=state_of(one))
        for one in own
    ]
    return ctx.with_link(texts.LIST_OWN.format(lines="\n".join(fitting(lines))), "clues")


@registry.command(
    "合并线索",
    takes=Takes.WORDS,
    usage="合并线索 3 5（把3并入5）",
    purpose="同一件事的信息线索并成一条",
    shown_to=KEEPERS,
    means=meanings.merge,
    reads=meanings.two_said,
)
def merge_clues(ctx: Context, asked: Asked) -> str:
    """Merge a clue into another, and tell its finder.

    Raises:
        UserError: it is not the sender's to do, one is not there or settled, or they are the same.
    """
    _refuse_others(ctx)
    numbers = _NUMBER.findall(asked.text)
    if len(numbers) != 2:  # noqa: PLR2004 - one into another
        raise UserError(texts.FORM)
    clue, into = _open(ctx, int(numbers[0])), _open(ctx, int(numbers[1]))
    if clue.id == into.id:
        raise UserError(texts.SAME)
    brought = ctx.uow.clues.merged_into(clue.id)
    for one in [clue, *brought]:
        one.into = into.id
    told = texts.TOLD_MERGED.format(number=clue.number, words=short(clue), into=into.number)
    _settle(ctx, clue, ClueStatus.MERGED, brought)
    _tell(ctx, clue, ClueStatus.MERGED, told)
    return texts.MERGED.format(number=clue.number, into=into.number, words=short(into))


@registry.command(
    "办结线索",
    takes=Takes.NUMBER_AND_TEXT,
    usage="办结线索 3 已有同类信息",
    purpose="说明理由，办结信息线索",
    shown_to=KEEPERS,
    means=meanings.close,
    reads=meanings.why_closed,
)
def close_clue(ctx: Context, asked: Asked) -> str:
    """Close a clue with a word, which its finder is told.

    Raises:
        UserError: it is not the sender's to do, it is not there or settled, or there is no word.
    """
    clue = _taken(ctx, _number(asked))
    why = asked.text.strip().rstrip("。")
    if not why:
        raise UserError(texts.NO_WHY)
    clue.why = why
    _settle_all(ctx, clue, ClueStatus.CLOSED, texts.TOLD_CLOSED)
    return texts.CLOSED.format(number=clue.number, why=why)


@registry.command(
    "线索成稿",
    "采纳线索",
    takes=Takes.NUMBER,
    usage="线索成稿 3",
    purpose="采纳信息线索，开始一篇稿件",
    shown_to=KEEPERS,
    means=meanings.draft,
)
def take_up_as_draft(ctx: Context, asked: Asked) -> str:
    """Begin a draft about a clue; its finder is told.

    Raises:
        UserError: it is not the sender's to do, or it is not there or settled.
    """
    clue = _taken(ctx, _number(asked))
    topic, _ = meanings.topic_and_writers(clue.words)
    said = ctx.emit(DraftWanted(title=topic, text=clue.url))
    _settle_all(ctx, clue, ClueStatus.DRAFTED, texts.TOLD_DRAFTED)
    return texts.DRAFTED.format(number=clue.number, finder=_name(ctx, clue), said="\n".join(said))


@registry.command(
    "线索约稿",
    takes=Takes.NUMBER,
    usage="线索约稿 3（或：3号线索让燃气科写，周五前交）",
    purpose="采纳信息线索，向科室约稿",
    shown_to=KEEPERS,
    means=meanings.call,
)
def take_up_as_call(ctx: Context, asked: Asked) -> str:
    """Begin a call for drafts about a clue; its finder is told.

    By when and from whom is asked where neither the sender nor the clue says it.

    Raises:
        UserError: it is not the sender's to do, or it is not there or settled.
    """
    clue = _taken(ctx, _number(asked))
    topic, writers = meanings.topic_and_writers(clue.words)
    wanted = CallWanted(
        topic=topic,
        units=asked.slots.get("units") or _known(ctx, writers),
        deadline=str(asked.slots.get("deadline", "")),
    )
    said = ctx.emit(wanted)
    _settle_all(ctx, clue, ClueStatus.CALLED, texts.TOLD_CALLED)
    return texts.CALLED.format(number=clue.number, finder=_name(ctx, clue), said="\n".join(said))


def _known(ctx: Context, writers: Sequence[str]) -> Sequence[str]:
    """Return the sections that a finder proposed, if the bureau has them all."""
    names = [one.name for one in ctx.uow.members.sections_of(ctx.sender.bureau)]
    return writers if all(unit_said(one, names) for one in writers) else ()


@registry.form("clue")
def act_by_form(ctx: Context, form: Form) -> str:
    """Do on the page what can be done with a clue in words: *do* says which, *words* the rest.

    Raises:
        UserError: as the command that does it.
    """
    clue = ctx.uow.clues.get(form.fields["clue"])
    act = _ON_PAGE.get(form.fields["do"])
    if act is None or clue is None or clue.bureau != ctx.sender.bureau:
        raise UserError(texts.NO_SUCH.format(number=""))
    words = form.fields["words"]
    text = f"{clue.number} {words}" if act is merge_clues else words
    return act(ctx, Asked(numbers=(clue.number,), text=text))


_ON_PAGE = {
    "draft": take_up_as_draft,
    "call": take_up_as_call,
    "merge": merge_clues,
    "close": close_clue,
}


def reads(ctx: Context) -> bool:
    """Tell whether the sender reads all clues of his bureau."""
    return not READERS.isdisjoint(viewer(ctx).roles)


def keeps(ctx: Context) -> bool:
    return viewer(ctx).holds(KEEPERS, [ctx.sender.bureau])


def state_of(clue: Clue) -> str:
    state = texts.STATES[clue.status]
    return texts.STATE_WHY.format(state=state, why=clue.why) if clue.why else state


def short(clue: Clue) -> str:
    return clue.words if len(clue.words) <= _SHORT else f"{clue.words[:_SHORT]}…"


def _open_ones(ctx: Context, found: Sequence[Clue]) -> str:
    if not found:
        return texts.NONE
    names = ctx.uow.members.names({one.finder for one in found})
    lines = [
        texts.LINE.format(
            number=one.number,
            category=NAMES[one.category],
            words=short(one),
            finder=names[one.finder],
            when=short_time(one.found_at, ctx.now),
        )
        for one in found
    ]
    return texts.LIST.format(count=len(found), lines="\n".join(fitting(lines)))


def _facts(clue: Clue, no_link: str = "") -> dict[str, object]:
    return {
        "number": clue.number,
        "category": NAMES[clue.category],
        "words": clue.words,
        "link": texts.LINK.format(url=clue.url) if clue.url else no_link,
    }


def _number(asked: Asked) -> int:
    return asked.numbers[0] if asked.numbers else int(asked.slots["clue"])


def _taken(ctx: Context, number: int) -> Clue:
    _refuse_others(ctx)
    return _open(ctx, number)


def _open(ctx: Context, number: int) -> Clue:
    clue = ctx.uow.clues.latest_numbered(ctx.sender.bureau, number)
    if clue is None:
        raise UserError(texts.NO_SUCH.format(number=number))
    if clue.status is not ClueStatus.OPEN:
        raise UserError(texts.SETTLED.format(number=number, state=state_of(clue)))
    return clue


def _settle_all(ctx: Context, clue: Clue, status: ClueStatus, form: str) -> None:
    """Settle a clue, and tell its finder and whoever found the same."""
    _settle(ctx, clue, status)
    tell_finders(ctx, clue, status, form)


def _settle(ctx: Context, clue: Clue, status: ClueStatus, brought: Sequence[Clue] = ()) -> None:
    """Settle a clue; *brought* is what it brings along to what it is merged into."""
    clue.status, clue.settled_by, clue.settled_at = status, ctx.sender.userid, ctx.now
    after = {"status": status, "why": clue.why, "brought": [one.id for one in brought]}
    ctx.audit("clue:settle", clue.id, after=after)


def tell_finders(ctx: Context, clue: Clue, stage: str, form: str) -> None:
    """Tell the finder of a clue, and whoever found the same, in the words of *form*."""
    for one in [clue, *ctx.uow.clues.merged_into(clue.id)]:
        told = form.format(number=one.number, words=short(one), why=clue.why, by=ctx.sender.name)
        _tell(ctx, one, stage, told)


def _tell(ctx: Context, clue: Clue, stage: str, told: str) -> None:
    if clue.finder != ctx.sender.userid:
        stage = f"{stage} {ctx.now.isoformat()}"  # what is undone can be done once more
        ctx.tell(SETTLED, [clue.finder], Text(text=told), subject=clue.id, stage=stage)


def _name(ctx: Context, clue: Clue) -> str:
    return ctx.uow.members.names([clue.finder])[clue.finder]


def _refuse_others(ctx: Context) -> None:
    if not keeps(ctx):
        raise UserError(texts.NOT_YOURS)
