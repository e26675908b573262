"""Sheets of offices: upload one, see what is wrong with which row, and have it entered."""

from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from bot.ids import new_id
from bot.intake import RefusedFileError
from bot.services import Services
from bot.sheets import taking
from bot.sheets.paper import VERDICTS, report_file, template_file
from bot.web import visitors
from bot.web.compose import WITH_OUR_SCRIPT
from bot.web.family import family, looking
from bot.web.handing import HandedForm, answered, hand_in
from bot.web.lists import page_number, turning
from handlers.kit.context import Context
from handlers.kit.sheets import AT_ONCE, SheetBook, SheetError, may_hand_in
from handlers.rules.calendar import short_time
from storage.models import Sheet
from storage.vocabulary import RowVerdict, SheetId, SheetStatus

LARGEST = 21 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LATEST, _ROWS = 5, 50
NO_FILE = "还没有选文件。"
REFUSED = "《{file}》{reason}"
REFUSED_NAME = "文件{reason}"
STATUSES = {
    SheetStatus.STAGING: "没有传完",
    SheetStatus.CHECKING: "正在核对",
    SheetStatus.READY: "等您确认",
    SheetStatus.FAULTY: "有问题，没有登记",
    SheetStatus.ENTERING: "正在登记",
    SheetStatus.ENTERED: "已登记",
}
_MOVING = frozenset({SheetStatus.CHECKING, SheetStatus.ENTERING})


class ConfirmForm(HandedForm):
    """The yes to a sheet that was checked; *act* is this very page."""


def sheet_pages(services: Services) -> Blueprint:
    blueprint = family(services, "sheets", largest=LARGEST)

    @blueprint.after_request
    def allow_our_script(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = WITH_OUR_SCRIPT
        return response

    @blueprint.get("/<book>/import")
    def blank(book: str) -> str:
        return _upload_page(services, _book(services, book))

    @blueprint.post("/<book>/import")
    def upload(book: str) -> Response:
        return _take(services, _book(services, book))

    @blueprint.get("/<book>/import/template.xlsx")
    def template(book: str) -> Response:
        found = _book(services, book)
        return as_file(template_file(found), f"{found.title}模板.xlsx")

    @blueprint.get("/<book>/import/<sheet>")
    def show(book: str, sheet: str) -> Response:
        return _shown(services, _book(services, book), sheet)

    @blueprint.post("/<book>/import/<sheet>")
    def confirm(book: str, sheet: str) -> Response:
        return _confirm(services, _book(services, book), sheet)

    @blueprint.get("/<book>/import/<sheet>/report.xlsx")
    def report(book: str, sheet: str) -> Response:
        found = _book(services, book)
        with looking(services) as ctx:
            mine = _own(ctx, found, sheet)
            content = report_file(ctx.uow, found, mine)
        return as_file(content, f"核对结果-{mine.filename}")

    return blueprint


def as_file(content: bytes, filename: str) -> Response:
    """Answer with a sheet to be saved under a name."""
    return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=filename)


def _book(services: Services, name: str) -> SheetBook:
    """Return the book of that name, for who keeps the registers; else there is no such page."""
    book = services.registry.sheets.get(name)
    with looking(services) as ctx:
        if book is None or not may_hand_in(ctx):
            abort(HTTPStatus.NOT_FOUND)
    return book


def _own(ctx: Context, book: SheetBook, sheet: str) -> Sheet:
    found = ctx.uow.sheets.get(SheetId(sheet))
    if found is None or found.uploaded_by != ctx.sender.userid or found.book != book.name:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _upload_page(services: Services, book: SheetBook, fault: str = "") -> str:
    with looking(services) as ctx:
        latest = [
            {
                "name": one.filename,
                "address": url_for("sheets.show", book=book.name, sheet=one.id),
                "status": STATUSES[one.status],
                "when": short_time(one.uploaded_at, ctx.now),
            }
            for one in ctx.uow.sheets.latest(ctx.sender.userid, book.name, _LATEST)
        ]
    needed = [column.title for column in book.columns if column.needed]
    return render_template(
        "sheet_upload.html",
        title=f"导入{book.title}",
        book=book,
        columns=[column.title for column in book.columns],
        needed=needed,
        latest=latest,
        fault=fault,
        form=FlaskForm(),
    )


def _take(services: Services, book: SheetBook) -> Response:
    """Stage the file; a short one is checked before the answer, a long one by a worker."""
    sent = request.files.get("files")
    if sent is None or not sent.filename:
        return _refused(services, book, NO_FILE)
    name = sent.filename
    try:
        sheet = taking.take(services, visitors.me(), book, name, sent.read())
    except RefusedFileError as refused:
        said = REFUSED_NAME if refused.is_name else REFUSED
        return _refused(services, book, said.format(file=name, reason=refused.reason.value))
    except SheetError as refused:
        return _refused(services, book, str(refused))
    with looking(services) as ctx:
        short = _own(ctx, book, sheet).rows <= AT_ONCE
    if short:
        taking.check(services, sheet)
    else:
        services.doorbell.ring("sheet", sheet)
    return redirect(url_for("sheets.show", book=book.name, sheet=sheet), HTTPStatus.SEE_OTHER)


def _refused(services: Services, book: SheetBook, fault: str) -> Response:
    page = _upload_page(services, book, fault)
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)


def _shown(services: Services, book: SheetBook, sheet: str) -> Response:
    number = page_number()
    form = ConfirmForm(formdata=None)
    form.act.data = new_id()
    with looking(services) as ctx:
        found = _own(ctx, book, sheet)
        tally = ctx.uow.sheets.tally(found.id)
        rows = ctx.uow.sheets.said(found.id, _ROWS + 1, offset=(number - 1) * _ROWS)
        answer = answered(ctx)
        moving = found.status in _MOVING
        response = make_response(
            render_template(
                "sheet.html",
                title=found.filename,
                book=book,
                sheet=found,
                status=STATUSES[found.status],
                ready=found.status is SheetStatus.READY,
                moving=moving,
                counts=[
                    (VERDICTS[verdict], tally.get(verdict, 0))
                    for verdict in (RowVerdict.FRESH, RowVerdict.KNOWN, RowVerdict.FAULT)
                ],
                fresh=tally.get(RowVerdict.FRESH, 0),
                entered=ctx.uow.sheets.entered(found),
                rows=_lines(book, rows[:_ROWS]),
                said=answer,
                form=form,
                **turning(
                    "sheets.show", number, more=len(rows) > _ROWS, book=book.name, sheet=sheet
                ),
            )
        )
    if moving:
        response.headers["Refresh"] = "2"
    return response


def _lines(book: SheetBook, rows: Any) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number,
            "verdict": row.verdict,
            "words": VERDICTS[row.verdict],
            "said": row.said,
            "cells": "，".join(
                str(row.cells[column.key]) for column in book.columns if row.cells.get(column.key)
            ),
        }
        for row in rows
    ]


def _confirm(services: Services, book: SheetBook, sheet: str) -> Response:
    form = ConfirmForm()
    if not form.validate():
        abort(HTTPStatus.BAD_REQUEST)
    with looking(services) as ctx:
        _own(ctx, book, sheet)
    act = str(form.act.data)
    hand_in(services, act, f"{book.name}_sheet", {"sheet": sheet})
    address = url_for("sheets.show", book=book.name, sheet=sheet, done=act)
    return redirect(address, HTTPStatus.SEE_OTHER)
