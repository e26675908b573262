"""紧急信息: the ledger of incidents; one with its clocks, form, reports and acts; their files."""

from functools import partial
from http import HTTPStatus
from io import BytesIO

from flask import Blueprint, abort, render_template, send_file, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from bot import making
from bot.services import Services
from bot.web.contingencies import runs_about, sees_plans
from bot.web.family import family, looking
from bot.web.handing import HandedForm, act_on, answered
from bot.web.lists import PAGE, page_number, turning
from bot.web.pictures import kept_file
from handlers.incidents.capability import clocks, finding, forms, listing, papers, signing
from handlers.incidents.texts import LEDGER_TITLE, STATUS
from handlers.kit.context import Context
from handlers.kit.finding import viewer
from handlers.rules.calendar import local, short_time
from handlers.rules.contingencies import INCIDENT
from handlers.rules.incidents.wording import LABELS
from handlers.rules.visibility import ALERTS_SEEN_BY
from storage.models import Incident, IncidentReport, SentPicture
from storage.vocabulary import IncidentReportStatus, PaperKind, PictureId, PictureOf

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORDS, _ELEMENT = 1000, 300
_TOO_LONG = "最多%(max)d字，请缩短。"


class IncidentForm(HandedForm):
    """One act on an incident; its elements are fields by their names, *revision* what was seen."""

    do = HiddenField(validators=[DataRequired("请选一项。")])
    words = StringField(validators=[Length(max=_WORDS, message=_TOO_LONG)])
    revision = HiddenField(validators=[Length(max=9)])


for _name in LABELS:
    setattr(IncidentForm, _name, StringField(validators=[Length(max=_ELEMENT, message=_TOO_LONG)]))


def incident_pages(services: Services) -> Blueprint:
    blueprint = family(services, "incidents")

    @blueprint.get("/incidents")
    def ledger() -> str:
        with looking(services) as ctx:
            return _list(ctx)

    @blueprint.get("/incidents/<int:year>.xlsx")
    def sheet(year: int) -> Response:
        with looking(services) as ctx:
            if not _keeps_ledger(ctx):
                abort(HTTPStatus.NOT_FOUND)
            subject = f"{ctx.sender.bureau}:{year:04d}"
            write = making.writer(ctx, PaperKind.INCIDENT_LEDGER, subject)
        content = making.written(services, write)
        name = f"{year}年{LEDGER_TITLE}.xlsx"
        return send_file(BytesIO(content), mimetype=_SHEET, as_attachment=True, download_name=name)

    @blueprint.get("/incidents/<incident>")
    def show(incident: str) -> str:
        with looking(services) as ctx:
            return _page(ctx, _seen(ctx, incident))

    @blueprint.post("/incidents/<incident>")
    def act(incident: str) -> Response:
        form = IncidentForm()
        return act_on(
            services,
            form,
            "incident",
            {"incident": incident},
            shown=lambda ctx: partial(_page, ctx, _seen(ctx, incident)),
            back=url_for(".show", incident=incident),
        )

    @blueprint.get("/incidents/<incident>/pictures/<picture>")
    def picture(incident: str, picture: str) -> Response:
        return _picture(services, incident, picture)

    @blueprint.get("/incidents/<incident>/<int:position>.docx")
    def paper(incident: str, position: int) -> Response:
        return _paper(services, incident, position)

    return blueprint


def _paper(services: Services, incident: str, position: int) -> Response:
    with looking(services) as ctx:
        found = _seen(ctx, incident)
        reports = ctx.uow.incidents.reports(found.id)
        if position >= len(reports):
            abort(HTTPStatus.NOT_FOUND)
        write = making.writer(ctx, PaperKind.INCIDENT_REPORT, reports[position].id)
        name = papers.file_name(ctx, found, reports[position])
    content = making.written(services, write)
    return send_file(BytesIO(content), mimetype=_WORD, as_attachment=True, download_name=name)


def _picture(services: Services, incident: str, picture: str) -> Response:
    with looking(services) as ctx:
        shown = {one.id: one.sha256 for one in _kept(ctx, _seen(ctx, incident))}
    if picture not in shown:
        abort(HTTPStatus.NOT_FOUND)
    return kept_file(services, shown[PictureId(picture)], "现场照片")


def _kept(ctx: Context, incident: Incident) -> list[SentPicture]:
    """Return the pictures of an incident that have been fetched."""
    return [one for one in ctx.uow.pictures.of(PictureOf.INCIDENT, incident.id) if one.sha256]


def _seen(ctx: Context, incident: str) -> Incident:
    found = listing.seen(ctx, incident)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _keeps_ledger(ctx: Context) -> bool:
    """Tell whether the visitor may take the ledger of the whole bureau with him."""
    return viewer(ctx).holds(ALERTS_SEEN_BY, (ctx.sender.bureau,))


def _list(ctx: Context) -> str:
    number = page_number()
    found = ctx.uow.incidents.lately(ctx.sender.bureau, PAGE + 1, (number - 1) * PAGE)
    shown = finding.visible(ctx, found[:PAGE])
    year = local(ctx.now).year
    count = len(finding.open_ones(ctx))
    return render_template(
        "incidents.html",
        title=LEDGER_TITLE,
        count=count,
        lines=[_line(ctx, one) for one in shown],
        sheet=url_for(".sheet", year=year) if _keeps_ledger(ctx) else "",
        plans=url_for("contingencies.listing") if sees_plans(ctx) else "",
        year=year,
        **turning(".ledger", number, more=len(found) > PAGE),
    )


def _line(ctx: Context, incident: Incident) -> dict[str, object]:
    return {
        "name": finding.named(incident),
        "address": url_for("incidents.show", incident=incident.id),
        "grade": listing.grade_of(incident),
        "when": short_time(incident.received_at, ctx.now),
        "open": incident.is_open,
        "status": STATUS[incident.status],
        "state": listing.brief_state(ctx, incident),
        "late": listing.lateness(ctx, incident),
        "ended": incident.ended_words,
    }


def _page(ctx: Context, incident: Incident, *, fault: str = "") -> str:
    return render_template(
        "incident.html",
        said=answered(ctx),
        fault=fault,
        most=_WORDS,
        longest=_ELEMENT,
        next=forms.next_of(ctx, incident),
        acts=forms.acts_of(ctx, incident),
        elements=forms.elements_of(incident) if forms.may_put_right(ctx, incident) else (),
        plans=runs_about(ctx, INCIDENT, incident.id),
        signs=forms.may_sign(ctx, incident),
        revision=incident.revision,
        title=finding.named(incident),
        incident=_line(ctx, incident),
        case=_case(ctx, incident),
        clocks=[
            {"state": clocks.state_of(ctx, incident, which), "late": late}
            for which, late in listing.clocks_late(ctx, incident)
        ],
        pictures=[
            url_for(".picture", incident=incident.id, picture=one.id)
            for one in _kept(ctx, incident)
        ],
        facts=listing.facts_of(incident),
        lacks=papers.missing_words(incident),
        reports=[_report(ctx, incident, one) for one in ctx.uow.incidents.reports(incident.id)],
        signers=signing.signers_words(ctx, incident),
        waits=signing.open_report(ctx, incident) is not None and incident.is_open,
        entries=[
            {"when": short_time(one.at, ctx.now), "what": what}
            for one, what in listing.entries_of(ctx, incident)
        ],
    )


def _case(ctx: Context, incident: Incident) -> tuple[str, str] | None:
    """Return the name and the address of its case of public opinion, if the visitor may see it."""
    words = listing.case_of(ctx, incident)
    return (words, url_for("cases.show", case=incident.case)) if words else None


def _report(ctx: Context, incident: Incident, report: IncidentReport) -> dict[str, object]:
    return {
        "name": papers.title_of_report(report),
        "state": listing.report_state(ctx, report),
        "text": papers.text_of(ctx, incident, report),
        "file": url_for("incidents.paper", incident=incident.id, position=report.position),
        "waits": report.status is IncidentReportStatus.DRAFT,
    }
