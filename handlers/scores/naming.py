"""How periods, rule sets and their rows are called in the chat."""

import re
from datetime import date

from handlers.rules.scoring.model import RuleSet

_ROW = re.compile(r"(?P<sort>\w+)\[(?P<number>\d+)\]")
_SORTS = {
    "adoption": "采用",
    "instruction": "批示",
    "quota": "任务",
    "threshold": "比率",
    "cap": "封顶",
}
_NUMBERS = "一二三四"


def period_name(period: str, today: date) -> str:
    """Return a period as people say it: 9月, 2025年12月, 2026年三季度."""
    year, _, part = period.partition("-")
    before = "" if int(year) == today.year else f"{year}年"
    if not part:
        return f"{year}年"
    if part[0] == "Q":
        return f"{before}{_NUMBERS[int(part[1]) - 1]}季度"
    if part[0] == "H":
        return f"{before}{'上下'[int(part[1]) - 1]}半年"
    return f"{before}{int(part)}月"


def named_rules(name: str, rules: RuleSet) -> str:
    return f"《{rules.title}》" if rules.title else name


def row_name(rules: RuleSet, rule: str) -> str:
    """Name a row of the rules as its file does: 采用第3行, and its clause where that is known."""
    if (found := _ROW.match(rule)) is None:
        return "规则"
    sort, number = found["sort"], int(found["number"])
    clause = getattr(getattr(rules, sort)[number - 1], "clause", "")
    return f"{clause or '规则'}{_SORTS.get(sort, sort)}第{number}行"
