"""采用登记: the register by month, forms for what is new, and each entry with its trace."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.ids import new_id
from bot.services import Services
from bot.sheets.register import register_file
from bot.web.adoption_forms import (
    ActForm,
    RegisterForm,
    RemarkForm,
    SentForm,
    UseForm,
    channel_choices,
    handed_in,
    read_scans,
    sent_form,
    use_form,
)
from bot.web.family import family, looking
from bot.web.handing import answered
from bot.web.lists import PAGE, page_number, turning
from bot.web.sheets import as_file
from handlers.adoptions import texts
from handlers.adoptions.channels import channels_of
from handlers.adoptions.confirming import for_sender
from handlers.adoptions.deciding import replaced
from handlers.adoptions.entries import (
    answer_of,
    beneficiaries_of,
    confirmers_of,
    counts_text,
    day_of,
    evidence_of,
    facts_of,
    kind_of,
)
from handlers.adoptions.listing import units_seen
from handlers.kit.context import Context
from handlers.kit.finding import named, sees
from handlers.kit.sheets import may_hand_in
from handlers.rules.calendar import local, period_bounds, short_time
from storage.models import Adoption, Attachment, Draft, Instruction
from storage.queries.adoptions import STANDING, Entry
from storage.vocabulary import EntryStatus, Form, UserId

LARGEST = 42 * 1024 * 1024
_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
_GONE = (EntryStatus.REFUSED, EntryStatus.REPLACED, EntryStatus.TAKEN_BACK)
STATES = {
    "": ("全部", STANDING),
    "proposed": ("待确认", (EntryStatus.PROPOSED,)),
    "confirmed": ("已确认", (EntryStatus.CONFIRMED,)),
    "gone": ("更正和作废的", _GONE),
}
STATUSES = {
    EntryStatus.PROPOSED: "待确认",
    EntryStatus.CONFIRMED: "已确认",
    EntryStatus.REFUSED: "未确认",
    EntryStatus.REPLACED: "已更正",
    EntryStatus.TAKEN_BACK: "已作废",
}
_TONES = {EntryStatus.CONFIRMED: "signed", EntryStatus.REFUSED: "returned"}
_ACTS = frozenset({"confirm", "refuse", "correct", "void", "answer"})
_YEARS = 3
_SHOWN = 20


def adoption_pages(services: Services) -> Blueprint:
    blueprint = family(services, "adoptions", largest=LARGEST)

    @blueprint.get("/adoptions")
    def register() -> str:
        with looking(services) as ctx:
            return _register(ctx)

    @blueprint.post("/adoptions")
    def enter() -> Response:
        return _enter(services)

    @blueprint.get("/adoptions/register.xlsx")
    def export() -> Response:
        first, last = request.args.get("from", ""), request.args.get("to", "")
        if not (_MONTH.fullmatch(first) and _MONTH.fullmatch(last)):
            abort(HTTPStatus.BAD_REQUEST)
        with looking(services) as ctx:
            if not may_hand_in(ctx):
                abort(HTTPStatus.NOT_FOUND)
            content = register_file(ctx.uow, ctx.sender.bureau, first, last)
        return as_file(content, f"采用登记{first}至{last}.xlsx")

    @blueprint.get("/adoptions/entries/<entry>")
    def show(entry: str) -> str:
        with looking(services) as ctx:
            draft, found = _entry(ctx, entry)
            return _shown(ctx, draft, found)

    @blueprint.post("/adoptions/entries/<entry>")
    def act(entry: str) -> Response:
        return _act(services, entry)

    return blueprint


def _register(ctx: Context, filled: RegisterForm | None = None, faults: Sequence[str] = ()) -> str:
    """Show a month of the register, and to the office its forms: one as it was *filled*."""
    use = filled if isinstance(filled, UseForm) else use_form(ctx)
    remark = filled if isinstance(filled, RemarkForm) else RemarkForm(formdata=None)
    sent = filled if isinstance(filled, SentForm) else sent_form(ctx)
    units = [unit.id for unit in units_seen(ctx)]
    if not units:
        abort(HTTPStatus.NOT_FOUND)
    month, state, number = _asked(ctx)
    channel = request.args.get("channel", "")
    statuses = STATES[state][1]
    bureau = ctx.sender.bureau
    found = ctx.uow.adoptions.page(
        bureau,
        month,
        statuses,
        units=units,
        channel=channel,
        part=range((number - 1) * PAGE, number * PAGE + 1),
    )
    alone = number > 1 or bool(channel)
    remarks = [] if alone else ctx.uow.adoptions.remarked(bureau, month, units, statuses)
    for form in (use, remark, sent):
        form.act.data = new_id()
    kept = {"month": month, "state": state or None, "channel": channel or None}
    return render_template(
        "adoptions.html",
        title="采用登记",
        office=may_hand_in(ctx),
        month=month,
        state=state,
        channel=channel,
        channels=channel_choices(channels_of(ctx)),
        tabs=_tabs(state, month=month, channel=channel or None),
        lines=[
            _line(ctx, one.adoption, one.number, one.title, one.unit, one.channel)
            for one in found[:PAGE]
        ],
        remarks=[_line(ctx, one.instruction, one.number, one.title) for one in remarks],
        use=use,
        remark=remark,
        sent=sent,
        unanswered=_unanswered(ctx, month) if may_hand_in(ctx) else [],
        faults=faults,
        said=answered(ctx),
        waiting=len(for_sender(ctx)),
        **turning(".register", number, more=len(found) > PAGE, **kept),
    )


def _unanswered(ctx: Context, month: str) -> list[str]:
    """Name what went to channels in the month and has no result."""
    found = ctx.uow.adoptions.unanswered(ctx.sender.bureau, *period_bounds(month))
    lines = [
        texts.UNANSWERED_LINE.format(number=one.number, title=one.title, channel=one.channel)
        for one in found[:_SHOWN]
    ]
    more = len(found) - _SHOWN
    return [*lines, texts.UNANSWERED_MORE.format(count=more)] if more > 0 else lines


def _asked(ctx: Context) -> tuple[str, str, int]:
    month = request.args.get("month", "") or f"{local(ctx.now):%Y-%m}"
    state = request.args.get("state", "")
    if not _MONTH.fullmatch(month) or state not in STATES:
        abort(HTTPStatus.NOT_FOUND)
    return month, state, page_number()


def _tabs(here: str, **kept: Any) -> list[Mapping[str, object]]:
    return [
        {
            "words": label,
            "here": state == here,
            "address": url_for(".register", state=state or None, **kept),
        }
        for state, (label, _) in STATES.items()
    ]


def _line(
    ctx: Context, entry: Entry, number: int, title: str, unit: str = "", channel: str = ""
) -> Mapping[str, str]:
    return {
        "name": f"{number}号《{title}》",
        "unit": unit,
        "facts": facts_of(ctx, entry, channel),
        "status": STATUSES[entry.status],
        "tone": _TONES.get(entry.status, ""),
        "late": "迟登记" if entry.late else "",
        "open": answer_of(ctx, entry).lstrip("，") if isinstance(entry, Instruction) else "",
        "address": url_for(".show", entry=entry.id),
    }


def _enter(services: Services) -> Response:
    """Hand a new entry in as a message; what is wrong leaves what was typed on the page."""
    with looking(services) as ctx:
        if not may_hand_in(ctx):
            abort(HTTPStatus.NOT_FOUND)
        form = _new(ctx)
    valid = form.validate()
    if form.act.errors:
        abort(HTTPStatus.BAD_REQUEST)
    scans, faults = read_scans(services)
    if faults or not valid:
        return _again(services, form, [*form.faults(), *faults])
    before = _standing(services, form.number.data)
    answer, act = handed_in(services, form, scans=scans)
    if _standing(services, form.number.data) == before:
        return _again(services, form, [answer])
    return redirect(url_for(".register", done=act), HTTPStatus.SEE_OTHER)


def _new(ctx: Context) -> UseForm | RemarkForm | SentForm:
    """Return the form that was sent, by what is to be registered."""
    match request.form.get("what"):
        case "use":
            return use_form(ctx, sent=True)
        case "sent" | "unused":
            return sent_form(ctx, sent=True)
        case _:
            return RemarkForm()


def _standing(services: Services, number: int) -> set[str]:
    """Return which entries drafts of that number have, and where they were sent."""
    with looking(services) as ctx:
        years = {local(ctx.now).year - back for back in range(_YEARS)}
        drafts = ctx.uow.sheets.drafts_numbered(ctx.sender.bureau, years, [number])
        ids = [draft.id for draft in drafts]
        found: list[Entry] = [*ctx.uow.adoptions.of_drafts(ids)]
        found += ctx.uow.adoptions.instructions_of(ids)
        sent = ctx.uow.adoptions.dispatches(ids)
        return {*(entry.id for entry in found), *(f"{each.id} {each.status}" for each in sent)}


def _again(services: Services, form: RegisterForm, faults: Sequence[str]) -> Response:
    with looking(services) as ctx:
        page = _register(ctx, form, faults)
    return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)


def _entry(ctx: Context, entry: str) -> tuple[Draft, Entry]:
    """Return an entry of a draft that the visitor may see; no such page otherwise."""
    found: Entry | None = ctx.uow.adoptions.adoption(entry)
    found = found or ctx.uow.adoptions.instruction(entry)
    if found is None or found.bureau != ctx.sender.bureau:
        abort(HTTPStatus.NOT_FOUND)
    draft = ctx.uow.drafts.get(found.draft)
    if not sees(ctx, draft):
        abort(HTTPStatus.NOT_FOUND)
    return draft, found


def _shown(ctx: Context, draft: Draft, entry: Entry, faults: Sequence[str] = ()) -> str:
    authors = beneficiaries_of(ctx, entry)
    people = ctx.uow.members.names([entry.entered_by, entry.decided_by, *authors])
    waits = entry.status is EntryStatus.PROPOSED
    confirmers = confirmers_of(ctx, draft, authors, entry.entered_by) if waits else []
    correctable = may_hand_in(ctx) and entry.status in STANDING
    act = ActForm(formdata=None)
    act.act.data = new_id()
    return render_template(
        "adoption.html",
        title=f"{named(draft)} {kind_of(entry)}",
        draft=draft,
        entry=entry,
        status=STATUSES[entry.status],
        tone=_TONES.get(entry.status, ""),
        facts=_facts(ctx, entry, people),
        scan=(scan := _scan(ctx, entry)),
        paper=scan is not None and scan.filename.lower().endswith(".pdf"),
        trace=_trace(ctx, entry),
        may_confirm=ctx.sender.userid in confirmers,
        form=_correction(ctx, draft, entry, people) if correctable else None,
        is_use=isinstance(entry, Adoption),
        may_answer=_open(entry),
        act=act,
        said=answered(ctx),
        faults=faults,
    )


def _open(entry: Entry) -> bool:
    """Tell whether it is a remark that is still to be answered."""
    if not isinstance(entry, Instruction) or entry.status is not EntryStatus.CONFIRMED:
        return False
    return entry.follow_up_on is not None and entry.answered_at is None


def _facts(ctx: Context, entry: Entry, people: Mapping[UserId, str]) -> list[tuple[str, str]]:
    facts = [(kind_of(entry), facts_of(ctx, entry)), ("计入", counts_text(ctx, entry))]
    if isinstance(entry, Adoption):
        facts += [("作者", _byline(ctx, entry, people)), ("佐证", evidence_of(entry) or "无")]
    else:
        facts.append(("批示内容", entry.words or "（圈阅）"))
        facts += [("办理", said.lstrip("，"))] if (said := answer_of(ctx, entry)) else []
    facts.append(("登记", f"{people[entry.entered_by]} {short_time(entry.entered_at, ctx.now)}"))
    if entry.decided_at is not None:
        who = people.get(entry.decided_by, texts.NOBODY)
        facts.append(("确认", f"{who} {short_time(entry.decided_at, ctx.now)}"))
    return [*facts, ("理由", entry.reason)] if entry.reason else facts


def _byline(ctx: Context, entry: Adoption, people: Mapping[UserId, str]) -> str:
    """Write the authors as they are read again: 王芳、陈静 3:2."""
    shares = ctx.uow.adoptions.shares(entry.id)
    names = "、".join(people[share.member] for share in shares)
    if len({share.weight for share in shares}) == 1:
        return names
    return f"{names} {':'.join(str(share.weight) for share in shares)}"


def _scan(ctx: Context, entry: Entry) -> Attachment | None:
    return ctx.uow.drafts.attachment(entry.scan) if entry.scan else None


def _trace(ctx: Context, entry: Entry) -> list[Mapping[str, str]]:
    """Return what stood there before, the latest first."""
    trace: list[Mapping[str, str]] = []
    before = replaced(ctx, entry)
    while before is not None:
        address = url_for(".show", entry=before.id)
        trace.append({"words": facts_of(ctx, before), "address": address})
        before = replaced(ctx, before)
    return trace


def _correction(
    ctx: Context, draft: Draft, entry: Entry, people: Mapping[UserId, str]
) -> RegisterForm:
    """Return a form with what stands there."""
    values: dict[str, Any] = {
        "number": draft.number,
        "day": day_of(entry),
        "level": texts.LEVELS[entry.level],
        "act": new_id(),
    }
    if isinstance(entry, Instruction):
        words = {"leader": entry.leader, "remark": entry.words}
        return RemarkForm(formdata=None, **words, **values)
    return use_form(
        ctx,
        channel=ctx.uow.adoptions.channel_names([entry.channel])[entry.channel],
        form=texts.FORMS[entry.form] if entry.form is not Form.FULL else "",
        url=entry.url,
        issue=entry.issue,
        words=entry.words,
        authors=_byline(ctx, entry, people),
        **values,
    )


def _act(services: Services, entry: str) -> Response:
    """Hand in what is decided or corrected about an entry, as a message."""
    with looking(services) as ctx:
        _, found = _entry(ctx, entry)
        form = _sent(ctx, found)
    valid = form.validate()
    if form.act.errors or form.what.data not in _ACTS:
        abort(HTTPStatus.BAD_REQUEST)
    scans, faults = read_scans(services)
    if isinstance(form, ActForm):
        faults += form.missing()
    if faults or not valid:
        with looking(services) as ctx:
            draft, found = _entry(ctx, entry)
            page = _shown(ctx, draft, found, [*form.faults(), *faults])
        return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)
    _, act = handed_in(services, form, scans=scans, entry=entry)
    return redirect(url_for(".show", entry=entry, done=act), HTTPStatus.SEE_OTHER)


def _sent(ctx: Context, entry: Entry) -> RegisterForm:
    if request.form.get("what") != "correct":
        return ActForm()
    return RemarkForm() if isinstance(entry, Instruction) else use_form(ctx, sent=True)
