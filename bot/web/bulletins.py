"""简报: the issues, and one of them with its order, its words, its signature and its post."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask import send_file as send
from werkzeug.wrappers import Response
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import Length, NumberRange, Optional

from bot import making
from bot.services import Services
from bot.web.family import family, looking
from bot.web.handing import HandedForm, answered, hand_in
from bot.web.lists import PAGE, page_number, turning
from handlers.bulletins.capability import (
    called,
    filename_of,
    hash_of,
    is_editor,
    may_sign,
    seen_issue,
    sees_issue,
    status_of,
)
from handlers.kit.context import Context
from handlers.kit.versions import sha256_of
from handlers.rules.differences import differences, places
from storage.models import BulletinIssue
from storage.queries.bulletins import Placed
from storage.vocabulary import IssueStatus, PaperKind

LARGEST = 1024 * 1024
"""Bytes of one form: the text of an item."""

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CHARACTERS, _TITLE, _WORDS, _MOST = 50_000, 200, 500, 9_999
_LINES = ("name", "office", "report_to", "send_to", "copy_to")
_CHANGED = "这一篇刚被别人改过，没有保存。您写的还在下面，请对照上面的新文字再保存一次。"


def _line() -> StringField:
    return StringField(validators=[Length(max=_WORDS, message="最多%(max)d字，请缩短。")])


class ActForm(HandedForm):
    """One act on an issue; *act* was made with the page, *seen* is what was looked at there."""

    do = HiddenField()
    seen = HiddenField()
    number = IntegerField(validators=[Optional(), NumberRange(0, 999_999)])
    place = IntegerField(validators=[Optional(), NumberRange(1, _MOST)])
    total = IntegerField(validators=[Optional(), NumberRange(1, _MOST)])
    words = _line()
    title = StringField(validators=[Length(max=_TITLE, message="标题最多%(max)d字，请缩短。")])
    body = TextAreaField(validators=[Length(max=_CHARACTERS, message="正文最多%(max)d字。")])


class SeriesForm(HandedForm):
    """What is printed on each issue of a series."""

    name, office, report_to, send_to, copy_to = (_line() for _ in range(5))
    copies = IntegerField(validators=[Optional(), NumberRange(0, _MOST)])


def bulletin_pages(services: Services) -> Blueprint:
    blueprint = family(services, "bulletins", largest=LARGEST)

    @blueprint.get("/bulletins")
    def issues() -> str:
        with looking(services) as ctx:
            return _list(ctx, said=answered(ctx))

    @blueprint.post("/bulletins")
    def keep_series() -> Response:
        form = SeriesForm()
        if not form.validate():
            abort(HTTPStatus.BAD_REQUEST)
        fields = {name: form[name].data or "" for name in _LINES}
        fields["copies"] = str(form.copies.data or 0)
        hand_in(services, form.act.data, "bulletin_series", fields)
        address = url_for(".issues", done=form.act.data)
        return redirect(address, HTTPStatus.SEE_OTHER)

    @blueprint.get("/bulletins/<issue>")
    def show(issue: str) -> str:
        with looking(services) as ctx:
            return _page(ctx, _seen(ctx, issue), said=answered(ctx))

    @blueprint.post("/bulletins/<issue>")
    def act(issue: str) -> Response:
        form = ActForm()
        valid = form.validate()
        with looking(services) as ctx:
            found = _seen(ctx, issue)
            fault = _overtaken(ctx, found, form) if valid else form.fault()
            if fault:
                page = _page(ctx, found, fault=fault, typed=form)
                return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)
        hand_in(services, form.act.data, "bulletin", form.fields(issue=issue))
        address = url_for(".show", issue=issue, done=form.act.data)
        return redirect(address, HTTPStatus.SEE_OTHER)

    @blueprint.get("/bulletins/<issue>.docx")
    def file(issue: str) -> Response:
        with looking(services) as ctx:
            found = _seen(ctx, issue)
            write = making.writer(ctx, PaperKind.BULLETIN, found.id)
            name = filename_of(ctx, found)
        content = making.written(services, write)
        return send(BytesIO(content), mimetype=_WORD, as_attachment=True, download_name=name)

    return blueprint


def _seen(ctx: Context, issue: str) -> BulletinIssue:
    found = seen_issue(ctx, issue)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _overtaken(ctx: Context, issue: BulletinIssue, form: ActForm) -> str:
    """Return what to say where an item was changed since the visitor began to edit it."""
    if form.do.data != "edit":
        return ""
    for one in ctx.uow.bulletins.items(issue.id):
        if one.number == form.number.data:
            same = form.seen.data == sha256_of(one.item.title, one.item.body)
            return "" if same else _CHANGED
    return ""


def _list(ctx: Context, *, said: str) -> str:
    number = page_number()
    found = ctx.uow.bulletins.issues(ctx.sender.bureau, PAGE + 1, (number - 1) * PAGE)
    seen = [issue for issue in found[:PAGE] if sees_issue(ctx, issue)]
    sizes = ctx.uow.bulletins.sizes([issue.id for issue in seen])
    editor = is_editor(ctx)
    return render_template(
        "bulletins.html",
        title="简报",
        said=said,
        lines=[
            {
                "name": called(ctx, issue, wholly=True),
                "address": url_for(".show", issue=issue.id),
                "aside": f"{status_of(ctx, issue)} · {sizes.get(issue.id, 0)}篇",
            }
            for issue in seen
        ],
        series=ctx.uow.bulletins.series(ctx.sender.bureau) if editor else (),
        keeps=bool(editor),
        **turning(".issues", number, more=len(found) > PAGE),
    )


def _page(
    ctx: Context,
    issue: BulletinIssue,
    *,
    said: str = "",
    fault: str = "",
    typed: ActForm | None = None,
) -> str:
    placed = ctx.uow.bulletins.items(issue.id)
    opened = issue.status is IssueStatus.DRAFTING
    editor = is_editor(ctx)
    return render_template(
        "bulletin.html",
        title=called(ctx, issue, wholly=True),
        issue=issue,
        status=status_of(ctx, issue),
        items=_items(ctx, placed),
        said=said,
        fault=fault,
        typed=typed,
        edits=editor and opened,
        offers=editor and opened and bool(placed) and not issue.offered,
        signs=opened and bool(issue.offered) and may_sign(ctx, issue),
        sends_back=not opened and issue.status is IssueStatus.SIGNED and editor,
        distributes=editor and issue.status is IssueStatus.SIGNED,
        seen=hash_of(ctx, issue, placed),
        most=_CHARACTERS,
    )


def _items(ctx: Context, placed: Sequence[Placed]) -> list[Mapping[str, Any]]:
    """Return the items with what was changed in each since it was signed."""
    drafts = {draft.id: draft for draft in ctx.uow.drafts.some(one.item.draft for one in placed)}
    texts = ctx.uow.drafts.texts([(draft.id, draft.version) for draft in drafts.values()])
    shown: list[Mapping[str, Any]] = []
    for place, one in enumerate(placed, 1):
        title, body = texts[one.item.draft]
        runs = differences(f"{title}\n{body}", f"{one.item.title}\n{one.item.body}")
        shown.append(
            {
                "place": place,
                "number": one.number,
                "title": one.item.title,
                "body": one.item.body,
                "source": one.item.source,
                "draft": one.item.draft,
                "seen": sha256_of(one.item.title, one.item.body),
                "changes": runs,
                "count": places(runs),
            }
        )
    return shown
