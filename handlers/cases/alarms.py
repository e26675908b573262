"""The alerts of a case: raised once, told again only of what changes what has to be done."""

from collections.abc import Sequence

from handlers.cases import texts
from handlers.cases.finding import ALERTED, TASK
from handlers.cases.limits import limits_of
from handlers.cases.moving import AGAIN, GRAVE, move
from handlers.cases.naming import alarm_of, now_known, where_said
from handlers.cases.registry import registry
from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.events import AlertAsked, AlertSubjectSettled
from handlers.kit.quiet import QuietHours
from handlers.rules.calendar import short_time
from handlers.rules.cases.alerting import Because, Known, not_before, worth_telling
from handlers.rules.cases.flow import CALM
from handlers.rules.opinion.posters import account_of, unnamed
from handlers.rules.peace import heard_at
from storage.models import Case
from storage.vocabulary import NOBODY, AlertStatus, CaseId, CaseMove, Grade, UserId

_QUOTES, _QUOTED = 3, 60
_GRAVE = frozenset({Grade.ORANGE, Grade.RED})
_PROMISED = "promised"
"""By which kind of timer the first alert of a case was promised, until it is raised."""


def alarm(ctx: Context, case: Case, because: Because | None = None) -> str:
    """Raise the alert of a case, or let one more word of it join; return who was told, in words.

    *because*: people were told before, and why they are told again.
    """
    words = texts.BECAUSE[because] if because else ""
    move(ctx, case, CaseMove.ALERT, words=words)
    [name] = ctx.emit(
        AlertAsked(
            unit=case.unit,
            kind=ALERTED,
            key=case.id,
            grade=alarm_of(case),
            source=where_said(case),
            title=case.title,
            text="\n".join(filter(None, (words, facts_in_words(ctx, case)))),
        )
    )
    _note_told(ctx, case)
    return _told(ctx, case, name) if ctx.me is not None else ""


def _note_told(ctx: Context, case: Case) -> None:
    """Note what people know of a case now: what comes is held against it."""
    known = {**now_known(case).write(), "at": ctx.now.isoformat()}
    kept = {name: value for name, value in case.alerted.items() if name != _PROMISED}
    case.alerted = {**kept, "told": known}


def _told(ctx: Context, case: Case, name: str) -> str:
    """Say whom the alert that stands for a case has reached."""
    standing = ctx.uow.alerts.standing(case.bureau, f"{ALERTED}:{case.id}")
    speaking = [one for one in standing if one.status is not AlertStatus.INHIBITED]
    if any(one.status is AlertStatus.SILENCED for one in speaking):
        return texts.SILENT
    people = [seat.member for one in speaking for seat in ctx.uow.alerts.recipients(one.id)]
    quiet, calendar = ctx.policy(QuietHours).quiet, ctx.calendar()
    if not people:
        return texts.ALERTED_NOBODY.format(alert=name)
    when = max(heard_at(ctx.now, one.policy.get("calm", ""), quiet, calendar) for one in speaking)
    if when > ctx.now:
        return texts.ALERTED_LATER.format(
            when=short_time(when, ctx.now), people=names(ctx, people), alert=name
        )
    return texts.ALERTED.format(people=names(ctx, people), alert=name)


def names(ctx: Context, members: Sequence[UserId], most: int = 6) -> str:
    """Name members, a crowd by its first ones."""
    found = ctx.uow.members.names(members)
    said = "、".join(found.get(one, one) for one in members[:most])
    return said if len(members) <= most else f"{said}等{len(members)}人"


def facts_in_words(ctx: Context, case: Case) -> str:
    """Return what somebody who is woken has to know: grade and why, place, first source, quotes."""
    count, newest = ctx.uow.opinion.said_in(case.id, _QUOTES)
    quotes = [
        texts.ALARM_QUOTE.format(
            words=unnamed(one.words, account_of(one.platform, one.source))[:_QUOTED],
            url=f" {one.url}" if one.url else "",
        )
        for one in newest
    ]
    sources = int(case.alerted["now"]["sources"])
    phone = texts.ALARM_PHONE if alarm_of(case) is Grade.RED else ""
    lines = [
        phone + texts.ALARM.format(number=case.number, graded=graded(ctx, case), facts=""),
        texts.ALARM_PLACE.format(place=case.place) if case.place else "",
        texts.ALARM_FIRST.format(
            where=where_said(case),
            when=short_time(case.posted_at or case.found_at, ctx.now),
        ),
        texts.ALARM_COUNT.format(count=count, sources=sources) if sources > 1 else "",
        *quotes,
    ]
    return "\n".join(filter(None, lines))


def graded(ctx: Context, case: Case) -> str:
    """Say the grade, and who says so."""
    if case.grade is None:
        why = texts.WHY.format(why=case.why) if case.why else ""
        return texts.SUGGESTS.format(grade=texts.GRADES[case.suggested], why=why)
    who = names(ctx, [case.graded_by]) if case.graded_by != NOBODY else texts.SYSTEM
    return texts.DECIDED.format(who=who, grade=texts.GRADES[case.grade])


def alarm_soon(ctx: Context, case: Case, because: Because | None = None) -> None:
    """Have the alert of a case raised right after this transaction, by a worker that is free.

    Posts that come in a crowd do not wait for each other's alerts, and what else of them belongs to
    the case is told with it. What is grave goes before all that is lighter. The timer is the
    promise: where no worker hears the ring, the scheduler's next look finds it.
    """
    kind = _kind_of(case)
    if _told_before(case) is None:
        case.alerted = {**case.alerted, _PROMISED: kind}
    ctx.set_timer(
        kind,
        again_of(case.id),
        ctx.now,
        stage=str(case.revision),
        at_once=True,
        because=because or "",
    )
    ctx.ring("due", kind)


def _kind_of(case: Case) -> str:
    return GRAVE if alarm_of(case) in _GRAVE else AGAIN


def alarm_if_worth(ctx: Context, case: Case) -> Because | None:
    """Tell again what is worth it, at once or when the gap since the last time is over.

    Where the first alert is still to be raised, it will tell all; it only may have become grave.
    """
    if _told_before(case) is None:
        if _kind_of(case) == GRAVE and case.alerted.get(_PROMISED) != GRAVE:
            alarm_soon(ctx, case)
        return None
    if _rests(case):
        return None
    told, now = Known.read(case.alerted["told"]), now_known(case)
    because = worth_telling(told, now)
    if because is None:
        return None
    calendar = ctx.calendar()
    last = ctx.now.fromisoformat(told.at)
    moment = not_before(because, last, limits_of(ctx, case).gap, calendar, ctx.now)
    if moment > ctx.now:
        ctx.set_timer(AGAIN, again_of(case.id), moment, stage=told.at)
    elif ctx.me is None:
        alarm_soon(ctx, case, because)
    else:
        alarm(ctx, case, because)
    return because


def _told_before(case: Case) -> Known | None:
    """Return what people were told of a case; None where its first alert is still to be raised."""
    return Known.read(case.alerted["told"]) if "told" in case.alerted else None


def _rests(case: Case) -> bool:
    """Tell whether nobody has to take a case, and nothing graver has come to light."""
    return case.state in CALM and alarm_of(case) == case.alerted["told"]["grade"]


def again_of(case: CaseId) -> str:
    """Return what the clock of a second alert is named by, which a change of grade leaves alone."""
    return f"{case}:again"


@registry.timers_together(GRAVE)
@registry.timers_together(AGAIN)
def tell_again(ctx: Context, dues: Sequence[Due]) -> None:
    """An alert was promised, or the gap is over: it is told, if it still is worth it."""
    cases = [CaseId(due.subject.partition(":")[0]) for due in dues]
    ctx.uow.cases.lock_all(cases)
    for due, case_id in zip(dues, cases, strict=True):
        case = ctx.uow.cases.lock(case_id)
        if case is not None:
            _tell(ctx, case, due)


def _tell(ctx: Context, case: Case, due: Due) -> None:
    told, promised = _told_before(case), due.payload
    if told is None:
        if case.state not in CALM:
            alarm(ctx, case)
        return
    if _rests(case) if promised.get("at_once") else case.state in CALM:
        return
    since = ctx.now.fromisoformat(told.at) > due.due_at  # a grave one went before this one
    asked = promised.get("because") == Because.ASKED and not since
    because = Because.ASKED if asked else worth_telling(told, now_known(case))
    if because is not None:
        alarm(ctx, case, because)


def settle(ctx: Context, case: Case, why: str, *kinds: str) -> None:
    """Let the alerts of a case end: somebody has it, or it is over."""
    for kind in kinds or (ALERTED, TASK):
        subject = f"{kind}:{case.id}"
        ctx.emit(AlertSubjectSettled(bureau=case.bureau, subject=subject, why=why))
    ctx.uow.timers.cancel(again_of(case.id))
    if _told_before(case) is None:
        _note_told(ctx, case)  # whoever has it knows: its first alert is not raised any more
