"""写稿: write or paste a draft, upload a document and pictures, see what was read, hand it in.

What stands on the page is the whole draft. Files are read before anything is kept; then the form
walks the path of a message, so it is the same draft that 继续 takes up in the chat.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from bot.ids import new_id
from bot.intake import RefusedFileError, read_file
from bot.media import keep_pictures
from bot.services import Services
from bot.web.family import family, looking
from bot.web.handing import HandedForm, answered, hand_in
from handlers.calls.capability import owed_for_drafts
from handlers.drafts.editing import body_of
from handlers.drafts.looking import HandedIn
from handlers.drafts.personal import ask_about
from handlers.drafts.proving import prove
from handlers.drafts.writing import WRITABLE
from handlers.kit.asked import ReadFile
from handlers.kit.context import Context
from handlers.kit.finding import named
from handlers.kit.proofs import said_of
from handlers.kit.versions import sha256_of
from handlers.rules.secrecy import secrecy_mark
from storage.models import Draft
from storage.vocabulary import NO_DRAFT, DraftId

LARGEST = 42 * 1024 * 1024
"""Bytes of one form: a document and some pictures."""

_FILES, _CHARACTERS, _TITLE = 12, 50_000, 200
REFUSED = "《{file}》{reason}"
REFUSED_NAME = "有一个文件{reason}"
TOO_MANY = "一次最多传{most}个文件，请分几次传。"
NO_TITLE = "还没有标题。请填写标题；传过的图片请再选一次。"
NOTHING_KEPT = "这次的文件都没有保存，其他内容还在下面，请处理后再保存一次。"
WITH_OUR_SCRIPT = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self';"
    " img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""That of every page, and our own script, which shows how far an upload is."""


class ComposeForm(HandedForm):
    """What stands on the page; *act* is this very page, and the id of a draft begun with it.

    *call* is the one that the draft answers, empty for none.
    """

    title = StringField(validators=[Length(max=_TITLE, message="标题最多%(max)d字，请缩短。")])
    body = TextAreaField(
        validators=[Length(max=_CHARACTERS, message="正文最多%(max)d字，请分几篇报送。")]
    )
    call = StringField()
    submit = HiddenField()
    agreed = HiddenField()

    def faults(self) -> list[str]:
        return [str(fault) for name in ("title", "body") for fault in self[name].errors]


@dataclass(slots=True, kw_only=True)
class _Uploaded:
    """What was read of the files of one form, and why some were not."""

    read: list[ReadFile] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def compose_pages(services: Services) -> Blueprint:
    blueprint = family(services, "compose", largest=LARGEST)

    @blueprint.after_request
    def allow_our_script(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = WITH_OUR_SCRIPT
        return response

    @blueprint.get("/compose")
    def blank() -> str:
        form = ComposeForm(formdata=None)
        form.act.data, form.call.data = new_id(), request.args.get("call", "")
        with looking(services) as ctx:
            calls = owed_for_drafts(ctx, NO_DRAFT).choices
        return _page(form, None, calls)

    @blueprint.post("/compose")
    def begin() -> Response:
        form = ComposeForm()
        return _take(services, form, DraftId(form.act.data or ""))

    @blueprint.get("/compose/<draft>")
    def written(draft: str) -> str | Response:
        with looking(services) as ctx:
            found = _own(ctx, draft)
            if found.status not in WRITABLE:
                return redirect(url_for("drafts.show", draft=draft, done=request.args.get("done")))
            form = ComposeForm(formdata=None)
            form.act.data, form.title.data = new_id(), found.title
            form.body.data = body_of(ctx, found)
            owed = owed_for_drafts(ctx, found.id)
            form.call.data = owed.chosen
            return _page(form, _shown(ctx, found), owed.choices, said=answered(ctx))

    @blueprint.post("/compose/<draft>")
    def change(draft: str) -> Response:
        with looking(services) as ctx:
            _own(ctx, draft)
        return _take(services, ComposeForm(), DraftId(draft))

    return blueprint


def _take(services: Services, form: ComposeForm, draft: DraftId) -> Response:
    """Read the files, hand the whole in as a message, and show what came of it.

    Whatever is refused leaves what was typed on the page; of a text with a mark of secrecy nothing
    is shown again.
    """
    valid = form.validate()
    if form.act.errors:
        abort(HTTPStatus.BAD_REQUEST)
    uploaded = _read(request.files.getlist("files"))
    form.title.data, form.body.data = _joined(form, uploaded.read)
    faults = [*([] if valid else form.faults()), *uploaded.faults]
    if not form.title.data:
        faults.append(NO_TITLE)
    if faults:
        return _again(services, form, draft, faults)
    mark = _mark(form, uploaded.read)
    fields = {"marked": f"【{mark}】"} if mark else _fields(services, form, draft, uploaded.read)
    answer = hand_in(services, form.act.data, "compose", fields)
    if mark:
        form.title.data = form.body.data = ""
        return _again(services, form, draft, [answer])
    with looking(services) as ctx:
        found = ctx.uow.pages.find(draft)
        kept = found is not None and (
            found.status not in WRITABLE
            or (found.title in fields["title"] and body_of(ctx, found) == fields["body"])
        )
    if not kept:
        return _again(services, form, draft, [answer])
    address = url_for("compose.written", draft=draft, done=form.act.data)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _read(files: Sequence[FileStorage]) -> _Uploaded:
    """Read what was uploaded; where one file is refused, none of them is kept."""
    uploaded = _Uploaded()
    sent = [each for each in files if each.filename]
    if len(sent) > _FILES:
        return _Uploaded(faults=[TOO_MANY.format(most=_FILES)])
    for each in sent:
        try:
            uploaded.read.append(read_file(each.filename or "", each.read()))
        except RefusedFileError as refused:
            said = REFUSED_NAME if refused.is_name else REFUSED
            uploaded.faults.append(said.format(file=each.filename, reason=refused.reason.value))
    if uploaded.faults:
        uploaded.read.clear()
        uploaded.faults.append(NOTHING_KEPT)
    return uploaded


def _joined(form: ComposeForm, read: Sequence[ReadFile]) -> tuple[str, str]:
    """Return title and text with what the documents add; the first one's title where none is."""
    title = (form.title.data or "").strip()
    pieces = [(form.body.data or "").replace("\r\n", "\n").strip("\n")]
    for found in read:
        title = title or found.title
        pieces += [found.title if found.title != title else "", found.text]
    return title, "\n".join(filter(None, pieces))


def _mark(form: ComposeForm, read: Sequence[ReadFile]) -> str | None:
    """Return the mark of secrecy in title, text, names of files and what stands beside texts."""
    beside = [part for found in read for part in (found.name, found.aside)]
    return secrecy_mark("\n".join([form.title.data, form.body.data, *beside]))


def _fields(
    services: Services, form: ComposeForm, draft: DraftId, read: Sequence[ReadFile]
) -> dict[str, str]:
    kept = [picture for found in read for picture in keep_pictures(services.media_dir, found)]
    # A page that did not show the choice leaves it as it is.
    chosen = {} if form.call.data is None else {"call": form.call.data}
    return chosen | {
        "draft": draft,
        "title": form.title.data,
        "body": form.body.data,
        "pictures": json.dumps([[one.name, one.sha256] for one in kept], ensure_ascii=False),
        "removed": json.dumps(request.form.getlist("removed")),
        "submit": form.submit.data or "",
        "agreed": form.agreed.data or "",
    }


def _again(
    services: Services, form: ComposeForm, draft: DraftId, faults: Sequence[str]
) -> Response:
    """Show the page once more with what was typed, and why it was not taken."""
    form.act.data = new_id()
    with looking(services) as ctx:
        found = ctx.uow.pages.find(draft)
        shown = _shown(ctx, found) if found is not None else None
        calls = owed_for_drafts(ctx, draft).choices
    page = _page(form, shown, calls, faults=faults)
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)


def _own(ctx: Context, draft: str) -> Draft:
    """Return the visitor's own draft; no such page where there is none."""
    found = ctx.uow.pages.find(DraftId(draft))
    if found is None or found.author != ctx.sender.userid:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _shown(ctx: Context, draft: Draft) -> dict[str, Any]:
    """Return what the page shows of a draft beside its fields: pictures, proof, what to confirm."""
    body = body_of(ctx, draft)
    question = ask_about(ctx, HandedIn(draft=draft, body=body))
    return {
        "id": draft.id,
        "name": named(draft),
        "pictures": [
            {
                "id": one.id,
                "name": one.filename or f"图{place}",
                "address": url_for("pictures.show", draft=draft.id, picture=one.id),
                "there": bool(one.sha256),
            }
            for place, one in enumerate(ctx.uow.drafts.attachments(draft.id), 1)
        ],
        "faults": said_of(prove(ctx, draft, body), body) if body else [],
        "question": question.question if question else "",
        "sha256": sha256_of(draft.title, body),
    }


def _page(
    form: ComposeForm,
    shown: dict[str, Any] | None,
    calls: Sequence[Mapping[str, str]],
    *,
    said: str = "",
    faults: Sequence[str] = (),
) -> str:
    return render_template(
        "compose.html",
        title="写稿",
        form=form,
        draft=shown,
        calls=calls,
        said=said,
        faults=faults,
        most=_CHARACTERS,
    )
