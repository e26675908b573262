"""How often people decided what the machine had suggested, for whoever reports on it."""

from collections.abc import Mapping
from datetime import datetime

from handlers.kit.context import Context
from handlers.rules.opinion.agreement import LEVELS, Agreement, Decision, agreement
from storage.vocabulary import Grade, ItemVerdict, UnitId

NOTHING = "不预警"
NAMES: Mapping[Grade | None, str] = {
    None: NOTHING,
    Grade.BLUE: "蓝色",
    Grade.YELLOW: "黄色",
    Grade.ORANGE: "橙色",
    Grade.RED: "红色",
}
"""What each of `LEVELS` is called."""

WORDS = (
    "人定了{count}件，与机器建议一致{exact}件（{share}%），相差一级以内{within}件，"
    "建议偏高{high}件、偏低{low}件"
)
OF_THEM = "，其中{parts}"
_COUNTED = (
    (ItemVerdict.FALSE_ALARM, "误报{count}件"),
    (ItemVerdict.NOT_LOCAL, "非本地{count}件"),
    (ItemVerdict.MISSED, "漏报{count}件"),
)


def agreement_of(ctx: Context, bureau: UnitId, since: datetime, until: datetime) -> Agreement:
    """Count what a bureau's people decided from *since* until before *until*.

    Each case and each single item counts once, as it was decided last. One query.
    """
    found = ctx.uow.opinion_marks.decided(bureau, since, until)
    return agreement(Decision(one.suggested, one.decided) for one in found)


def agreement_in_words(ctx: Context, bureau: UnitId, since: datetime, until: datetime) -> str:
    """Say it in a sentence without a full stop, empty where nothing was decided."""
    found = ctx.uow.opinion_marks.decided(bureau, since, until)
    counted = agreement(Decision(one.suggested, one.decided) for one in found)
    if not counted.count:
        return ""
    verdicts = [one.verdict for one in found]
    parts = [
        words.format(count=verdicts.count(verdict))
        for verdict, words in _COUNTED
        if verdict in verdicts
    ]
    said = WORDS.format(
        count=counted.count,
        exact=counted.exact,
        share=round(100 * counted.exact / counted.count),
        within=counted.within_one,
        high=counted.too_high,
        low=counted.too_low,
    )
    return said + (OF_THEM.format(parts="、".join(parts)) if parts else "")


def agreement_table(counted: Agreement) -> tuple[tuple[str, ...], ...]:
    """Return it as a table of texts: a head, then a row for each suggestion that was made."""
    head = ("建议\\人定", *(NAMES[decided] for decided in LEVELS), "合计")
    rows = []
    for suggested in LEVELS:
        numbers = counted.row(suggested)
        if any(numbers):
            cells = (str(number or "") for number in numbers)
            rows.append((NAMES[suggested], *cells, str(sum(numbers))))
    return (head, *rows)
