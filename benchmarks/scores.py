"""How long scoring takes: the engine alone, and the ledger in a database with years in it.

Run it with: python -m benchmarks.scores, or for a long history and one database only:
python -m benchmarks.scores --drafts 1000 60000 1000000 --database sqlite

More than 60,000 drafts are those of the years before, unless --in-one-year says otherwise.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.bureau import ROOT, database, report
from benchmarks.history import BUREAU, live_through
from bot.app import build_services
from bot.documents.report import report_file
from bot.services import Services
from handlers.kit.asked import Asked
from handlers.kit.scoring import part_on
from handlers.reports.papers import report_of
from handlers.rules.calendar import month_bounds
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
from handlers.scores.ledger import recount
from storage.models import Unit
from storage.vocabulary import PaperKind, UserId
from tests.harness.service import settings

UNITS = 160
DRAFTS_A_YEAR = (1_000, 60_000)
DATABASES = ("sqlite", "postgresql")
NOW = datetime(2026, 9, 28, 2, tzinfo=UTC)
ANSWERS = 40
ASKED = (
    ("show_quota", "o7"),
    ("show_quota", "office"),
    ("show_score", "o7"),
    ("show_ranking", "o7"),
)
EXAMPLES: Path = ROOT / "handlers/scores/examples"
COUNTED = "zhonglou"
REPLAYED = "jiangsu_jingmao"
KINDS = ("gov", "news", "party", "research")


def main() -> None:
    asked = ArgumentParser()
    asked.add_argument("--drafts", type=int, nargs="+", default=DRAFTS_A_YEAR)
    asked.add_argument("--database", choices=DATABASES, nargs="+", default=DATABASES)
    asked.add_argument("--in-one-year", action="store_true")
    asked.add_argument("--no-engine", action="store_true")
    given = asked.parse_args()
    if not given.no_engine:
        _engine()
    for kind in given.database:
        for drafts in given.drafts:
            _ledger(kind, drafts, in_one_year=given.in_one_year)


def _engine() -> None:
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


def _ledger(kind: str, drafts: int, *, in_one_year: bool) -> None:
    """Report what the ledger of one month costs, and what an officer waits for his answers."""
    with database(kind) as url, TemporaryDirectory() as folder:
        config = settings(url, Path(folder) / "redis", Path(folder), environment="production")
        services = replace(build_services(config), now=lambda: NOW)
        began = perf_counter()
        live_through(services, drafts, in_one_year=in_one_year)
        about = {"database": kind, "drafts": drafts, "in_one_year": in_one_year}
        report("ledger-filled", **about, seconds=perf_counter() - began)
        with services.database.begin() as uow:
            bureau = uow.members.unit_at(BUREAU)
            if bureau is None:
                raise LookupError(BUREAU)
            units = uow.members.units_of(bureau.id)[1:]
        for turn in ("first", "again"):
            began, cpu = perf_counter(), process_time()
            with services.database.begin() as uow:
                part = part_on(uow, bureau.id, NOW.date())
                made = recount(services.context(uow), bureau.id, units, part) if part else None
            took = {"seconds": perf_counter() - began, "cpu_s": process_time() - cpu}
            lines = sum(len(each.lines) for each in made[0].scores.values()) if made else 0
            changed = len(made[1]) if made else 0
            report("ledger-month", turn=turn, **about, **took, lines=lines, changed=changed)
        for command, userid in ASKED:
            answer = _answered(services, command, userid)
            report("ledger-answer", command=command, by=userid, **about, **answer)
        report("ledger-answer", command="one count", **about, **_counted(services, units[1]))
        _notice(services, bureau, about)
        services.close()


def _notice(services: Services, bureau: Unit, about: Mapping[str, object]) -> None:
    """Report what a month's notice takes: its figures, and the file that is pushed."""
    began, cpu = perf_counter(), process_time()
    with services.database.reading() as uow:
        ctx = services.context(uow)
        paper = report_of(ctx, PaperKind.ASSESSMENT, f"{bureau.id}:{NOW:%Y-%m}")
    figures = {"figures_s": perf_counter() - began, "figures_cpu_s": process_time() - cpu}
    file = report_file(paper, NOW)
    took = {"seconds": perf_counter() - began, "cpu_s": process_time() - cpu}
    report("ledger-notice", **about, **figures, **took, kilobytes=len(file) // 1024)


def _answered(services: Services, command: str, userid: str) -> Mapping[str, float]:
    """Return how long a command takes in a transaction of its own."""
    run = services.registry.commands[command].run

    def once() -> None:
        with services.database.begin() as uow:
            me = uow.members.person(UserId(userid))
            run(services.context(uow, me=me), Asked())

    return _times(once)


def _counted(services: Services, unit: Unit) -> Mapping[str, float]:
    """Return how long the one count takes that no answer can do without."""

    def once() -> None:
        with services.database.begin() as uow:
            uow.drafts.handed_in([unit.id], *month_bounds(NOW))

    return _times(once)


def _times(once: Callable[[], None]) -> Mapping[str, float]:
    once()
    took, cpu = [], process_time()
    for _ in range(ANSWERS):
        began = perf_counter()
        once()
        took.append((perf_counter() - began) * 1e3)
    cpu = process_time() - cpu
    return {"median_ms": median(took), "shortest_ms": min(took), "cpu_ms": cpu * 1e3 / ANSWERS}


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
