"""警报: what stands, what was, and one with its log and what became of each message."""

from functools import partial
from http import HTTPStatus

from flask import Blueprint, abort, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from bot.services import Services
from bot.web.family import family, looking
from bot.web.handing import HandedForm, act_on, answered
from bot.web.lists import PAGE, page_number, turning
from handlers.alerts.capability import (
    HOURS,
    acts_of,
    entries_of,
    label_of,
    named,
    sees,
    silent_of,
    states_of,
    told_of,
    visible,
)
from handlers.cases.capability import CASE_ALERTS
from handlers.cases.capability import named as named_case
from handlers.cases.capability import sees as sees_case
from handlers.contingencies.capability import running
from handlers.incidents.capability import finding, listing
from handlers.kit.context import Context
from handlers.rules.calendar import short_time
from handlers.rules.contingencies import INCIDENT
from handlers.rules.escalation import rank
from storage.models import Alert
from storage.vocabulary import AlertId, AlertStatus, CaseId

_WORDS, _NAME = 300, 40
_TASKS = (f"{running.KIND}:", f"{running.EXERCISED}:")


class AlertForm(HandedForm):
    """One act on an alert; *act* was made with the page."""

    do = HiddenField(validators=[DataRequired("请选一项。")])
    words = StringField(validators=[Length(max=_WORDS, message="最多%(max)d字，请缩短。")])
    to = StringField(validators=[Length(max=_NAME, message="姓名最多%(max)d字。")])
    hours = HiddenField()


def alert_pages(services: Services) -> Blueprint:
    blueprint = family(services, "alerts")

    @blueprint.get("/alerts")
    def standing() -> str:
        with looking(services) as ctx:
            return _list(ctx)

    @blueprint.get("/alerts/<alert>")
    def show(alert: str) -> str:
        with looking(services) as ctx:
            return _page(ctx, _seen(ctx, alert))

    @blueprint.post("/alerts/<alert>")
    def act(alert: str) -> Response:
        form = AlertForm()
        return act_on(
            services,
            form,
            "alert",
            {"alert": alert},
            shown=lambda ctx: partial(_page, ctx, _seen(ctx, alert)),
            back=url_for(".show", alert=alert),
        )

    return blueprint


def _seen(ctx: Context, alert: str) -> Alert:
    found = ctx.uow.alerts.get(AlertId(alert))
    if found is None or not sees(ctx, found):
        abort(HTTPStatus.NOT_FOUND)
    return found


def _list(ctx: Context) -> str:
    number = page_number()
    bureau = ctx.sender.bureau
    open_ones = visible(ctx, ctx.uow.alerts.unended(bureau)) if number == 1 else []
    found = ctx.uow.alerts.lately(bureau, PAGE + 1, (number - 1) * PAGE)
    ended = [one for one in visible(ctx, found[:PAGE]) if one.status is AlertStatus.ENDED]
    states = states_of(ctx, [*open_ones, *ended])
    count = len(open_ones)
    return render_template(
        "alerts.html",
        title=f"现在有{count}个警报" if count else "现在没有警报" if number == 1 else "以前的警报",
        open_ones=[_line(ctx, one, states[one.id]) for one in sorted(open_ones, key=_urgency)],
        ended=[_line(ctx, one, states[one.id]) for one in ended],
        **turning(".standing", number, more=len(found) > PAGE),
    )


def _urgency(alert: Alert) -> tuple[bool, int]:
    """Return where an alert stands among those that stand: nobody has it, then the gravest."""
    return alert.status is not AlertStatus.OPEN, -rank(alert.grade)


def _about(ctx: Context, alert: Alert) -> tuple[str, str] | None:
    """Return the words and the address of what an alert is about, if the visitor may see it."""
    kind, _, key = alert.subject.partition(":")
    if kind in CASE_ALERTS:
        case = ctx.uow.cases.get(CaseId(key))
        seen = case is not None and sees_case(ctx, case)
        return (named_case(case), url_for("cases.show", case=key)) if case and seen else None
    incident = listing.seen(ctx, key) if kind == INCIDENT else None
    address = url_for("incidents.show", incident=key)
    return (finding.named(incident), address) if incident else None


def _line(ctx: Context, alert: Alert, state: str) -> dict[str, object]:
    return {
        "name": named(alert),
        "address": url_for("alerts.show", alert=alert.id),
        "grade": alert.grade,
        "since": short_time(alert.raised_at, ctx.now),
        "source": alert.source,
        "count": alert.count,
        "state": state,
        "task": _task(alert) if alert.subject.startswith(_TASKS) else "",
        "unheld": alert.status is AlertStatus.OPEN,
    }


def _task(alert: Alert) -> str:
    """Return which plan's task it is and of which matter; when it is due is of the day it left."""
    return alert.text.partition("。")[2].partition("：")[0]


def _page(ctx: Context, alert: Alert, *, fault: str = "") -> str:
    return render_template(
        "alert.html",
        said=answered(ctx),
        fault=fault,
        acts=acts_of(ctx, alert),
        lengths=HOURS,
        title=f"{label_of(alert)}{alert.code:02d} {alert.title}",
        alert=_line(ctx, alert, states_of(ctx, [alert])[alert.id]),
        text=alert.text,
        about=_about(ctx, alert),
        code=f"{alert.code:02d}",
        ended=alert.status is AlertStatus.ENDED,
        answers=alert.policy["each"],
        silent=silent_of(ctx, alert),
        entries=[
            {"when": short_time(entry.at, ctx.now), "what": what}
            for entry, what in entries_of(ctx, alert)
        ],
        told=told_of(ctx, alert),
    )
