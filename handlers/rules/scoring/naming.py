"""How rule sets and their rows are called in the chat and in documents."""

import re

from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.texts import EVENT_NAMES

_ROW = re.compile(r"(?P<sort>\w+)\[(?P<number>\d+)\]")
_SORTS = {
    "adoption": "采用",
    "instruction": "批示",
    "quota": "任务",
    "threshold": "比率",
    "cap": "封顶",
}


def named_rules(name: str, rules: RuleSet) -> str:
    return f"《{rules.title}》" if rules.title else name


def row_name(rules: RuleSet, rule: str) -> str:
    """Name a row of the rules as its file does: 采用第3行, and its clause where that is known."""
    if rule.startswith("penalty."):
        return _breach(rules, rule.split(".")[1])
    if (found := _ROW.match(rule)) is None:
        return "规则"
    sort, number = found["sort"], int(found["number"])
    clause = getattr(getattr(rules, sort)[number - 1], "clause", "")
    return f"{clause or '规则'}{_SORTS.get(sort, sort)}第{number}行"


def _breach(rules: RuleSet, event: str) -> str:
    row = rules.penalty.get(event)
    return f"{row.clause if row and row.clause else '规则'}扣分“{EVENT_NAMES.get(event, event)}”"
