"""定级、调级: a named person decides the grade; who may not decide it can say what he thinks."""

from handlers.cases import texts
from handlers.cases.alarms import alarm, alarm_if_worth, names, settle
from handlers.cases.finding import ALERTED, allowed, hats
from handlers.cases.moving import move, set_clocks
from handlers.cases.naming import grade_of, named
from handlers.cases.telling import deciders, handlers_of, office_of, tell
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import CaseGraded
from handlers.rules.cases.rights import may, may_grade
from handlers.rules.escalation import rank
from storage.models import Case
from storage.vocabulary import AlertStatus, CaseMove, CaseStep, Grade

_SPOKEN = (
    (Grade.RED, ("特别重大", "红", "一级", "1级", "Ⅰ级")),
    (Grade.ORANGE, ("重大", "橙", "二级", "2级", "Ⅱ级")),
    (Grade.YELLOW, ("较大", "黄", "三级", "3级", "Ⅲ级")),
    (Grade.BLUE, ("一般", "蓝", "四级", "4级", "Ⅳ级")),
)


def grade_said(text: str) -> Grade | None:
    """Return the grade that a text begins with or names alone."""
    return next((grade for grade, words in _SPOKEN if any(one in text for one in words)), None)


def decide_grade(ctx: Context, case: Case, wanted: Grade | None, why: str = "") -> str:
    """Decide the grade of a case, or propose it to who may.

    Raises:
        UserError: no grade is named, it is that grade already, or he may not even propose.
    """
    if wanted is None:
        raise UserError(texts.WHICH_GRADE.format(number=case.number))
    worn = hats(ctx, case)
    if not may_grade(worn, case.grade, wanted):
        if not may(worn, CaseMove.PROPOSE, grade_of(case)):
            allowed(ctx, case, CaseMove.GRADE)
        return _propose(ctx, case, wanted, why)
    if case.grade is wanted:
        said = texts.SAME_GRADE.format(name=named(case), grade=texts.GRADES[wanted])
        raise UserError(said)
    before = case.grade
    words = texts.GRADES[wanted] + (f"：{why}" if why else "")
    move(ctx, case, CaseMove.GRADE, words=words, step=CaseStep.GRADE)
    case.grade, case.graded_by = wanted, ctx.sender.userid
    case.graded_at = case.graded_at or ctx.now
    case.alerted = {**case.alerted, "seen": case.suggested}
    _alarm_by(ctx, case, wanted)
    set_clocks(ctx, case)
    begun = ctx.emit(
        CaseGraded(case_id=case.id, bureau=case.bureau, grade=wanted, by=ctx.sender.userid)
    )
    was = texts.GRADED_BEFORE.format(grade=texts.GRADES[before]) if before else ""
    told = texts.TOLD_GRADED.format(
        name=named(case), who=ctx.sender.name, grade=texts.GRADES[wanted], before=was
    )
    tell(ctx, case, {*handlers_of(ctx, case), *office_of(ctx, case)}, told)
    following = texts.GRADED_NEXT if case.assigned_at is None and case.acked_at is None else ""
    said = texts.GRADED.format(
        name=named(case),
        grade=texts.GRADES[wanted],
        next=following.format(number=case.number),
    )
    return "\n".join([said, *filter(None, begun)])


def _alarm_by(ctx: Context, case: Case, wanted: Grade) -> None:
    """Alarm at a grade that is graver than what people were told; a lighter one replaces theirs.

    Whoever has taken the alert keeps it, whatever the grade.
    """
    if "told" not in case.alerted:
        return  # its first alert is under way, and will be of this grade
    told = Grade(case.alerted["told"]["grade"])
    if rank(wanted) > rank(told):
        alarm_if_worth(ctx, case)
    elif rank(wanted) < rank(told):
        open_alerts = [
            one
            for one in ctx.uow.alerts.standing(case.bureau, f"{ALERTED}:{case.id}")
            if one.status is AlertStatus.OPEN
        ]
        if open_alerts:
            settle(ctx, case, texts.WHY_LOWERED.format(grade=texts.GRADES[wanted]), ALERTED)
            alarm(ctx, case)
        case.alerted = {**case.alerted, "told": {**case.alerted["told"], "grade": wanted}}


def _propose(ctx: Context, case: Case, wanted: Grade, why: str) -> str:
    """Tell whoever may decide such a grade what the sender thinks."""
    words = texts.GRADES[wanted] + (f"：{why}" if why else "")
    move(ctx, case, CaseMove.PROPOSE, words=words)
    graver = max(wanted, case.grade or wanted, key=rank)
    said = texts.TOLD_PROPOSED.format(
        who=ctx.sender.name,
        name=named(case),
        grade=texts.GRADES[wanted],
        why=f"（{why}）" if why else "",
        number=case.number,
        colour=f"{texts.COLOURS[wanted]}色",
    )
    whom = deciders(ctx, case, CaseMove.GRADE, graver)
    tell(ctx, case, whom, said)
    return texts.PROPOSED.format(
        name=named(case), grade=texts.GRADES[wanted], who=names(ctx, whom) or texts.closers(graver)
    )
