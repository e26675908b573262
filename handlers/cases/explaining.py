"""为什么是橙色: what a suggested grade comes from, with the parts of the risk, and who decided."""

from dataclasses import replace

from handlers.cases import meanings, texts
from handlers.cases.alarms import graded
from handlers.cases.finding import the_one
from handlers.cases.naming import named
from handlers.cases.registry import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.events import ItemExplained
from storage.models import Case, OpinionItem

COMMAND = "explain_grade"


@registry.command(
    "定级依据",
    takes=Takes.WORDS,
    usage="定级依据 3（或：3号舆情为什么是橙色）",
    purpose="看建议级别的依据、风险分和谁定的级",
    means=meanings.explanation,
    changes=False,
)
def explain_grade(ctx: Context, asked: Asked) -> str:
    """Say what the suggestion comes from: the words that were found, the risk in its parts."""
    said = asked.text.strip()
    if said.isdecimal():
        asked = replace(asked, numbers=(int(said),))
    return the_one(ctx, asked, COMMAND, _explained)


def _explained(ctx: Context, case: Case) -> str:
    ctx.show("opinion", [case.number])
    gravest = next(iter(ctx.uow.opinion.gravest_in(case.id, 1)), None)
    return texts.GRADE_BECAUSE.format(
        name=named(case),
        grade=texts.GRADES[case.suggested],
        why=case.why or texts.NO_WORDS_FOUND,
        risk=_risk(ctx, gravest) if gravest else "",
        decided=graded(ctx, case) if case.grade else texts.NOT_DECIDED,
    )


def _risk(ctx: Context, item: OpinionItem) -> str:
    # PostgreSQL keeps no order: what weighs most is said first, on both databases.
    heaviest = sorted(item.parts.items(), key=lambda part: (-part[1], part[0]))
    parts = "、".join(f"{name}{round(100 * value)}%" for name, value in heaviest)
    said = texts.RISK.format(
        risk=round(item.risk), parts=parts, relevance=round(100 * item.relevance)
    )
    return "\n".join([said, *ctx.emit(ItemExplained(item_id=item.id))])
