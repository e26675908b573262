"""Reports of public opinion on pages: read there, changed and released as in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.briefings import texts
from handlers.briefings.keeping import drafted_in, report_of
from handlers.briefings.people import reads, releases, writes
from handlers.briefings.registry import registry
from handlers.briefings.releasing import release
from handlers.briefings.reports import drafted_anew, edit, released
from handlers.kit.asked import Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.rules.notices.report import Report
from handlers.rules.special_reports import ADVICE, RISK
from storage.models import Briefing
from storage.vocabulary import BriefingKind, BriefingStatus, CaseId

_ALL = tuple(BriefingKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOnPage:
    """A report as its page shows it; *edits* what may be changed in it: (name, words, now).

    *acts* are what the visitor may do now. *case* is that of a special report.
    """

    id: str
    case: str
    name: str
    state: str
    report: Report
    filename: str
    edits: tuple[tuple[str, str, str], ...]
    acts: tuple[tuple[str, str], ...]


def reports_on_page(ctx: Context, limit: int) -> Sequence[tuple[str, str, str, str]] | None:
    """Return id, name, title and state of the last reports; None: they are not the visitor's."""
    if not reads(ctx):
        return None
    found = ctx.uow.briefings.lately(ctx.sender.bureau, limit, sent=not writes(ctx), kinds=_ALL)
    return [(one.id, texts.NAMES[one.kind], _title(one), texts.STATES[one.status]) for one in found]


def report_on_page(ctx: Context, briefing: str) -> ReportOnPage | None:
    """Return a report that the visitor may read; None where there is none for him."""
    found = _found(ctx, briefing)
    if found is None:
        return None
    special = found.kind is BriefingKind.SPECIAL
    drafted = found.status is BriefingStatus.DRAFTED
    mine = (writes(ctx) if special else releases(ctx)) and found.kind is not BriefingKind.DAILY
    report = report_of(ctx, found)
    now = _now_said(report)
    acts = [("save", "保存修改")] if special else []
    acts += [("redraft", "按最新情况重写")] if special else []
    acts += [("release", "审定并发给领导")]
    return ReportOnPage(
        id=found.id,
        case=found.subject,
        name=texts.NAMES[found.kind],
        state=texts.STATES[found.status],
        report=report,
        filename=texts.file_name(found),
        edits=tuple((key, texts.SECTIONS[key], now[key]) for key in (RISK, ADVICE))
        if mine and drafted and special
        else (),
        acts=tuple(acts) if mine and drafted else (),
    )


@registry.form("briefing")
def act_on_page(ctx: Context, form: Form) -> str:
    """Do ``what`` with ``briefing``: ``save`` ``risk`` and ``advice``, ``redraft``, ``release``.

    Raises:
        UserError: it is not the sender's to do, or it was released meanwhile.
    """
    found = _found(ctx, form.fields["briefing"])
    found = ctx.uow.briefings.lock(found.id) if found is not None else None
    if found is None:
        raise UserError(texts.READERS_ONLY)
    special = found.kind is BriefingKind.SPECIAL
    if not (writes(ctx) if special else releases(ctx)) or found.kind is BriefingKind.DAILY:
        raise UserError(texts.WRITERS_ONLY if special else texts.NOT_YOURS)
    what = form.fields["what"]
    if special and what != "redraft":
        _save(ctx, found, form.fields)
    if special and what == "redraft":
        case = ctx.uow.cases.get(CaseId(found.subject))
        if case is not None:
            drafted_anew(ctx, case)
        return texts.REDRAFTED_PAGE
    if what == "release":
        return released(ctx, found) if special else _release(ctx, found)
    return texts.SAVED


@registry.form("briefing_begun")
def begin_on_page(ctx: Context, form: Form) -> str:
    """Draft the special report of ``case``, as 重拟专报 does.

    Raises:
        UserError: it is not the sender's to do, or one is about to be sent.
    """
    case = ctx.uow.cases.get(CaseId(form.fields["case"]))
    if case is None or case.bureau != ctx.sender.bureau or not writes(ctx):
        raise UserError(texts.WRITERS_ONLY)
    drafted_anew(ctx, case)
    return texts.BEGUN_PAGE


def special_reports_of(ctx: Context, case: str) -> tuple[list[tuple[str, str, str]], bool]:
    """Return id, name and state of the special reports of a case that the visitor may read.

    And whether he may draft one.
    """
    if not reads(ctx):
        return [], False
    mine = writes(ctx)
    found = ctx.uow.briefings.of_case(CaseId(case))
    return [
        (one.id, f"第{one.number}期", texts.STATES[one.status])
        for one in found
        if one.status is BriefingStatus.SENT or mine
    ], mine


def _save(ctx: Context, briefing: Briefing, fields: Mapping[str, str]) -> None:
    """Keep what was changed on the page; what stands there as it was drafted is no change."""
    now = _now_said(report_of(ctx, briefing))
    for key in (RISK, ADVICE):
        said = "\n".join(line.strip() for line in fields.get(key, "").splitlines() if line.strip())
        if said != now[key]:
            edit(ctx, briefing, key, said)


def _release(ctx: Context, briefing: Briefing) -> str:
    count = release(ctx, briefing)
    title = report_of(ctx, briefing).title
    return texts.RELEASED_SOON.format(title=title, count=count, untouched="")


def _found(ctx: Context, briefing: str) -> Briefing | None:
    found = ctx.uow.briefings.find(briefing)
    if found is None or found.bureau != ctx.sender.bureau or not reads(ctx):
        return None
    open_to = writes(ctx) if found.kind is BriefingKind.SPECIAL else releases(ctx)
    return found if found.status is BriefingStatus.SENT or open_to else None


def _now_said(report: Report) -> dict[str, str]:
    return {
        one.key: "\n".join([*one.paragraphs, *one.free.splitlines()]) for one in report.sections
    }


def _title(briefing: Briefing) -> str:
    if briefing.kind is BriefingKind.DAILY:
        title: str = briefing.content["title"]
        return title
    return drafted_in(briefing.content).report.title
