"""How the sample bureau counts: a rule set as an office would write it, taken in as its file is."""

from bot.demo.bureau import BUREAU
from bot.services import Services
from handlers.kit.rulefile import read_rule_file
from handlers.rules.calendar import local

RULES = """\
[[rule_set]]
name = "demo"
title = "区住建局信息宣传考核办法"
valid_from = {since}
period = "month"
base = 6
floor = 0
stacking = { mode = "max", exceptions = ["学习强国市平台"] }
groups = { "机关科室" = ["*科", "办公室"], "事业单位" = ["*中心", "*部", "*馆"] }
tie_breakers = ["adopted"]
cutoff = { day = 5, workday_shift = "next" }
adoption = [
  { level = "own", points = 1 },
  { level = "county", points = 3 },
  { level = "city", points = 6 },
  { level = "province", points = 10 },
  { level = "nation", points = 20 },
  { channel = "学习强国市平台", points = 4 },
]
modifier = [
  { flag = "headline", mul = 2 },
  { form = "combined", mul = 0.5 },
  { form = "brief", mul = 0.5 },
]
instruction = [
  { level = "city", rank = "principal", points = 15 },
  { level = "city", points = 8 },
  { level = "province+", points = 20 },
]

[[rule_set.quota]]
measure = "submitted"
targets = { default = 2, "办公室" = 0 }
on_met = { points = 2 }
on_short = { mode = "per_missing", points = -1, cap = -2 }

[[rule_set.notice]]
when = "no_submission >= 1 month"
text = "零报送"
"""


def count_by_rules(services: Services) -> None:
    """Let the sample bureau count by its rules from this month on."""
    since = local(services.now()).date().replace(day=1)
    tables = read_rule_file(RULES.replace("{since}", since.isoformat()).encode()).tables
    with services.database.begin() as uow:
        bureau = uow.members.unit_at(BUREAU)
        if bureau is None:
            raise LookupError(BUREAU)
        for name, found in tables.items():
            taken = services.registry.rulebooks[name](services.context(uow), bureau, found)
            if taken.faults:
                raise ValueError(taken.faults)
