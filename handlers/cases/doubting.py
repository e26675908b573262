"""疑似同一事件: whoever may say so is asked once whether two cases are one."""

import re
from collections.abc import Iterable, Sequence

from handlers.cases import meanings, texts
from handlers.cases.alarms import names
from handlers.cases.finding import allowed, numbered, seen, talked_of
from handlers.cases.moving import move
from handlers.cases.naming import named
from handlers.cases.registry import registry
from handlers.cases.telling import tell, with_substitutes
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import CasesAlike
from handlers.kit.words import NUMBER
from handlers.rules.cases.flow import ENDED
from handlers.rules.numerals import number as numeral
from storage.models import Case
from storage.vocabulary import NOBODY, CaseId, CaseMove, Role, UserId

DECIDERS = frozenset({Role.OFFICE, Role.OPINION_LIAISON, Role.DEPUTY, Role.PRINCIPAL})
_CASE = re.compile(rf"第?({NUMBER})号|(?:舆情|案件)({NUMBER})|(\d{{1,6}})")


@registry.on(CasesAlike)
def hear_of_a_likeness(ctx: Context, event: CasesAlike) -> None:
    doubt(ctx, event.case_id, event.other)


def doubt(ctx: Context, case_id: CaseId, other_id: CaseId) -> tuple[Case, Sequence[UserId]] | None:
    """Ask once whether a case is the same as another one; return that and who is asked.

    None where it was asked or said before, or one of them has ended.
    """
    case, other = ctx.uow.cases.get(case_id), ctx.uow.cases.get(other_id)
    if case is None or other is None or {case.state, other.state} & ENDED or case.id == other.id:
        return None
    if not ctx.uow.cases.doubt((case.id, other.id), ctx.now):
        return None
    newer, older = by_age((case, other))
    asked = _deciders(ctx, case, other)
    said = texts.DOUBTED.format(
        this=named(newer), other=named(older), one=newer.number, two=older.number
    )
    tell(ctx, newer, asked, said, f"doubt {older.id}")
    return other, asked


def by_age(pair: Iterable[Case]) -> tuple[Case, Case]:
    """Return two cases, the one that was registered later first."""
    older, newer = sorted(pair, key=lambda one: (one.registered_at, one.number))
    return newer, older


def _deciders(ctx: Context, case: Case, other: Case) -> Sequence[UserId]:
    """Return who is asked: who has one in hand and may say, else the liaison, else the office."""
    holders = {one.holder for one in (case, other)} - {NOBODY}
    able = [one for one in sorted(holders) if DECIDERS & ctx.uow.members.roles_of(one).keys()]
    if able:
        return able
    liaison = ctx.uow.members.holding(Role.OPINION_LIAISON, case.bureau)
    return with_substitutes(ctx, liaison or ctx.uow.members.holding(Role.OFFICE, case.bureau))


def doubt_in_words(ctx: Context, case: Case, perhaps: CaseId | None) -> str:
    """Ask whether a new case is the same as another; return what is said of it to its finder."""
    found = doubt(ctx, case.id, perhaps) if perhaps is not None else None
    if found is None or ctx.me is None:
        return ""
    other, asked = found
    if DECIDERS & ctx.uow.members.roles_of(ctx.me.userid).keys():
        return texts.PERHAPS.format(name=named(other), this=case.number, number=other.number)
    return texts.PERHAPS_OTHERS.format(name=named(other), people=names(ctx, asked))


def doubts_of(ctx: Context, case: Case) -> Sequence[Case]:
    """Return the open cases that this one may be the same as, as far as the sender may see them."""
    return seen(ctx, ctx.uow.cases.doubted(case.id)) if case.state not in ENDED else ()


@registry.command(
    "不是同一件事",
    "不是同一事件",
    "不是一件事",
    takes=Takes.WORDS,
    usage="不是同一件事 3 5",
    purpose="疑似同一事件的两起舆情其实是两件事，不再问",
    shown_to=DECIDERS,
    means=meanings.differ,
)
def tell_apart(ctx: Context, asked: Asked) -> str:
    """Note that two cases are two: those that are named, or the one with what it is doubted of.

    Raises:
        UserError: it is not clear which are meant, or it is not the sender's to say.
    """
    said = two_said(ctx, asked.text)
    if len(said) != len(("one", "other")):
        raise UserError(texts.DIFFER_WHICH.format(number=said[0] if said else 3))
    return differ_numbered(ctx, said[0], said[1])


def two_said(ctx: Context, text: str) -> list[int]:
    """Return the numbers of the two cases that a text means, or of as many as are clear.

    Those that it names, else what was shown last; one alone with what it is doubted of; none at all
    is the only doubt that there is.
    """
    said = numbers_in(text) or list(talked_of(ctx))
    if len(said) == 1:
        said += [one.number for one in doubts_of(ctx, numbered(ctx, said[0]))]
    if said:
        return said
    doubts = ctx.uow.cases.doubts(ctx.sender.bureau)
    return [one.number for one in by_age(ctx.uow.cases.some(doubts[0]))] if len(doubts) == 1 else []


def numbers_in(text: str) -> list[int]:
    """Return the numbers of cases that a text names, in its order."""
    found = (next(filter(None, one.groups())) for one in _CASE.finditer(text))
    read = (numeral(one) for one in found)
    return list(dict.fromkeys(one for one in read if one is not None))


def differ_numbered(ctx: Context, number: int, other: int) -> str:
    """Note that two cases are two: they are asked about no more.

    Raises:
        UserError: there is no such case, or it is not the sender's to say.
    """
    # in one order, so that two such never wait crosswise
    one, two = (numbered(ctx, each) for each in sorted((number, other)))
    allowed(ctx, one, CaseMove.DIFFER)
    allowed(ctx, two, CaseMove.DIFFER)
    if one.id == two.id:
        raise UserError(texts.DIFFER_WHICH.format(number=one.number))
    ctx.uow.cases.differ((one.id, two.id), ctx.now)
    move(ctx, one, CaseMove.DIFFER, words=named(two))
    move(ctx, two, CaseMove.DIFFER, words=named(one))
    ctx.show("opinion", [one.number, two.number])
    return texts.DIFFERED.format(one=named(one), two=named(two))
