"""The two clocks of an incident: said as they stand, warned of, told when they ran out."""

from datetime import datetime
from functools import partial

from handlers.incidents import meanings, texts
from handlers.incidents.finding import handlers_of, leads, named, note, the_one
from handlers.incidents.limits import limit_for
from handlers.incidents.registry import CLOCK, registry
from handlers.incidents.signing import first_signed, signers_words
from handlers.kit.asked import Asked, Due, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.messages import Text
from handlers.rules.calendar import local, short_time
from handlers.rules.incidents.limits import clocks, minutes_late, next_follow_up, warned_at
from storage.models import Incident
from storage.vocabulary import IncidentAct

PHONE, WRITTEN = "phone", "written"
TIMER, FOLLOW_UP = "incident_clock", "incident_follow_up"
_WARN, _DUE = "warn", "due"
_NAMES = {PHONE: texts.PHONE, WRITTEN: texts.WRITTEN}


def set_clocks(ctx: Context, incident: Incident) -> None:
    """Set both clocks by the limit of the grade; one that was stopped before stays stopped."""
    limit = limit_for(ctx, incident)
    incident.phone_due, incident.written_due = clocks(limit, incident.received_at)
    ctx.uow.timers.cancel(incident.id)
    for which in (PHONE, WRITTEN):
        due = due_of(incident, which)
        if done_at(incident, which) is not None:
            continue
        moments = ((_WARN, warned_at(due, ctx.now)), (_DUE, max(due, ctx.now)))
        for phase, moment in moments:
            if moment is not None:
                ctx.set_timer(
                    TIMER,
                    incident.id,
                    moment,
                    stage=f"{which} {phase} {due.isoformat()}",
                    which=which,
                    phase=phase,
                    due=due.isoformat(),
                )
    set_follow_up(ctx, incident, ctx.now)


def set_follow_up(ctx: Context, incident: Incident, after: datetime) -> None:
    moment = next_follow_up(limit_for(ctx, incident).follow_ups, after)
    if moment is not None:
        ctx.set_timer(FOLLOW_UP, incident.id, moment, stage=moment.isoformat())


def due_of(incident: Incident, which: str) -> datetime:
    return incident.phone_due if which == PHONE else incident.written_due


def done_at(incident: Incident, which: str) -> datetime | None:
    return incident.phoned_at if which == PHONE else incident.written_at


def state_of(ctx: Context, incident: Incident, which: str) -> str:
    """Say of one clock whether it runs, has run out, or when it was stopped."""
    due, done = due_of(incident, which), done_at(incident, which)
    what = _NAMES[which]
    if done is not None:
        late = minutes_late(due, done)
        reason = incident.phone_reason if which == PHONE else incident.written_reason
        because = f"，{reason}" if reason else ""
        return texts.CLOCK_DONE.format(
            what=what,
            when=short_time(done, ctx.now),
            to=incident.phoned_to if which == PHONE else incident.written_to,
            late=texts.LATE.format(minutes=late, reason=because) if late else "",
        )
    if over := minutes_late(due, ctx.now):
        return texts.CLOCK_OVER.format(what=what, due=short_time(due, ctx.now), minutes=over)
    form = texts.CLOCK_PHONE if which == PHONE else texts.CLOCK_WRITTEN
    return form.format(due=f"{local(due):%H:%M}", number=incident.number)


def states_of(ctx: Context, incident: Incident) -> str:
    return "\n".join(state_of(ctx, incident, which) for which in (PHONE, WRITTEN))


@registry.timer(TIMER)
def run_out(ctx: Context, due: Due) -> None:
    """Warn who has the incident in hand; when time is up, tell the leaders too and record it."""
    incident = ctx.uow.incidents.get(due.subject)
    which, phase = str(due.payload["which"]), str(due.payload["phase"])
    moment = datetime.fromisoformat(str(due.payload["due"]))
    if (
        incident is None
        or not incident.is_open
        or done_at(incident, which) is not None
        or due_of(incident, which) != moment
    ):
        return
    said = {
        "name": named(incident),
        "what": _NAMES[which],
        "due": f"{local(moment):%H:%M}",
        "how": _how(ctx, incident, which),
    }
    told = handlers_of(ctx, incident)
    stage = f"{which} {phase} {moment.isoformat()}"
    if phase == _WARN:
        minutes = max(1, round((moment - ctx.now).total_seconds() / 60))
        text = texts.WARN.format(minutes=minutes, **said)
    else:
        text = texts.OVERDUE.format(**said)
        told = list(dict.fromkeys([*told, *leads(ctx, incident)]))
        words = texts.NOTED.format(what=_NAMES[which], said=said["due"])
        if not any(
            one.act is IncidentAct.OVERDUE and one.words == words
            for one in ctx.uow.incidents.log(incident.id)
        ):
            note(ctx, incident, IncidentAct.OVERDUE, words)
    ctx.tell(CLOCK, told, Text(text=text), subject=incident.id, stage=stage, source=texts.SOURCE)


def _how(ctx: Context, incident: Incident, which: str) -> str:
    if which == PHONE:
        return texts.HOW_PHONE.format(number=incident.number)
    if first_signed(ctx, incident):
        return texts.HOW_WRITTEN.format(number=incident.number)
    return texts.HOW_WRITTEN_UNSIGNED.format(signers=signers_words(ctx, incident))


@registry.timer(FOLLOW_UP)
def ask_to_follow_up(ctx: Context, due: Due) -> None:
    """Ask for the next follow-up of an incident that was reported and is not over."""
    incident = ctx.uow.incidents.get(due.subject)
    if incident is None or not incident.is_open:
        return
    set_follow_up(ctx, incident, ctx.now)
    if incident.written_at is None:
        return
    said = texts.FOLLOW_UP_DUE.format(name=named(incident), number=incident.number)
    told = handlers_of(ctx, incident)
    stage = f"follow up {local(ctx.now):%Y-%m-%d %H:%M}"
    ctx.tell(CLOCK, told, Text(text=said), subject=incident.id, stage=stage, source=texts.SOURCE)


@registry.command(
    "已电话报告",
    "电话已报",
    "电话报了",
    takes=Takes.WORDS,
    usage="已电话报告 区委值班室（几件时：已电话报告3 区委值班室）",
    purpose="记下紧急信息已电话报告，报给了谁",
    means=meanings.phone,
    reads=lambda _heard: "",
)
def report_by_phone(ctx: Context, asked: Asked) -> str:
    """Stop the clock of the telephone report: who, when, to whom.

    Raises:
        UserError: it was stopped before.
    """
    to = str(asked.slots.get("incident_to", ""))
    return the_one(ctx, asked, "report_by_phone", partial(phoned, to=to))


def phoned(ctx: Context, incident: Incident, words: str, *, to: str) -> str:
    to = to or words
    if incident.phoned_at is not None:
        raise UserError(
            texts.PHONED_BEFORE.format(
                name=named(incident),
                when=short_time(incident.phoned_at, ctx.now),
                who=ctx.uow.members.names([incident.phoned_by])[incident.phoned_by],
                to=incident.phoned_to,
            )
        )
    if not to:
        kept = Asked(numbers=(incident.number,))
        return ctx.ask(texts.ASK_TO, "incident_to", "report_by_phone", kept)
    incident.phoned_at, incident.phoned_by, incident.phoned_to = ctx.now, ctx.sender.userid, to
    note(ctx, incident, IncidentAct.PHONED, to)
    ctx.audit("incident:phone", incident.id, after={"to": to})
    said = texts.PHONED.format(
        name=named(incident),
        when=f"{local(ctx.now):%H:%M}",
        to=to,
        state=state_word(ctx, incident, PHONE),
    )
    return said + ask_why_late(ctx, incident, PHONE)


def state_word(ctx: Context, incident: Incident, which: str) -> str:
    late = minutes_late(due_of(incident, which), ctx.now)
    return texts.LATE_BY.format(minutes=late) if late else texts.IN_TIME


def ask_why_late(ctx: Context, incident: Incident, which: str) -> str:
    """Ask for the reason, where a clock was stopped late; empty where it was not."""
    late = minutes_late(due_of(incident, which), ctx.now)
    if not late:
        return ""
    kept = Asked(numbers=(incident.number,), slots={"which": which})
    question = texts.ASK_REASON.format(minutes=late)
    return "\n" + ctx.ask(question, "incident_late", "explain_delay", kept)


@registry.command(
    "紧急超时原因",
    takes=Takes.WORDS,
    usage="紧急超时原因 现场信号中断",
    purpose="记下紧急信息超时报告的原因",
    means=meanings.late,
)
def explain_delay(ctx: Context, asked: Asked) -> str:
    """Record why a report was late.

    Raises:
        UserError: none was late, or no reason is said.
    """
    reason = str(asked.slots.get("incident_late", ""))
    which = str(asked.slots.get("which", ""))
    return the_one(
        ctx, asked, "explain_delay", partial(explained, reason=reason, which=which), over=True
    )


def explained(ctx: Context, incident: Incident, words: str, *, reason: str, which: str) -> str:
    reason = reason or words
    late = [each for each in (PHONE, WRITTEN) if is_late(ctx, incident, each)]
    if which:
        late = [each for each in late if each == which]
    if not late:
        raise UserError(texts.NOTHING_LATE.format(name=named(incident)))
    if not reason:
        raise UserError(texts.ASK_WHICH_REASON.format(number=incident.number))
    for each in late:
        if each == PHONE:
            incident.phone_reason = reason
        else:
            incident.written_reason = reason
    said = "、".join(_NAMES[each] for each in late)
    note(ctx, incident, IncidentAct.EXPLAINED, f"{said}：{reason}")
    return texts.EXPLAINED.format(name=named(incident), which=said, reason=reason)


def is_late(ctx: Context, incident: Incident, which: str) -> bool:
    return minutes_late(due_of(incident, which), done_at(incident, which) or ctx.now) > 0
