"""舆情台账: one line for each case, with the columns of an inspection (domain-rules §6.5)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from handlers.cases import texts
from handlers.kit.context import Context
from handlers.rules.calendar import local
from handlers.rules.opinion.posters import account_of, kind_of, said_at, unnamed
from storage.models import Case, CaseEvent
from storage.vocabulary import NOBODY, CaseId, CaseMove, PictureOf, UnitId, UserId

_AROUND = timedelta(days=31)
_WORKING = "（工作时间）"
_REVIEW = re.compile(r"复盘[:：](?P<words>.+)", re.DOTALL)
COLUMNS: Sequence[tuple[str, int]] = (
    ("编号", 8),
    ("发现时间", 17),
    ("发现人/来源", 16),
    ("平台", 10),
    ("标题", 30),
    ("内容摘要", 40),
    ("链接", 30),
    ("截图哈希", 24),
    ("发布时间", 17),
    ("发布者类型", 12),
    ("地点/项目", 16),
    ("主题", 16),
    ("承办科室", 14),
    ("建议级别", 14),
    ("核定级别", 14),
    ("定级人", 10),
    ("发现时热度", 12),
    ("最高热度", 12),
    ("来源条数", 10),
    ("诉求", 24),
    ("是否属实", 10),
    ("交办人", 10),
    ("交办时间", 17),
    ("签收人", 10),
    ("签收时间", 17),
    ("处置措施", 40),
    ("口径", 40),
    ("口径审定人", 12),
    ("回应时间", 17),
    ("回应处", 20),
    ("上报", 24),
    ("领导批示", 24),
    ("办理结果", 30),
    ("办结时间", 17),
    ("办结人", 10),
    ("复盘", 30),
    ("状态", 12),
    ("超时", 40),
    ("超时原因", 24),
    ("各步用时（分钟/时限）", 48),
    ("关联紧急信息", 24),
    ("关联稿件", 24),
)


def ledger_rows(
    ctx: Context, bureau: UnitId, since: datetime, until: datetime
) -> Iterator[list[str | int]]:
    """Yield the lines of the ledger for what was registered from *since* until before *until*.

    Private data of citizens is in none: a poster is no column, and what is written names nobody.
    """
    cases = ctx.uow.cases.registered(bureau, since, until)
    ids = [case.id for case in cases]
    logs, counts = ctx.uow.cases.steps(ids), ctx.uow.cases.counts(ids)
    files = ctx.uow.pictures.of_each(PictureOf.CASE, ids)
    members = {
        one
        for case in cases
        for one in (
            case.finder, case.graded_by, case.assigned_by, case.holder, case.closed_by,
            case.wording_approved_by,
        )
    }  # fmt: skip
    called = ctx.uow.members.names(members - {NOBODY})
    units = ctx.uow.members.unit_names({case.unit for case in cases})
    incidents, drafts = _incidents(ctx, bureau, since, until), ctx.uow.cases.drafts_of(ids)

    def who(member: UserId) -> str:
        return called.get(member, "")

    for case in cases:
        log = logs[case.id]
        yield [
            case.number,
            _when(case.found_at),
            who(case.finder) or said_at("", case.source) or texts.SYSTEM,
            case.platform,
            case.title,
            unnamed(log[0].words, account_of(case.platform, case.source)) if log else "",
            case.url,
            "；".join(one.sha256 for one in files[case.id] if one.sha256),
            _when(case.posted_at),
            kind_of(case.platform, case.source, log[0].words if log else ""),
            case.place,
            case.topic,
            units[case.unit] if case.unit != bureau else "",
            texts.GRADES[case.suggested],
            texts.GRADES[case.grade] if case.grade else "",
            who(case.graded_by),
            case.heat_found,
            case.heat_peak,
            counts.get(case.id, 0),
            case.demands,
            texts.TRUTHS[case.truth],
            who(case.assigned_by),
            _when(case.assigned_at),
            who(case.holder),
            _when(case.acked_at),
            unnamed(case.measures),
            case.wording,
            who(case.wording_approved_by),
            _when(case.answered_at),
            case.answered_where,
            case.reported_to,
            case.instruction,
            unnamed(case.result),
            _when(case.closed_at),
            who(case.closed_by),
            unnamed(_reviewed(case, log)),
            texts.STATES[case.state],
            _late(log),
            case.late_because,
            _used(log),
            "；".join(incidents[case.id]),
            "；".join(
                texts.LINKED_DRAFT.format(number=one.number, title=one.title)
                for one in drafts[case.id]
            ),
        ]


def _incidents(
    ctx: Context, bureau: UnitId, since: datetime, until: datetime
) -> Mapping[CaseId, list[str]]:
    """Return the emergencies of each case, which may be of the month before or after."""
    found: defaultdict[CaseId, list[str]] = defaultdict(list)
    for one in ctx.uow.incidents.between(bureau, since - _AROUND, until + _AROUND):
        found[CaseId(one.case)].append(
            texts.LINKED_INCIDENT.format(number=one.number, title=one.title)
        )
    return found


def _reviewed(case: Case, log: Sequence[CaseEvent]) -> str:
    """Return what was learned of it: what stands behind 复盘 in its news or its result."""
    news = (one.words for one in log if one.move is CaseMove.PROGRESS)
    found = (_REVIEW.search(words) for words in (*news, case.result))
    return "；".join(one["words"] for one in found if one)


def _when(moment: datetime | None) -> str:
    return f"{local(moment):%Y-%m-%d %H:%M}" if moment else ""


def _late(log: Sequence[CaseEvent]) -> str:
    return "；".join(one.words for one in log if one.move is CaseMove.OVERDUE)


def _used(log: Sequence[CaseEvent]) -> str:
    return "；".join(
        f"{texts.MOVES[one.move]}{one.minutes}/{one.limit}{_WORKING if one.in_working_time else ''}"
        for one in log
        if one.minutes is not None
    )
