"""告警, 告警 07: what stands, who has it since when, what comes next; and one alert's log."""

import re
from collections.abc import Mapping, Sequence

from handlers.alerts import meanings, texts
from handlers.alerts.commands import registry
from handlers.alerts.finding import sees
from handlers.alerts.silencing import silences_of
from handlers.alerts.telling import crowd, named, people
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.rules.calendar import short_time
from handlers.rules.visibility import ALERTS_SEEN_BY, may_see_alert
from storage.models import Alert, AlertEntry
from storage.vocabulary import AlertAct, AlertId, AlertStatus, UserId

_SHOWN, _LINES, _NAMES, _SILENT_NAMES = 10, 30, 8, 50
_HIDDEN = frozenset({AlertAct.TOLD, AlertAct.AGAIN, AlertAct.ACKNOWLEDGED, AlertAct.SKIPPED})
_CODE = re.compile(r"\s*(\d{1,4})号?\s*")


@registry.command(
    "告警",
    "警报",
    takes=Takes.WORDS,
    usage="告警（告警 07）",
    purpose="看现在的警报，谁在处理",
    means=meanings.listing,
    reads=lambda _heard: "",
    changes=False,
)
def list_alerts(ctx: Context, asked: Asked) -> str:
    if asked.text:
        found = _CODE.fullmatch(asked.text)
        alert = ctx.uow.alerts.coded(ctx.sender.bureau, int(found[1])) if found else None
        if alert is None or not sees(ctx, alert):
            code = int(found[1]) if found else 0
            raise UserError(texts.NOT_FOUND.format(code=code))
        return ctx.with_link(log_of(ctx, alert), f"alerts/{alert.id}")
    seen = visible(ctx, ctx.uow.alerts.unended(ctx.sender.bureau))
    quiet = silences_of(ctx) if ALERTS_SEEN_BY & viewer(ctx).roles.keys() else []
    if not seen:
        return "\n".join([texts.LIST_EMPTY, *quiet])
    shown = seen[:_SHOWN]
    states = states_of(ctx, shown)
    lines = [texts.LINE.format(name=named(one), state=states[one.id]) for one in shown]
    if len(seen) > _SHOWN:
        lines.append(texts.AND_MORE.format(count=len(seen) - _SHOWN))
    said = texts.LIST.format(count=len(seen), lines="\n".join([*lines, *quiet]))
    return ctx.with_link(said, "alerts")


def visible(ctx: Context, alerts: Sequence[Alert]) -> list[Alert]:
    """Return those of a bureau's alerts that the sender may see."""
    told = ctx.uow.alerts.told_among(ctx.sender.userid, [one.id for one in alerts])
    who = viewer(ctx)
    lineages = ctx.uow.members.lineages({one.unit for one in alerts}) if alerts else {}
    return [
        one
        for one in alerts
        if may_see_alert(who, one.raised_by, lineages[one.unit], was_told=one.id in told)
    ]


def states_of(ctx: Context, alerts: Sequence[Alert]) -> Mapping[AlertId, str]:
    """Say of each who has it since when, and what comes next and when."""
    names = ctx.uow.members.names({one.holder for one in alerts} | {one.ended_by for one in alerts})
    above = {one.id: one for one in ctx.uow.alerts.some({one.above for one in alerts})}
    answers = ctx.uow.alerts.answers([one.id for one in alerts])
    return {
        one.id: _state(ctx, one, names, above.get(one.above), answers.get(one.id, (0, 0)))
        for one in alerts
    }


def _state(
    ctx: Context,
    alert: Alert,
    names: Mapping[UserId, str],
    above: Alert | None,
    answers: tuple[int, int],
) -> str:
    until = short_time(alert.next_at, ctx.now) if alert.next_at else ""
    match alert.status:
        case AlertStatus.ENDED:
            return texts.ENDED_STATE.format(
                who=names.get(alert.ended_by, texts.CLOCK),
                when=short_time(alert.ended_at or ctx.now, ctx.now),
                why=alert.ended_why,
            )
        case AlertStatus.SILENCED:
            return texts.SILENCED_STATE
        case AlertStatus.INHIBITED:
            return texts.INHIBITED_BY.format(name=named(above) if above else "")
        case AlertStatus.HELD:
            when = short_time(alert.held_at or ctx.now, ctx.now)
            return texts.HELD_BY.format(who=names[alert.holder], when=when, until=until)
        case AlertStatus.OPEN if alert.policy["each"]:
            return texts.ANSWERED_BY.format(acked=answers[1], count=answers[0])
        case AlertStatus.OPEN:
            return texts.OPEN_UNTIL.format(until=until)


def log_of(ctx: Context, alert: Alert) -> str:
    """Tell what happened to an alert; who has not answered stands there for its raiser alone."""
    lines = [
        texts.LOG_LINE.format(when=short_time(one.at, ctx.now), what=what)
        for one, what in entries_of(ctx, alert)[-_LINES:]
    ]
    said = texts.LOG.format(
        name=named(alert),
        text=alert.text,
        source=alert.source,
        state=states_of(ctx, [alert])[alert.id],
        lines="\n".join(lines),
    )
    if silent := silent_of(ctx, alert):
        said += "\n" + texts.SILENT_ONES.format(names=silent)
    return said


def entries_of(ctx: Context, alert: Alert) -> Sequence[tuple[AlertEntry, str]]:
    """Return the lines of the log that the sender may read, each in words.

    Of what each must answer nobody but its raiser sees who did and who did not.
    """
    log = ctx.uow.alerts.log(alert.id)
    if alert.policy["each"] and alert.raised_by != ctx.sender.userid:
        log = [one for one in log if one.act not in _HIDDEN or one.actor == ctx.sender.userid]
    names = ctx.uow.members.names(
        {UserId(person) for one in log for person in (*one.people, one.actor)}
    )
    return [(one, _in_words(one, names)) for one in log]


def _in_words(entry: AlertEntry, names: Mapping[UserId, str]) -> str:
    if entry.act is AlertAct.SKIPPED:
        return entry.words
    return texts.ACTS[entry.act].format(
        people=crowd(names, [UserId(one) for one in entry.people], _NAMES),
        actor=names.get(entry.actor, texts.CLOCK),
        words=entry.words,
    )


def silent_of(ctx: Context, alert: Alert) -> str:
    """Name who has not answered, to whoever called out; empty for all others."""
    if not alert.policy["each"] or alert.raised_by != ctx.sender.userid:
        return ""
    everybody = ctx.uow.alerts.recipients(alert.id)
    return people(ctx, [one.member for one in everybody if one.acked_at is None], _SILENT_NAMES)


def told_of(ctx: Context, alert: Alert) -> Sequence[tuple[str, str, str]]:
    """Return of the messages about the alert when and what, to whom, and what became of them.

    Those of one moment that fared alike stand together. Of what each must answer, only its raiser
    sees it.
    """
    if alert.policy["each"] and alert.raised_by != ctx.sender.userid:
        return []
    found = ctx.uow.alerts.pushes(alert.id, ["alert", "alert_question", "alert_news"])
    pushes = sorted(found, key=lambda one: one.sent_at or one.created_at)
    names = ctx.uow.members.names({one.recipient for one in pushes})
    together: dict[tuple[str, str], list[str]] = {}
    for one in pushes:
        when = short_time(one.sent_at or one.created_at, ctx.now)
        outcome = texts.OUTCOMES[one.outcome] if one.outcome else texts.UNDER_WAY
        line = (f"{when} {texts.PUSHED[one.kind]}", outcome)
        together.setdefault(line, []).append(names.get(one.recipient, one.recipient))
    return [(what, "、".join(whom), outcome) for (what, outcome), whom in together.items()]
