"""A case is opened for what was found, or what was found is added to one."""

from collections.abc import Sequence

from handlers.cases import texts
from handlers.cases.alarms import alarm, alarm_if_worth, alarm_soon
from handlers.cases.doubting import doubt_in_words
from handlers.cases.finding import hats
from handlers.cases.handing import hand_over, whose
from handlers.cases.moving import move, set_clocks
from handlers.cases.naming import grade_of, named
from handlers.cases.registry import registry
from handlers.cases.routing import BETWEEN, is_capped, section_by, settings_of, tell_named
from handlers.kit.context import Context
from handlers.kit.events import ItemJudged
from handlers.rules.calendar import local
from handlers.rules.cases.alerting import Because, Known
from handlers.rules.cases.flow import ENDED
from handlers.rules.cases.rights import may_grade
from handlers.rules.cases.words import demands_said, short_title
from handlers.rules.escalation import rank
from handlers.rules.opinion.attention import in_words
from handlers.rules.opinion.judging import read_signs
from handlers.rules.opinion.posters import account_of, unnamed
from handlers.rules.opinion.signs import signs
from storage.models import Case, CaseEvent, OpinionItem
from storage.vocabulary import (
    NOBODY,
    CaseId,
    CaseMove,
    CaseState,
    Grade,
    Role,
    UnitId,
    UserId,
)


@registry.on(ItemJudged)
def take_up(ctx: Context, event: ItemJudged) -> str | None:
    """Open a case for an item that is worth one, or add it to its case."""
    if event.case_id is None and not event.alarming:
        return None
    item = ctx.uow.opinion.get(event.item_id)
    if item is None:
        return None
    case = _standing(ctx, event.case_id) if event.case_id else None
    if case is not None:
        return _joined(add_item(ctx, case, item), hand_over(ctx, case, event))
    if not event.alarming or is_capped(ctx, item, event.suggested_grade):
        return None
    case, said = open_case(ctx, item, event)
    return _joined(said, hand_over(ctx, case, event))


def _joined(*said: str) -> str:
    return "\n".join(filter(None, said))


def _standing(ctx: Context, case_id: CaseId) -> Case | None:
    """Return the case, or the one that it was merged into, locked."""
    case = ctx.uow.cases.lock(case_id)
    while case is not None and case.state is CaseState.MERGED:
        case = ctx.uow.cases.lock(case.merged_into)
    return case


def open_case(
    ctx: Context, item: OpinionItem, judged: ItemJudged | None = None, absent: UserId = NOBODY
) -> tuple[Case, str]:
    """Open a case for an item and alert; return it, and what its finder is told.

    *judged* may say more of it than the item: that somebody thinks it graver. *absent* is in whose
    place the sender opens it.
    """
    year = local(ctx.now).year
    heat = _heat(item)
    known = known_of(item)
    by_hand = item.finder != NOBODY or ctx.me is not None
    settings = settings_of(ctx, item)
    case = Case(
        id=CaseId(ctx.new_id()),
        bureau=item.bureau,
        year=year,
        number=ctx.uow.ledger.next_number(item.bureau, year, "case"),
        title=_titled(item),
        place=item.place,
        demands=unnamed(demands_said(item.words)),
        topic=BETWEEN.join(item.topics),
        unit=_unit(ctx, item) or section_by(ctx, item.bureau, settings) or item.bureau,
        state=CaseState.REGISTERED if by_hand else CaseState.CLUE,
        suggested=judged.suggested_grade if judged else item.suggested,
        why="，".join(judged.why if judged else item.why),
        finder=item.finder,
        source=item.source,
        platform=item.platform,
        url=item.url,
        posted_at=item.posted_at,
        found_at=item.found_at,
        registered_at=ctx.now,
        touched_at=ctx.now,
        heat_found=in_words(heat),
        heat_peak=in_words(heat),
        clock_at=ctx.now,
        alerted={"now": known.write(), "heat": heat},
    )
    case.unit = whose(ctx, case, judged)
    earlier = _earlier(ctx, item, newest=judged is not None and judged.newest)
    perhaps = dict.fromkeys(
        (judged.perhaps if judged else item.perhaps, *(one.perhaps for one in earlier))
    )
    ctx.uow.cases.add(case)
    ctx.uow.opinion.assign([item], case.id)
    _note_opening(ctx, case, item, absent)
    _pull_in(ctx, case, item, earlier)
    told = ""
    if ctx.me is None:
        alarm_soon(ctx, case)
    else:
        told = alarm(ctx, case)
    tell_named(ctx, case, settings)
    set_clocks(ctx, case, first=True)
    doubts = "".join(doubt_in_words(ctx, case, one) for one in perhaps if one is not None)
    return case, opened_in_words(ctx, case, told, len(earlier)) + doubts


def _titled(item: OpinionItem) -> str:
    """Return what a case is called: what is said, without who says it."""
    title = short_title(item.title or item.words)
    return unnamed(title, account_of(item.platform, item.source))


def _earlier(ctx: Context, item: OpinionItem, *, newest: bool) -> Sequence[OpinionItem]:
    """Return what else is about the matter and in no case.

    Of the *newest* item's matter nothing comes after it: what is stored with it has its own turn.
    """
    if newest and item.thread is None:
        return ()
    loose = ctx.uow.opinion.loose_in(item.thread or item.id)
    return [one for one in loose if one is not item and not (newest and one.id > item.id)]


def _pull_in(ctx: Context, case: Case, item: OpinionItem, earlier: Sequence[OpinionItem]) -> None:
    """Let what was found earlier about the same matter belong to its new case."""
    if not earlier:
        return
    ctx.uow.opinion.assign(earlier, case.id)
    voices = {(item.platform, item.source)}
    now = Known.read(case.alerted["now"])
    for one in earlier:
        known = _adds(one)
        fresh = one.repost_of is None and (one.platform, one.source) not in voices
        voices.add((one.platform, one.source))
        now = Known(
            grade=max(now.grade, known.grade, key=rank),
            harmed=max(now.harmed, known.harmed),
            medium=max(now.medium, known.medium),
            sources=now.sources + fresh,
        )
        case.demands = case.demands or unnamed(demands_said(one.words))
        case.place = case.place or one.place
    case.alerted = {**case.alerted, "now": now.write()}
    hotter(case, max((_heat(one) for one in earlier if not _is_elsewhere(one)), default=0))
    case.found_at = min(case.found_at, *(one.found_at for one in earlier))
    move(ctx, case, CaseMove.ADD, words=texts.PULLED_IN.format(count=len(earlier)))


def _note_opening(ctx: Context, case: Case, item: OpinionItem, absent: UserId) -> None:
    """Write the first line of the ledger: a life begins, which no state leads to."""
    line = CaseEvent(
        case=case.id,
        at=ctx.now,
        move=CaseMove.REGISTER,
        state=case.state,
        actor=ctx.me.userid if ctx.me is not None else NOBODY,
        words=item.words,
        evidence=item.url,
        on_behalf_of=absent,
    )
    ctx.uow.cases.note(line)
    after = {"item": item.id, "suggested": item.suggested}
    ctx.audit("case:register", case.id, after=after, on_behalf_of=absent)


def opened_in_words(ctx: Context, case: Case, told: str, before: int = 0) -> str:
    """Say what was registered, who knows, and what comes next."""
    if ctx.me is None:
        return ""
    ctx.show("opinion", [case.number])
    decides = may_grade(hats(ctx, case), None, case.suggested)
    following = texts.NEXT_GRADER if decides else texts.NEXT_FINDER
    return texts.OPENED.format(
        name=named(case),
        grade=texts.GRADES[case.suggested],
        why=texts.WHY.format(why=case.why) if case.why else "",
        alerted=(texts.OPENED_WITH.format(count=before) if before else "") + told,
        next=following.format(number=case.number, colour=texts.COLOURS[case.suggested] + "色"),
    )


def add_item(ctx: Context, case: Case, item: OpinionItem) -> str:
    """Add an item to a case that is locked; alert again only where that is worth it."""
    ctx.uow.opinion.assign([item], case.id)
    before = grade_of(case)
    grow(ctx, case, item)
    reopened = case.state is CaseState.CLOSED
    if reopened:
        move(ctx, case, CaseMove.REOPEN, words=texts.REOPENED_BY_ITEM)
        begin_again(ctx, case)
        if ctx.me is None:
            alarm_soon(ctx, case, Because.ASKED)
        else:
            alarm(ctx, case, Because.ASKED)
    move(ctx, case, CaseMove.ADD, words=item.words, evidence=item.url)
    because = None if case.state in ENDED or reopened else alarm_if_worth(ctx, case)
    if reopened or grade_of(case) is not before:
        set_clocks(ctx, case)
    if ctx.me is None:
        return ""
    ctx.show("opinion", [case.number])
    state = texts.STATES[case.state]
    if case.state in ENDED:
        return texts.ADDED_ENDED.format(name=named(case), state=state, number=case.number)
    again = texts.ADDED_BECAUSE.format(because=texts.BECAUSE[because]) if because else ""
    count = ctx.uow.cases.counts([case.id])[case.id]
    return texts.ADDED.format(
        name=named(case), count=count, state=state, alerted=again, number=case.number
    )


def begin_again(ctx: Context, case: Case) -> None:
    """Let the clocks of a case that was over run from now."""
    case.registered_at = case.clock_at = ctx.now
    case.assigned_at = case.acked_at = case.answered_at = case.due_at = None
    case.closed_at, case.closed_by, case.watch_until = None, NOBODY, None
    case.holder, case.overdue, case.result = NOBODY, {}, ""


def grow(ctx: Context, case: Case, item: OpinionItem) -> None:
    """Let what is known of a case grow by an item; a suggestion only ever rises."""
    now = Known.read({**case.alerted["now"], "grade": case.suggested})
    one = _adds(item)
    known_source = item.repost_of is not None or (
        item.source and ctx.uow.cases.says_so_before(case.id, item.id, item.platform, item.source)
    )
    grown = Known(
        grade=max(now.grade, one.grade, key=rank),
        harmed=max(now.harmed, one.harmed),
        medium=max(now.medium, one.medium),
        sources=now.sources + (0 if known_source else 1),
    )
    case.alerted = {**case.alerted, "now": grown.write()}
    hotter(case, 0 if _is_elsewhere(item) else _heat(item))
    if rank(one.grade) > rank(case.suggested):
        case.suggested, case.why = one.grade, "，".join(item.why)
    case.place = case.place or item.place
    case.demands = case.demands or unnamed(demands_said(item.words))
    case.url = case.url or item.url


ABSORBED = ("alerted", "heat_peak", "suggested", "why", "place", "demands", "url")
"""What of a case grows by another that is merged into it."""


def absorb(ctx: Context, case: Case, other: Case) -> None:
    """Let what is known of a case grow by all that is known of *other*, whose items it will get."""
    now = Known.read({**case.alerted["now"], "grade": case.suggested})
    more = Known.read({**other.alerted["now"], "grade": other.suggested})
    grown = Known(
        grade=max(now.grade, more.grade, key=rank),
        harmed=max(now.harmed, more.harmed),
        medium=max(now.medium, more.medium),
        sources=now.sources + more.sources - ctx.uow.opinion.in_both(case.id, other.id),
    )
    case.alerted = {**case.alerted, "now": grown.write()}
    hotter(case, int(other.alerted.get("heat", 0)))
    if rank(other.suggested) > rank(case.suggested):
        case.suggested, case.why = other.suggested, other.why
    case.place = case.place or other.place
    case.demands = case.demands or other.demands
    case.url = case.url or other.url


def _adds(item: OpinionItem) -> Known:
    """Return what an item adds to a case of ours: of one about elsewhere only that it was said."""
    return Known(grade=Grade.BLUE) if _is_elsewhere(item) else known_of(item)


def _is_elsewhere(item: OpinionItem) -> bool:
    """Tell whether what a machine found names other places alone; a member's report is ours."""
    return not item.relevance and bool(item.weighed.get("elsewhere"))


def known_of(item: OpinionItem) -> Known:
    """Return what one item says that is worth telling."""
    seen, _, harm = read_signs(f"{item.title}\n{item.words}", 0)
    return Known(
        grade=item.suggested,
        harmed=harm.dead + harm.hurt + harm.poisoned,
        medium=int(seen.medium),
    )


def _heat(item: OpinionItem) -> int:
    counted = max((int(value) for value in item.heat.values()), default=0)
    return max(counted, signs(item.words).heat)


def hotter(case: Case, heat: int) -> None:
    """Let the highest heat that was seen or said of a case stand in its ledger."""
    heat = max(int(case.alerted.get("heat", 0)), heat)
    case.alerted = {**case.alerted, "heat": heat}
    case.heat_peak = in_words(heat)


def _unit(ctx: Context, item: OpinionItem) -> UnitId | None:
    """Return whose matter it may be: the section of an officer or head who found it, for now."""
    if item.finder == NOBODY:
        return None
    found = ctx.uow.members.person(UserId(item.finder))
    roles = ctx.uow.members.roles_of(item.finder)
    own = {Role.OFFICER, Role.SECTION_HEAD} & roles.keys()
    if found is None or found.bureau != item.bureau or not own or Role.OFFICE in roles:
        return None
    return found.unit
