"""Which case is meant, and what the sender is to it."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from handlers.cases import texts
from handlers.cases.naming import grade_of, named
from handlers.kit.asked import Asked
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import sees_as, stood_in_for, viewer
from handlers.kit.words import CASE_FIRST, CASE_SAID, NUMBER
from handlers.rules.cases.flow import ENDED
from handlers.rules.cases.rights import MAY, Hat, may, may_see
from handlers.rules.numerals import number as numeral
from handlers.rules.visibility import Viewer
from storage.models import Case
from storage.vocabulary import NOBODY, CaseId, CaseMove, DutyPosition, Grade, Role, UnitId, UserId

Do = Callable[[Context, Case], str]
ALERTED, TASK = "case", "case_task"
"""The kinds of alert that are about a case: that it is there, and that a section has to take it."""
CASE_ALERTS = frozenset({ALERTED, TASK})
_SAID = re.compile(CASE_SAID)
_NUMBER = re.compile(NUMBER)
_FIRST = re.compile(CASE_FIRST)
_MOST = 9
_ON_DUTY = {DutyPosition.DUTY: Hat.DUTY, DutyPosition.LEAD: Hat.LEAD_DUTY}
_OVERSEEING = {
    Role.OFFICE: Hat.OFFICE,
    Role.OPINION_LIAISON: Hat.LIAISON,
    Role.DUTY: Hat.DUTY,
    Role.LEAD_DUTY: Hat.LEAD_DUTY,
    Role.PRINCIPAL: Hat.PRINCIPAL,
}


def hats(ctx: Context, case: Case) -> frozenset[Hat]:
    """Return what the sender is to a case of his bureau; to another bureau's he is nothing."""
    return hats_of(ctx, [case])[case.id]


def hats_of(ctx: Context, cases: Collection[Case]) -> Mapping[CaseId, frozenset[Hat]]:
    """Return what the sender is to each of some cases, in as many questions as for one.

    Who stands in for somebody is what that one is, but for what that one found.
    """
    worn = [_own_hats(ctx, viewer(ctx), cases)]
    worn += [_own_hats(ctx, one, cases) for one in stood_in_for(ctx)]
    lent = [{case: hats - {Hat.FINDER} for case, hats in each.items()} for each in worn[1:]]
    return {case: hats.union(*(each[case] for each in lent)) for case, hats in worn[0].items()}


def _own_hats(
    ctx: Context, who: Viewer, cases: Collection[Case]
) -> Mapping[CaseId, frozenset[Hat]]:
    bureau = ctx.sender.bureau
    lineages = ctx.uow.members.lineages({case.unit for case in cases})
    everywhere = _hats_everywhere(ctx, who)
    return {
        case.id: frozenset(everywhere | _hats_near(who, case, lineages[case.unit]))
        if case.bureau == bureau
        else frozenset()
        for case in cases
    }


def _hats_everywhere(ctx: Context, who: Viewer) -> set[Hat]:
    """Return what somebody is to every case of the bureau, by his roles and the roster."""
    worn = {hat for role, hat in _OVERSEEING.items() if role in who.roles}
    for one in ctx.uow.duty.on_duty(ctx.sender.bureau, ctx.now):
        if one.member == who.userid and one.position in _ON_DUTY:
            worn.add(_ON_DUTY[one.position])
    return worn


def registers_for(ctx: Context) -> UserId:
    """Return in whose place the sender opens a case for an item: nobody's where it is his to do.

    The item is no section's yet, so that any deputy is the one in charge of it.

    Raises:
        UserError: it is neither his to do nor that of anybody for whom he stands in.
    """
    for one in sees_as(ctx):
        deputy = {Hat.DEPUTY} if Role.DEPUTY in one.roles else set()
        if may(_hats_everywhere(ctx, one) | deputy, CaseMove.REGISTER, Grade.BLUE):
            return NOBODY if one.userid == ctx.sender.userid else one.userid
    raise UserError(texts.CLUE_NOT_YOURS)


def behalf(ctx: Context, case: Case, move: CaseMove) -> UserId:
    """Return in whose place the sender does *move*: nobody's where it is his own to do."""
    right = CaseMove.APPROVE if move is CaseMove.REFUSE else move
    lenders = stood_in_for(ctx) if ctx.me is not None and right in MAY else ()
    grade = grade_of(case)
    if not lenders or may(_own_hats(ctx, viewer(ctx), [case])[case.id], right, grade):
        return NOBODY
    could = (one for one in lenders if may(_own_hats(ctx, one, [case])[case.id], right, grade))
    return next((one.userid for one in could), NOBODY)


def _hats_near(who: Viewer, case: Case, lineage: Sequence[UnitId]) -> set[Hat]:
    """Return what somebody is to a case by what he did, and by whose matter it is."""
    section = [unit for unit in lineage if unit != case.bureau]
    worn = {Hat.FINDER} if case.finder == who.userid else set()
    worn |= {Hat.HOLDER} if case.holder == who.userid else set()
    worn |= {Hat.OFFICER} if who.holds({Role.OFFICER}, section) else set()
    worn |= {Hat.HEAD} if who.holds({Role.SECTION_HEAD}, section) else set()
    if Role.DEPUTY in who.roles:
        in_charge = case.unit == case.bureau or who.holds({Role.DEPUTY}, lineage)
        worn.add(Hat.DEPUTY if in_charge else Hat.LEADER)
    return worn


def seen(ctx: Context, cases: Collection[Case]) -> list[Case]:
    """Return those of *cases* that the sender may see, in their order."""
    worn = hats_of(ctx, cases)
    return [case for case in cases if may_see(worn[case.id], grade_of(case))]


def sees(ctx: Context, case: Case) -> bool:
    return may_see(hats(ctx, case), grade_of(case))


def numbered(ctx: Context, number: int, move: CaseMove | None = None) -> Case:
    """Return the case of that number, locked; who may do *move* to it need not see the rest of it.

    Raises:
        UserError: there is none, or it is not the sender's to see; the two are told alike.
    """
    case = ctx.uow.cases.latest_numbered(ctx.sender.bureau, number)
    if case is not None:
        worn = hats(ctx, case)
        if may_see(worn, grade_of(case)) or (move and may(worn, move, grade_of(case))):
            return case
    raise UserError(texts.NOT_FOUND.format(number=number))


def allowed(ctx: Context, case: Case, move: CaseMove) -> None:
    """Refuse a move that is not the sender's.

    Raises:
        UserError: it is not; it says whose it is.
    """
    if not may(hats(ctx, case), move, grade_of(case)):
        raise UserError(texts.may_not(move, case, grade_of(case)))


def said_number(text: str) -> int | None:
    """Return the number of a case that a text names: 3号舆情, 舆情三."""
    if (found := _SAID.search(text)) and (digits := _NUMBER.search(found[0])):
        return numeral(digits[0])
    first = _FIRST.search(text)
    return int(first["first"]) if first else None


def talked_of(ctx: Context) -> Collection[int]:
    """Return the cases that the talk with the sender showed last."""
    shown = ctx.talk.memory.get("shown") if ctx.talk is not None else None
    return tuple(shown["numbers"]) if shown and shown["kind"] == "opinion" else ()


def before_me(ctx: Context) -> Sequence[Case]:
    """Return the cases whose alerts wait for the sender or are in his hands."""
    kinds = (f"{ALERTED}:", f"{TASK}:")
    keys = [
        CaseId(one.alert.subject.partition(":")[2])
        for one in ctx.uow.alerts.before(ctx.sender.userid)
        if one.alert.subject.startswith(kinds)
    ]
    return [case for case in ctx.uow.cases.some(keys) if case.state not in ENDED] if keys else []


def the_one(ctx: Context, asked: Asked, command: str, do: Do) -> str:
    """Do something with the case that free words mean.

    The one that they name; else the only one that was shown last; else the only one whose alert is
    before the sender. Where several are, ask which.

    Raises:
        UserError: none can be meant.
    """
    number = asked.numbers[0] if asked.numbers else said_number(asked.text)
    if number is not None:
        return do(ctx, numbered(ctx, number))
    shown = talked_of(ctx)
    if len(shown) == 1:
        return do(ctx, numbered(ctx, next(iter(shown))))
    waiting = before_me(ctx)
    if not waiting:
        waiting = [case for case in ctx.uow.cases.open_of(ctx.sender.bureau) if sees(ctx, case)]
    if len(waiting) == 1:
        return do(ctx, numbered(ctx, waiting[0].number))
    if not waiting:
        raise UserError(texts.NONE_OPEN)
    options = [
        Option.of(command, replace(asked, numbers=(one.number,)), named(one))
        for one in waiting[:_MOST]
    ]
    return ctx.offer(texts.WHICH.format(count=len(waiting)), *options)
