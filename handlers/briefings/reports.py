"""专报: drafted from a case, read and changed by a person, released, sent to the leaders."""

import re
from collections.abc import Sequence

from handlers.briefings import meanings, texts
from handlers.briefings.keeping import lines_of, report_of
from handlers.briefings.people import READERS, WRITERS, reads, writes
from handlers.briefings.reading import send_file
from handlers.briefings.registry import registry
from handlers.briefings.releasing import release
from handlers.briefings.special import draft_special
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.refusals import refuse
from handlers.rules.calendar import short_time
from handlers.rules.special_reports import ADVICE, LONGEST_RISK, RISK
from storage.models import Briefing, Case
from storage.vocabulary import BriefingKind, BriefingStatus

_LISTED = 5
_NUMBER = re.compile(r"(\d{1,6})\s*号?[。.]?")
_LONGEST = {RISK: LONGEST_RISK, ADVICE: 1000}


@registry.command(
    "专报",
    takes=Takes.WORDS,
    usage="专报 3（或：舆情3 专报）",
    purpose="起草、看一起舆情的专报",
    shown_to=READERS,
    means=meanings.special,
)
def show_special(ctx: Context, asked: Asked) -> str:
    """Show the special report of a case; who may write it gets a draft where there is none.

    Raises:
        UserError: it is not the sender's to read, or there is none.
    """
    if not reads(ctx):
        raise UserError(texts.READERS_ONLY)
    if not asked.text:
        return _listed(ctx)
    case = case_numbered(ctx, _number(asked))
    found = _readable(ctx, ctx.uow.briefings.of_case(case.id))
    if not found:
        if not writes(ctx):
            raise UserError(texts.NO_SPECIAL.format(number=case.number))
        return _shown(ctx, case, draft_special(ctx, case))
    return _shown(ctx, case, found[0])


@registry.command(
    "重拟专报",
    "起草专报",
    takes=Takes.NUMBER,
    usage="重拟专报 3",
    purpose="按最新情况起草一起舆情的专报",
    shown_to=WRITERS,
)
def draft_again(ctx: Context, asked: Asked) -> str:
    """Write the special report of a case as it stands now; after one that was sent, the next.

    Raises:
        UserError: it is not the sender's to write, or one is about to be sent.
    """
    case = _mine(ctx, asked)
    return _shown(ctx, case, drafted_anew(ctx, case))


@registry.command(
    "专报研判",
    takes=Takes.NUMBER_AND_TEXT,
    usage="专报研判 3 内容",
    purpose="改专报的风险研判",
    shown_to=WRITERS,
)
def write_risk(ctx: Context, asked: Asked) -> str:
    return _written(ctx, asked, RISK)


@registry.command(
    "专报建议",
    takes=Takes.NUMBER_AND_TEXT,
    usage="专报建议 3 内容",
    purpose="改专报的工作建议",
    shown_to=WRITERS,
)
def write_advice(ctx: Context, asked: Asked) -> str:
    return _written(ctx, asked, ADVICE)


@registry.command(
    "发专报",
    takes=Takes.NUMBER,
    usage="发专报 3",
    purpose="审定专报，发给领导（2分钟内可撤销）",
    shown_to=WRITERS,
    means=meanings.release_special,
)
def release_special(ctx: Context, asked: Asked) -> str:
    """Let the draft of a case's special report be sent in two minutes.

    Raises:
        UserError: it is not the sender's to say, or there is no draft.
    """
    return released(ctx, _draft_of(ctx, _mine(ctx, asked)))


def released(ctx: Context, briefing: Briefing) -> str:
    """Release a special report, and say when it leaves."""
    count = release(ctx, briefing)
    untouched = "" if ADVICE in briefing.edits else texts.UNTOUCHED
    title = report_of(ctx, briefing).title
    return texts.RELEASED_SOON.format(title=title, count=count, untouched=untouched)


def edit(ctx: Context, briefing: Briefing, section: str, text: str) -> None:
    """Let what a person wrote stand in a draft in place of a section; empty puts that back.

    Raises:
        UserError: it is too long, asks for what is refused, or it is no draft any more.
    """
    refuse(text)
    if len(text) > _LONGEST[section]:
        said = texts.EDIT_LONG.format(most=_LONGEST[section], count=len(text))
        raise UserError(said)
    if briefing.status is not BriefingStatus.DRAFTED:
        raise UserError(texts.ALREADY_RELEASED.format(name=texts.NAMES[briefing.kind]))
    kept = {key: value for key, value in briefing.edits.items() if key != section}
    briefing.edits = kept | ({section: text} if text else {})
    ctx.audit("briefing:edit", briefing.id, after={section: text})


def drafted_anew(ctx: Context, case: Case) -> Briefing:
    """Write the special report of a case as it stands now.

    Raises:
        UserError: one is about to be sent.
    """
    last = next(iter(ctx.uow.briefings.of_case(case.id)), None)
    if last is not None and last.status is BriefingStatus.RELEASED:
        raise UserError(texts.ALREADY_RELEASED.format(name=texts.NAMES[BriefingKind.SPECIAL]))
    return draft_special(ctx, case)


def case_numbered(ctx: Context, number: int) -> Case:
    """Return the bureau's case of that number.

    Raises:
        UserError: there is none.
    """
    case = ctx.uow.cases.latest_numbered(ctx.sender.bureau, number)
    if case is None:
        raise UserError(texts.NO_CASE.format(number=number))
    return case


def _number(asked: Asked) -> int:
    """Return the number of the case that is meant: said alone, or read from free words.

    Raises:
        UserError: none is.
    """
    found = _NUMBER.fullmatch(asked.text)
    said = found[1] if found else asked.slots.get("opinion_id")
    if said is None:
        raise UserError(texts.SPECIAL_HOW)
    return int(said)


def _mine(ctx: Context, asked: Asked) -> Case:
    if not writes(ctx):
        raise UserError(texts.WRITERS_ONLY)
    number = asked.numbers[0] if asked.numbers else asked.slots.get("opinion_id")
    if number is None:
        raise UserError(texts.SPECIAL_HOW)
    return case_numbered(ctx, int(number))


def _draft_of(ctx: Context, case: Case) -> Briefing:
    found = next(iter(ctx.uow.briefings.of_case(case.id)), None)
    if found is None or found.status is BriefingStatus.SENT:
        raise UserError(texts.NOTHING_DRAFTED.format(number=case.number))
    return found


def _written(ctx: Context, asked: Asked, section: str) -> str:
    case = _mine(ctx, asked)
    found, name = _draft_of(ctx, case), texts.SECTIONS[section]
    text = asked.text.strip()
    if not text:
        word = texts.EDIT_WORDS[section]
        raise UserError(texts.EDIT_WHAT.format(name=name, word=word, number=case.number))
    edit(ctx, found, section, text)
    return texts.EDITED.format(number=case.number, name=name, text=text)


def _readable(ctx: Context, found: Sequence[Briefing]) -> list[Briefing]:
    """Return those that the sender may read: what is not sent only who writes them."""
    return [one for one in found if one.status is BriefingStatus.SENT or writes(ctx)]


def _shown(ctx: Context, case: Case, briefing: Briefing) -> str:
    send_file(ctx, briefing)
    lines = lines_of(ctx, briefing)
    if briefing.sent_at is not None:
        at = short_time(briefing.sent_at, ctx.now)
        said = texts.SPECIAL_SENT.format(lines=lines, at=at, number=case.number)
    else:
        said = texts.SPECIAL_DRAFT.format(lines=lines, number=case.number)
    return ctx.with_link(said, f"opinion/reports/{briefing.id}")


def _listed(ctx: Context) -> str:
    found = ctx.uow.briefings.lately(
        ctx.sender.bureau, _LISTED, sent=not writes(ctx), kinds=[BriefingKind.SPECIAL]
    )
    if not found:
        return texts.NO_SPECIALS
    lines = [
        texts.SPECIAL_LINE.format(
            number=one.number, title=report_of(ctx, one).title, state=texts.STATES[one.status]
        )
        for one in found
    ]
    return texts.SPECIALS.format(lines="\n".join(lines))
