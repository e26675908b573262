"""Any facts and any rule sets, for properties that hold for all of them."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from handlers.rules.scoring.facts import (
    LEVELS,
    Adoption,
    Breach,
    Calls,
    Count,
    Facts,
    Instruction,
)
from handlers.rules.scoring.model import RuleSet

ITEMS = st.sampled_from(("1", "2", "3"))
CHANNELS = st.sampled_from(("", "日报", "网站", "内参"))
LEVEL = st.sampled_from(("", *LEVELS))
KINDS = st.sampled_from(("", "dynamic", "research"))
FORMS = st.sampled_from(("", "full", "brief"))
FLAGS = st.sampled_from(("headline", "picture", "call"))
EVENTS = st.sampled_from(("late_submit", "false_content", "negative_news", "other"))
POINTS = st.decimals(0, 50, places=2)
SIGNED = st.decimals(-50, 50, places=2)

adoptions = st.builds(
    Adoption,
    item=ITEMS,
    channel=CHANNELS,
    level=LEVEL,
    kind=KINDS,
    form=FORMS,
    flags=st.frozensets(FLAGS, max_size=2),
    times=st.integers(1, 3),
    authors=st.integers(1, 3),
    place=st.integers(1, 3),
    edited=st.sampled_from((Decimal(0), Decimal("0.7"))),
)
remarks = st.builds(
    Instruction,
    level=LEVEL,
    rank=st.sampled_from(("", "principal", "other")),
    item=st.one_of(st.just(""), ITEMS),
    times=st.integers(1, 2),
)
breaches = st.builds(
    Breach, event=EVENTS, item=st.one_of(st.just(""), ITEMS), times=st.integers(1, 3)
)
calls = st.builds(
    Calls, outcome=st.sampled_from(("done", "late", "missed")), times=st.integers(1, 3)
)
counts = st.builds(
    Count,
    measure=st.sampled_from(("submitted", "points", "adopted")),
    done=st.none() | st.decimals(0, 9, places=0),
    target=st.none() | st.decimals(0, 9, places=0),
    during=st.sampled_from(("", "一月", "二月")),
)


def several(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=5).map(tuple)


facts = st.builds(
    Facts,
    adoptions=several(adoptions),
    instructions=several(remarks),
    breaches=several(breaches),
    calls=several(calls),
    counts=several(counts),
    metrics=st.dictionaries(st.just("adoption_rate"), st.decimals(0, 1, places=2)),
)


Table = dict[str, Any]


def some(key: str, of: st.SearchStrategy[Any]) -> st.SearchStrategy[Table]:
    """Return a key that may be left out."""
    return st.none().map(lambda _: {}) | of.map(lambda value: {key: value})


def joined(*parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Table]:
    return st.tuples(*parts).map(
        lambda tables: {key: v for each in tables for key, v in each.items()}
    )


asked = joined(
    some("channel", CHANNELS.filter(bool)),
    some("level", LEVEL.filter(bool)),
    some("kind", KINDS.filter(bool)),
    some("form", FORMS.filter(bool)),
)
rows = st.lists(joined(asked, POINTS.map(lambda points: {"points": points})), max_size=6)
marks = st.lists(
    joined(
        asked,
        FLAGS.map(lambda flag: {"flag": flag}),
        st.sampled_from(("mul", "add", "set")).flatmap(
            lambda key: st.decimals(0, 5, places=1).map(lambda value: {key: value})
        ),
    ),
    max_size=3,
)
leaders = st.lists(
    joined(
        some("level", LEVEL.filter(bool)),
        st.sampled_from(("sum", "max", "once")).map(lambda stack: {"stack": stack}),
        POINTS.map(lambda points: {"points": points})
        | st.decimals(1, 3, places=1).map(lambda mul: {"mul": mul}),
    ),
    max_size=3,
)
stackings = st.sampled_from(
    ("sum", "max", {"mode": "top_levels", "n": 2}, {"mode": "max", "exceptions": ["日报"]})
)
shares = st.sampled_from(
    (
        {"mode": "equal"},
        {"mode": "equal", "max_people": 2},
        {"mode": "ratio", "ratio": [3, 2]},
        {"mode": "first", "n": 2},
        {"mode": "each_full"},
        {"office_share_if_diff_over": Decimal("0.5"), "office_share": Decimal("0.3")},
    )
)
quotas = st.lists(
    joined(
        st.sampled_from(("submitted", "points", "adopted")).map(lambda of: {"measure": of}),
        st.sampled_from(("", "名")).map(lambda name: {"name": name}),
        some("targets", st.integers(0, 9)),
        some("base", POINTS),
        some("on_met", POINTS.map(lambda points: {"points": points})),
        some("full", POINTS),
        some(
            "on_short",
            st.sampled_from(
                (
                    {"mode": "flat", "points": -3},
                    {"mode": "per_missing", "points": Decimal("-0.5"), "cap": -2},
                    {"mode": "multiple", "k": 2},
                    {"mode": "nothing"},
                )
            ),
        ),
        some("on_extra", POINTS.map(lambda points: {"points": points, "cap": 9, "bonus": True})),
    ),
    max_size=3,
)
gains = joined(
    some("base", SIGNED),
    rows.map(lambda listed: {"adoption": listed}),
    marks.map(lambda listed: {"modifier": listed}),
    leaders.map(lambda listed: {"instruction": listed}),
    stackings.map(lambda mode: {"stacking": mode}),
    shares.map(lambda share: {"share": share}),
    quotas.map(lambda listed: {"quota": listed}),
    some("cap", st.just([{"of": "adoption", "max": 20}])),
    some("ceiling", st.just(90)),
    some("floor", st.just(-5)),
)
losses = joined(
    some(
        "penalty",
        st.dictionaries(
            EVENTS,
            joined(
                st.decimals(-9, 0, places=1).map(lambda points: {"points": points}),
                st.sampled_from(("none", "zero_item", "zero_period", "zero_year", "veto")).map(
                    lambda effect: {"effect": effect}
                ),
            ),
        ),
    ),
    some("threshold", st.just([{"metric": "adoption_rate", "below": 1, "points": -1}])),
    some("call", st.just({"done": 2, "missed": -5, "strikes": {"n": 2, "effect": "zero"}})),
)

generous_rules = gains.map(RuleSet.model_validate)
"""Rule sets that only ever give for uses: nothing in them is wiped out, no rate has a bound."""

any_rules = joined(gains, losses).map(RuleSet.model_validate)
