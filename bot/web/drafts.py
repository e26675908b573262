"""One draft: text, pictures, versions, opinions, who it waits for, and the reviewer's verdict."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import DateField, HiddenField, StringField, TextAreaField
from wtforms.validators import AnyOf, Length, Optional

from bot.ids import new_id
from bot.services import Services
from bot.web.family import family, looking
from bot.web.handing import ID, HandedForm, answered, hand_in
from bot.web.moves import MoveForm, blank_move, open_moves
from bot.web.progress import steps
from bot.web.reading import Sight, sight_of
from handlers.drafts.texts import STATUS
from handlers.kit.alike import likeness_lines
from handlers.kit.context import Context
from handlers.kit.finding import named
from handlers.kit.proofs import said_of
from handlers.reviews.capability import Act, approved_before
from handlers.rules.calendar import short_time
from handlers.rules.proof import Found
from handlers.rules.routes import Stop
from storage.models import Attachment, Draft, DraftVersion
from storage.queries.pages import Seat
from storage.vocabulary import DraftStatus, Importance

_REASON_CHARACTERS = 500
_TITLE_CHARACTERS, _TEXT_CHARACTERS = 100, 50_000
_WHOM_CHARACTERS = 60
_WAITS = frozenset({DraftStatus.IN_REVIEW, DraftStatus.ON_HOLD})
_FORM_BYTES = 512 * 1024  # a corrected text goes with a form
_ALIKE_SHOWN = 3


class VerdictForm(HandedForm):
    """What a reviewer fills in; *task* names the very text, *act* this very page.

    There are three forms of these fields on the page: to decide, to approve a text of one's own,
    and to hand on or put off. The return key approves in none of them.
    """

    task = HiddenField(validators=[ID])
    verdict = HiddenField(validators=[AnyOf([*Act], message="请选一项。")])
    reason = TextAreaField(
        validators=[Length(max=_REASON_CHARACTERS, message="意见最多%(max)d字，请缩短。")]
    )
    whom = StringField(
        validators=[Length(max=_WHOM_CHARACTERS, message="姓名最多%(max)d字，请分几次办。")]
    )
    until = DateField(validators=[Optional()])
    title = StringField(
        validators=[Length(max=_TITLE_CHARACTERS, message="标题最多%(max)d字，请缩短。")]
    )
    body = TextAreaField(
        validators=[Length(max=_TEXT_CHARACTERS, message="正文最多%(max)d字，请缩短。")]
    )

    @property
    def handing(self) -> bool:
        """Whether it was the form to hand on or put off."""
        return self.verdict.data not in {*_DECIDES, Act.EDIT}

    @property
    def editing(self) -> bool:
        """Whether it was the form with a text of one's own."""
        return bool(self.verdict.data == Act.EDIT)

    def fault(self) -> str:
        """Return what has to be put right; empty where nothing."""
        for field in (self.reason, self.whom, self.title, self.body, self.verdict):
            if field.errors:
                return str(field.errors[0])
        if self.until.errors:
            return "日期没看懂，请写成 2026-09-25。"
        needed, said = _NEEDS.get(self.verdict.data, ("", ""))
        return said if needed and not (self[needed].data or "").strip() else ""


_DECIDES = frozenset({Act.APPROVE, Act.RETURN, Act.CONDITION})
_NEEDS = {
    Act.EDIT: ("body", "正文不能为空。不报了请退回。"),
    Act.RETURN: ("reason", "退回请写明理由，方便作者修改。"),
    Act.CONDITION: ("reason", "有条件同意请写明条件，例如：请办公室再核数字。"),
    Act.TRANSFER: ("whom", "请写明转给谁。"),
    Act.COUNTERSIGN: ("whom", "请写明请谁会签，科室或姓名。"),
}


def draft_pages(services: Services) -> Blueprint:
    blueprint = family(services, "drafts", largest=_FORM_BYTES)

    @blueprint.get("/drafts/<draft>")
    def show(draft: str) -> str:
        with looking(services) as ctx:
            found = sight_of(ctx, draft)
            return _page(ctx, found, VerdictForm(formdata=None), said=answered(ctx))

    @blueprint.post("/drafts/<draft>")
    def decide(draft: str) -> Response:
        """Hand the verdict in as a message; what comes of it is shown above the draft."""
        form = VerdictForm()
        valid = form.validate()
        with looking(services) as ctx:
            found = sight_of(ctx, draft)
            fault = form.fault()
            if not valid or fault:
                page = _page(ctx, found, form, fault=fault)
                return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)
        names = ("task", "verdict", "reason", "whom", "title", "body")
        fields = {name: form[name].data or "" for name in names}
        fields["until"] = form.until.data.isoformat() if form.until.data else ""
        return _handed_in(services, draft, form.act.data, "review", fields)

    _add_moves(blueprint, services)
    return blueprint


def _add_moves(blueprint: Blueprint, services: Services) -> None:
    @blueprint.post("/drafts/<draft>/moves")
    def move(draft: str) -> Response:
        """Undo, withdraw, take down or put right, as a message too."""
        form = MoveForm()
        valid = form.validate()
        with looking(services) as ctx:
            found = sight_of(ctx, draft)
            fault = form.fault()
            if not valid or fault:
                page = _page(ctx, found, VerdictForm(formdata=None), move=form, fault=fault)
                return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)
        name, fields = form.message(found.draft)
        return _handed_in(services, draft, form.act.data, name, fields)


def _handed_in(
    services: Services, draft: str, act: str, name: str, fields: dict[str, str]
) -> Response:
    """Let the form walk the path of a message; its answer stands above the draft then."""
    hand_in(services, act, name, fields)
    return redirect(url_for("drafts.show", draft=draft, done=act), HTTPStatus.SEE_OTHER)


def _page(
    ctx: Context,
    sight: Sight,
    form: VerdictForm,
    *,
    move: MoveForm | None = None,
    said: str = "",
    fault: str = "",
) -> str:
    draft = sight.draft
    seats = ctx.uow.pages.seats(draft.id) if draft.status in _WAITS else ()
    version = ctx.uow.drafts.version(draft.id, draft.version) if draft.version else None
    author, unit = ctx.uow.pages.whose(draft)
    opinions = ctx.uow.pages.opinions(draft.id)
    mine = [seat for seat in seats if seat.userid == ctx.sender.userid]
    if mine and (move or not form.is_submitted()):
        form.task.data, form.act.data = mine[0].task, new_id()
    return render_template(
        "draft.html",
        title=named(draft),
        draft=draft,
        major=draft.importance is Importance.MAJOR,
        status=STATUS[draft.status],
        unit=unit,
        author=author,
        body=version.body if version else _written(ctx, draft),
        faults=_faults(version) if version else (),
        pictures=_pictures(draft, ctx.uow.drafts.attachments(draft.id)),
        versions=_versions(ctx, draft),
        steps=steps(ctx, draft, seats, opinions),
        moves=open_moves(ctx, sight, opinions),
        move=move or blank_move(),
        task=_asked(ctx, draft, mine[0]) if mine else None,
        alike=likeness_lines(ctx, draft, draft.version, _ALIKE_SHOWN),
        form=form if mine else None,
        held=draft.status is DraftStatus.ON_HOLD,
        most=_REASON_CHARACTERS,
        said=said,
        fault="" if move else fault,
        wrong=fault if move else "",
    )


def _written(ctx: Context, draft: Draft) -> str:
    """Return what there is of a draft that was never handed in."""
    return "\n".join(part.text for part in ctx.uow.drafts.parts(draft.id, 1))


def _faults(version: DraftVersion) -> Sequence[str]:
    """Return what the machine's proof found in a version, with places."""
    return said_of([Found.read(each) for each in version.findings], version.body)


def _pictures(draft: Draft, attachments: Sequence[Attachment]) -> list[dict[str, Any]]:
    return [
        {
            "address": url_for("pictures.show", draft=draft.id, picture=one.id),
            "there": bool(one.sha256),
            "lost": one.lost,
            "name": one.filename or f"附件{place}",
        }
        for place, one in enumerate(attachments, 1)
    ]


def _versions(ctx: Context, draft: Draft) -> list[dict[str, Any]]:
    return [
        {
            "number": one.number,
            "characters": one.characters,
            "author": one.author,
            "when": short_time(one.created_at, ctx.now),
        }
        for one in ctx.uow.pages.versions(draft.id)
    ]


def _asked(ctx: Context, draft: Draft, seat: Seat) -> dict[str, Any]:
    """Return what the visitor is asked at his seat: what to check, what changed since he agreed."""
    task = ctx.uow.reviews.task(seat.task)
    before = approved_before(ctx, task) if task else None
    return {
        "checklist": Stop.read(draft.route[seat.gate]).gate.checklist,
        "approved": before.number if before else 0,
        "due": short_time(seat.due_at, ctx.now),
        "for": seat.absent,
    }
