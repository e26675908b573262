"""值班: a month of the roster, its files; and the feed to which a member's calendar subscribes."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Blueprint, abort, make_response, render_template, send_file, url_for
from werkzeug.wrappers import Response

from bot import making
from bot.documents.cells import written_cell
from bot.documents.ics import Entry, calendar_file
from bot.services import Services
from bot.sheets.separated import separated_file
from bot.web.family import family, looking
from bot.web.links import PAGES
from handlers.duty.capability import (
    calendar_title,
    feed_of,
    feed_words,
    keeps_roster,
    log_on_page,
    month_of,
    on_now,
    roster_notes,
    roster_of,
    roster_table,
    shifts_of_member,
)
from handlers.kit.context import Context
from handlers.rules.calendar import local
from handlers.rules.notices.report import Cell
from storage.vocabulary import PaperKind

_DAY = timedelta(days=1)
_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
_SECRET = re.compile(r"[0-9a-f]{32}")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILES = {
    "docx": (PaperKind.DUTY_ROSTER, _WORD),
    "xlsx": (PaperKind.DUTY_ROSTER_SHEET, _SHEET),
}


def duty_pages(services: Services) -> Blueprint:
    blueprint = family(services, "duty")

    @blueprint.get("/duty")
    def show() -> str:
        with looking(services) as ctx:
            return render_template("duty.html", **_month(ctx, local(ctx.now).date()))

    @blueprint.get("/duty/<month>")
    def month(month: str) -> str:
        if not _MONTH.fullmatch(month):
            abort(HTTPStatus.NOT_FOUND)
        with looking(services) as ctx:
            return render_template("duty.html", **_month(ctx, date.fromisoformat(f"{month}-01")))

    @blueprint.get("/duty/<month>.csv")
    def separated(month: str) -> Response:
        if not _MONTH.fullmatch(month):
            abort(HTTPStatus.NOT_FOUND)
        with looking(services) as ctx:
            first, last = month_of(date.fromisoformat(f"{month}-01"))
            table = roster_table(roster_of(ctx, ctx.sender.bureau, first, last))
        rows = ([_sheet_cell(cell) for cell in row] for row in table.rows)
        content = separated_file([column.name for column in table.columns], rows)
        return send_file(
            BytesIO(content),
            mimetype="text/csv",
            as_attachment=True,
            download_name=f"{first.year}年{first.month}月值班表.csv",
        )

    @blueprint.get("/duty/<month>.<kind>")
    def file(month: str, kind: str) -> Response:
        if kind not in _FILES or not _MONTH.fullmatch(month):
            abort(HTTPStatus.NOT_FOUND)
        paper, mimetype = _FILES[kind]
        with looking(services) as ctx:
            first, last = month_of(date.fromisoformat(f"{month}-01"))
            write = making.writer(ctx, paper, f"{ctx.sender.bureau}:{first}:{last}")
        content = making.written(services, write)
        name = f"{first.year}年{first.month}月值班表.{kind}"
        return send_file(
            BytesIO(content), mimetype=mimetype, as_attachment=True, download_name=name
        )

    return blueprint


def _sheet_cell(cell: Cell) -> str:
    return cell.isoformat() if isinstance(cell, date) else written_cell(cell)


def _month(ctx: Context, day: date) -> Mapping[str, Any]:
    today = local(ctx.now).date()
    first, last = month_of(day)
    is_now = first <= today <= last
    roster = roster_of(ctx, ctx.sender.bureau, first, last)
    month = f"{first:%Y-%m}"
    table = roster_table(roster)
    return {
        "title": f"{first.year}年{first.month}月值班表",
        "table": table,
        "rows": [
            {"cells": [written_cell(cell) for cell in row], "today": row[0] == today}
            for row in table.rows
        ],
        "empty": not roster.placed,
        "on_now": on_now(ctx).split("\n") if is_now else (),
        "log": log_on_page(ctx) if is_now else None,
        "notes": roster_notes(ctx, roster),
        "files": [
            *(
                (words, url_for(".file", month=month, kind=kind))
                for kind, words in (("docx", "Word"), ("xlsx", "Excel"))
            ),
            ("CSV", url_for(".separated", month=month)),
        ],
        "keeps": keeps_roster(ctx),
        "earlier": url_for(".month", month=f"{first - _DAY:%Y-%m}"),
        "later": url_for(".month", month=f"{last + _DAY:%Y-%m}"),
    }


def feed_pages(services: Services) -> Blueprint:
    """Serve calendars: no log-in, since calendars have none; the address is the secret."""
    blueprint = Blueprint("feeds", __name__, url_prefix=PAGES.rstrip("/"))

    @blueprint.get("/feeds/<secret>.ics")
    def calendar(secret: str) -> Response:
        if not _SECRET.fullmatch(secret):
            abort(HTTPStatus.NOT_FOUND)
        content = _calendar(services, secret)
        response = make_response(content)
        response.headers["Content-Type"] = "text/calendar; charset=utf-8"
        response.headers["Content-Disposition"] = "inline; filename=duty.ics"
        return response

    return blueprint


def _calendar(services: Services, secret: str) -> bytes:
    with services.database.reading() as uow:
        ctx = services.context(uow)
        member = feed_of(ctx, secret)
        if member is None:
            abort(HTTPStatus.NOT_FOUND)
        name, note = feed_words(ctx, member)
        entries = [
            Entry(
                key=shift.id,
                title=calendar_title(shift),
                begins=shift.begins_at,
                ends=shift.ends_at,
                changed=shift.entered_at,
                note="\n".join(filter(None, (note, shift.note))),
            )
            for shift in shifts_of_member(ctx, member)
        ]
    return calendar_file(name, entries)
