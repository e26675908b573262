"""How long scoring takes, beside the plainest way to add up points.

Run it with: python -m benchmarks.scores
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from benchmarks.bureau import ROOT, report
from handlers.rules.scoring.checking import check
from handlers.rules.scoring.engine import Scorer
from handlers.rules.scoring.facts import (
    LEVELS,
    ONE,
    Adoption,
    Breach,
    Calls,
    Count,
    Facts,
    Instruction,
)
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.replay import changes

UNITS = 160
DRAFTS_A_YEAR = (1_000, 60_000)
EXAMPLES: Path = ROOT / "handlers/scores/examples"
COUNTED = "zhonglou"
REPLAYED = "jiangsu_jingmao"
KINDS = ("gov", "news", "party", "research")


def main() -> None:
    rules = {file.stem: _rules(file) for file in sorted(EXAMPLES.glob("*.toml"))}
    for drafts in DRAFTS_A_YEAR:
        year = list(_year(drafts))
        of_month = [facts for facts in year if facts.period == "2026-09"]
        _measure("month", drafts, of_month, rules[COUNTED])
        _measure("year", drafts, year, rules[COUNTED])
        _replay(drafts, year, rules)
    began = process_time()
    for file in EXAMPLES.glob("*.toml"):
        check(file.read_bytes())
    report("scores-check", files=len(rules), cpu_ms=(process_time() - began) * 1e3)


def _rules(file: Path) -> RuleSet:
    return check(file.read_bytes()).rule_sets[file.stem]


def _measure(span: str, drafts: int, facts: Sequence[Facts], rules: RuleSet) -> None:
    """Report both programs on the same facts, and that they agree."""
    began, cpu = perf_counter(), process_time()
    scorer = Scorer(COUNTED, rules)
    scores = [scorer.score(each) for each in facts]
    ours = {"seconds": perf_counter() - began, "cpu_s": process_time() - cpu}
    began, cpu = perf_counter(), process_time()
    sums = [_plain(each) for each in facts]
    plain = {"seconds": perf_counter() - began, "cpu_s": process_time() - cpu}
    agree = all(
        abs(float(score.points) - points) < 1e-6 for score, points in zip(scores, sums, strict=True)
    )
    about = {"span": span, "drafts": drafts, "scores": len(facts)}
    about["uses"] = sum(len(each.adoptions) for each in facts)
    lines = sum(len(score.lines) for score in scores)
    report("scores", program="xinshi", **about, **ours, lines=lines, agree=agree)
    report("scores", program="plain", **about, **plain)


def _replay(drafts: int, year: Sequence[Facts], rules: Mapping[str, RuleSet]) -> None:
    scorers = [Scorer(name, rules[name]) for name in (COUNTED, REPLAYED)]
    before, after = ([scorer.score(each) for each in year] for scorer in scorers)
    began = process_time()
    found = changes(before, after)
    cpu = process_time() - began
    report("scores-replay", drafts=drafts, changes=len(found), comparing_cpu_s=cpu)


def _year(drafts: int) -> Iterator[Facts]:
    """Yield a year's facts, unit by unit and month by month; about a third of drafts are used."""
    random = Random(20_260_921)  # noqa: S311 - the same load each time
    each = drafts / UNITS / 12
    for unit in range(UNITS):
        for month in range(1, 13):
            yield _month(random, f"科{unit}", f"2026-{month:02}", each)


def _month(random: Random, unit: str, period: str, each: float) -> Facts:
    sent = int(each) + (random.random() < each % 1)
    used = [number for number in range(sent) if random.random() < 1 / 3]
    uses = [_use(random, f"{unit}-{period}-{number}") for number in used]
    again = [replace(use, level="province") for use in uses if random.random() < 1 / 4]
    return Facts(
        subject=unit,
        period=period,
        adoptions=(*uses, *again),
        instructions=tuple(Instruction(level="city") for _ in used if random.random() < 1 / 20),
        breaches=tuple(Breach(event="late_submit") for _ in range(sent) if random.random() < 0.05),
        calls=(Calls(outcome="done"),),
        counts=(Count(measure="submitted", done=sent * ONE, target=3 * ONE),),
        metrics={"adoption_rate": len(used) * ONE / max(sent, 1)},
    )


def _use(random: Random, item: str) -> Adoption:
    return Adoption(item=item, level=random.choice(LEVELS[1:]), kind=random.choice(KINDS))


# The plainest way: one table, floats, no lines, and nothing that could be set otherwise.
_POINTS: Mapping[str, tuple[float, float]] = {
    "county": (10, 20),
    "city": (15, 30),
    "province": (30, 50),
    "nation": (30, 50),
}
_REMARKS: Mapping[str, float] = {"county": 10, "city": 20, "province": 40, "nation": 40}


def _plain(facts: Facts) -> float:
    points = 6.0
    for use in facts.adoptions:
        points += _POINTS[use.level][use.kind == "research"] * use.times
    points += sum(_REMARKS[remark.level] for remark in facts.instructions)
    points += 2 * len(facts.calls) - len(facts.breaches)
    for count in facts.counts:
        points -= max(0.0, float((count.target or 0) - (count.done or 0)))
    points -= facts.metrics["adoption_rate"] < 0.3
    return max(points, 0.0)


if __name__ == "__main__":
    main()
