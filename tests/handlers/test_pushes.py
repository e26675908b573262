"""Every push has a name in words, and every reminder of the rules what does it."""

from bot import dispatch
from bot.capabilities import all_capabilities
from handlers.kit.pushes import PUSHES, RULES
from handlers.kit.registry import join


def test_every_push_is_in_the_table_and_every_rule_is_done_by_one_or_says_why_not() -> None:
    kinds = set(join([all_capabilities(), dispatch.registry]).kinds)
    assert kinds - set(PUSHES) == set()
    assert list(RULES) == [f"R{number}" for number in range(1, 19)]
    for name, rule in RULES.items():
        assert bool(rule.kinds) != bool(rule.without), name
        assert {PUSHES[kind].rule or name for kind in rule.kinds} <= {name}
    assert {push.rule for push in PUSHES.values()} - {""} <= set(RULES)
