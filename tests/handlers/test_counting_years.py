"""The ledger of random facts in a real database; and a year counted again by other rules."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.config import Config
from bot.services import Services
from handlers.kit.scoring import part_on
from handlers.rules.scoring.checking import check
from handlers.scores.capability import replay
from handlers.scores.ledger import recount
from storage.models import Adoption, AdoptionShare, Draft, Unit
from storage.sessions import WriteBehind
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import (
    AdoptionId,
    ChannelId,
    DraftId,
    DraftKind,
    DraftStatus,
    EntryStatus,
    Family,
    Form,
    Importance,
    Level,
    UnitId,
    UserId,
)
from tests.harness.administrator import administrator
from tests.harness.offline import offline
from tests.harness.service import MONDAY_TEN, ROSTER, import_rules

RULES = """\
[[rule_set]]
name = "bureau"
base = 6
stacking = "max"
adoption = [
  { level = "county", points = 4 },
  { level = "city", points = 8 },
  { level = "province+", kind = ["research"], points = 30 },
  { level = "province+", points = 20 },
]
modifier = [{ form = "combined", mul = 0.5 }, { flag = "headline", mul = 2 }]

[[rule_set.quota]]
measure = "submitted"
targets = 2
on_short = { mode = "per_missing", points = -0.5 }
"""
OTHER = (
    RULES.replace('"max"', '"sum"')
    .replace('[[rule_set]]\nname = "bureau"', "[rules.other]")
    .replace("[[rule_set.quota]]", "[[rules.other.quota]]")
)

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Fact = tuple[int, Level, Form, bool]
FACTS = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(Level), st.sampled_from(Form), st.booleans()),
    max_size=8,
)


@pytest.fixture
def services(config: Config) -> Iterator[Services]:
    with offline(config, ROSTER) as built:
        assert import_rules(built, RULES) == []
        yield built


def write(uow: UnitOfWork, unit: Unit, facts: Sequence[Fact]) -> None:
    """Write drafts with uses into the register, in this order."""
    session = uow._session
    author = UserId("alice" if unit.name == "物业科" else "mallory")
    for number in {fact[0] for fact in facts}:
        draft = Draft(
            id=DraftId(f"{unit.name}{number}"),
            bureau=unit.bureau,
            year=2026,
            number=number if unit.name == "物业科" else number + 100,
            author=author,
            unit=unit.id,
            title="标题",
            importance=Importance.ORDINARY,
            created_at=MONDAY_TEN,
            status=DraftStatus.DISPATCHED,
            kind=DraftKind.RESEARCH if number % 2 else DraftKind.DYNAMIC,
            submitted_at=MONDAY_TEN,
            signed_at=MONDAY_TEN,
        )
        session.add(draft)
    session.flush()
    for place, (number, level, form, headline) in enumerate(
        facts, start=facts[0][0] * 100 if facts else 0
    ):
        use = Adoption(
            id=AdoptionId(f"{unit.name}-{place}"),
            bureau=unit.bureau,
            unit=unit.id,
            draft=DraftId(f"{unit.name}{number}"),
            channel=ChannelId("site"),
            level=level,
            family=Family.SITE,
            form=form,
            flags=["headline"] if headline else [],
            adopted_on=MONDAY_TEN.date(),
            counts_in="2026-09",
            late=False,
            url="",
            issue="第1期",
            scan="",
            words="",
            entered_by=UserId("carol"),
            entered_at=MONDAY_TEN,
            status=EntryStatus.CONFIRMED,
        )
        session.add(use)
        session.flush()
        session.add(AdoptionShare(adoption=use.id, member=author, unit=unit.id, weight=1))
    session.flush()


@contextmanager
def undone(services: Services) -> Iterator[UnitOfWork]:
    """Open a transaction of which nothing is kept."""
    with WriteBehind(services.database.engine) as session:
        yield UnitOfWork(session)
        session.rollback()


def add_website(uow: UnitOfWork, bureau: UnitId) -> None:
    row = {"id": "site", "bureau": bureau, "name": "网站", "level": Level.CITY, "active": True}
    uow.adoptions.add_channels([{**row, "family": Family.SITE, "outward": True, "aliases": []}])


def ledger(services: Services, uow: UnitOfWork, units: Sequence[Unit]) -> list[Decimal]:
    """Count September twice; return the sums of its lines, which are the scores."""
    ctx, bureau = services.context(uow), units[0].bureau
    part = part_on(uow, bureau, MONDAY_TEN.date())
    assert part
    made = recount(ctx, bureau, units, part)
    again = recount(ctx, bureau, units, part)
    assert made
    assert again
    assert again[1] == [], "the second time changes nothing"
    totals = uow.scores.totals([unit.id for unit in units], "2026-09")
    assert totals == {unit: score.points for unit, score in made[0].scores.items()}
    return [totals[unit.id] for unit in units]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=FACTS, more=FACTS, order=st.randoms())
def test_the_ledger_adds_up_in_any_order_and_more_uses_never_make_it_less(
    services: Services, facts: list[Fact], more: list[Fact], order: Random
) -> None:
    """One section has the facts, another the same ones in another order, and then some more."""
    with undone(services) as uow:
        units = [uow.members.unit(unit.id) for unit in sections(uow)]
        add_website(uow, units[0].bureau)
        write(uow, units[0], facts)
        write(uow, units[1], order.sample(facts, len(facts)))
        before, same = ledger(services, uow, units)
        assert before == same
        write(uow, units[1], [(fact[0] + 10, *fact[1:]) for fact in more])
        assert ledger(services, uow, units)[1] >= before


def sections(uow: UnitOfWork) -> list[Unit]:
    found = [uow.members.unit_at(f"区住建局/{name}") for name in ("物业科", "燃气科")]
    return [unit for unit in found if unit is not None]


def test_a_year_is_replayed_under_other_rules_and_nothing_is_written(
    services: Services, config: Config, tmp_path: Path
) -> None:
    """Under the other rules two uses of an item add up; without any the years are alike."""
    rules = check(OTHER.encode()).rule_sets["other"]
    with undone(services) as uow:
        units = sections(uow)
        add_website(uow, units[0].bureau)
        write(uow, units[0], [(1, level, Form.FULL, False) for level in (Level.CITY, Level.COUNTY)])
        today = MONDAY_TEN.date()
        found = replay(uow, units[0].bureau, "other", rules, "2026", today)
        by_unit = {each.unit: each for each in found}
        assert by_unit["燃气科"].changes == ()
        assert by_unit["燃气科"].before.points == by_unit["燃气科"].after.points == 45
        (change,) = by_unit["物业科"].changes
        assert (change.period, change.sort, change.points) == ("2026-09", "adoption", Decimal(4))
        assert by_unit["物业科"].after.points - by_unit["物业科"].before.points == 4
        assert uow.scores.standings(units[0].bureau, ["2026-09"]) == {}
    file = tmp_path / "other.toml"
    file.write_text(OTHER, encoding="utf-8")
    admin = administrator(config, tmp_path)
    said = admin.runs("score", "--rules", str(file), "--replay", "2020")
    assert said.code == 0, said.err
    lines = [json.loads(line) for line in said.out.splitlines()]
    assert {(each["unit"], each["difference"]) for each in lines} == {
        (name, 0) for name in ("物业科", "燃气科", "办公室")
    }
    said = admin.runs("score", "--rules", str(file), "--replay", "2020", "--name", "none")
    assert said.code == 1
    assert "--name is one of: other" in said.err
