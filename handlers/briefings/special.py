"""舆情专报: read from one case and its items, written down as it was read."""

from datetime import datetime

from handlers.briefings.keeping import Drafted, kept
from handlers.briefings.policy import BriefingPolicy
from handlers.kit.context import Context
from handlers.rules.calendar import local
from handlers.rules.cases.flow import ENDED
from handlers.rules.clipping import clipped_in_paper
from handlers.rules.opinion.heat import Said, interactions
from handlers.rules.opinion.posters import unnamed
from handlers.rules.special_reports import About, Post, special, spread_of
from storage.models import Briefing, Case, CaseEvent
from storage.vocabulary import (
    NOBODY,
    BriefingId,
    BriefingKind,
    BriefingStatus,
    CaseMove,
    CaseStep,
)

_DONE = {
    CaseMove.GRADE: "定级",
    CaseMove.ASSIGN: "交办",
    CaseMove.ACK: "签收",
    CaseMove.FACTS: "核实",
    CaseMove.PROGRESS: "续报",
    CaseMove.APPROVE: "审定口径",
    CaseMove.ANSWER: "公开回应",
    CaseMove.REPORT_UP: "上报",
    CaseMove.INSTRUCT: "领导批示",
    CaseMove.WATCH: "转入观察",
    CaseMove.CLOSE: "办结",
    CaseMove.FALSE_ALARM: "按误报办结",
    CaseMove.FORWARD: "转出",
}
_STEPS = {
    CaseStep.GRADE: "定级",
    CaseStep.ACK: "签收",
    CaseStep.FACTS: "核实",
    CaseStep.PLAN: "处置方案和口径",
    CaseStep.ANSWER: "公开回应",
    CaseStep.PROGRESS: "续报",
}
_WORDS, _STATEMENT = 60, 300
"""Characters of what was done; what may be said in public is told as it was approved."""


def draft_special(ctx: Context, case: Case) -> Briefing:
    """Write the special report of a case as it stands now.

    One that was not released is written anew, and what a person wrote in it stays; after one that
    was, the next begins.
    """
    about = _about(ctx, case)
    content = kept(
        Drafted(
            report=special(about, ctx.policy(BriefingPolicy).advice.model_dump()),
            picture=spread_of(about),
        )
    )
    begun = next(iter(ctx.uow.briefings.of_case(case.id)), None)
    if begun is not None and begun.status is BriefingStatus.DRAFTED:
        begun.content, begun.ends_at, begun.turn = content, ctx.now, begun.turn + 1
        return begun
    today = local(ctx.now).date()
    made = Briefing(
        id=BriefingId(ctx.new_id()),
        bureau=case.bureau,
        kind=BriefingKind.SPECIAL,
        subject=case.id,
        number=ctx.uow.ledger.next_number(case.bureau, today.year, "opinion_special"),
        day=today,
        begins_at=case.found_at,
        ends_at=ctx.now,
        due_at=ctx.now,
        content=content,
        fresh=0,
        duty=[],
    )
    ctx.uow.briefings.add(made)
    ctx.audit("briefing:draft", made.id, after={"case": case.id})
    return made


def _about(ctx: Context, case: Case) -> About:
    items = ctx.uow.opinion.posts_of(case.id)
    log = ctx.uow.cases.acts(case.id, _DONE.keys() | {CaseMove.REGISTER})
    unit = ctx.uow.members.unit_names([case.unit])[case.unit] if case.unit != case.bureau else ""
    return About(
        now=ctx.now,
        title=case.title,
        state=case.state,
        result=unnamed(case.result)[:_WORDS] if case.state in ENDED else "",
        grade=case.grade or case.suggested,
        decided=case.grade is not None,
        place=case.place,
        unit=unit,
        truth=case.truth,
        demands=unnamed(case.demands),
        heat=case.heat_peak,
        answered=case.answered_where if case.answered_at is not None else "",
        found_at=case.found_at,
        platform=case.platform,
        first_words=log[0].words if log else case.title,
        posts=[
            Post(
                number=one.number,
                words=one.words or one.title,
                account=one.source if one.finder == NOBODY else "",
                said=Said(
                    at=one.posted_at or one.found_at,
                    platform=one.platform,
                    interactions=interactions(one.heat),
                ),
            )
            for one in items
        ],
        done=[(one.at, _done(one)) for one in log if one.move in _DONE],
        late=_late(case),
    )


def _done(event: CaseEvent) -> str:
    most = _STATEMENT if event.move is CaseMove.APPROVE else _WORDS
    words = clipped_in_paper(unnamed(event.words), most)
    return f"{_DONE[event.move]}：{words}" if words else _DONE[event.move]


def _late(case: Case) -> list[str]:
    """Name the steps that were late and are still not done, while there is somebody to do them."""
    if case.state in ENDED:
        return []
    done: dict[CaseStep, datetime | None] = {
        CaseStep.GRADE: case.graded_at,
        CaseStep.ACK: case.acked_at,
        CaseStep.FACTS: case.facts_at,
        CaseStep.PLAN: case.plan_at,
        CaseStep.ANSWER: case.answered_at,
    }
    return [
        name for step, name in _STEPS.items() if step in case.overdue and done.get(step) is None
    ]
