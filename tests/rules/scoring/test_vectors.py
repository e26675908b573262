"""Hand-computed examples: under the real rule sets that ship, and of everything that varies."""

import pytest

from handlers.rules.scoring.engine import score
from handlers.rules.scoring.lines import total
from handlers.rules.scoring.vectors import Vector
from tests.rules.scoring.examples import SHIPPED, cents, rule_sets, vectors

REAL, MADE = vectors("real.toml"), vectors("made.toml")
CORNERS = vectors("corners.toml")


@pytest.mark.parametrize(
    ("arithmetic", "vector"),
    [
        pytest.param(why, vector, id=f"{vector.rules}-{number}")
        for number, (why, vector) in enumerate((*REAL, *MADE, *CORNERS))
    ],
)
def test_the_score_is_what_the_arithmetic_says(arithmetic: str, vector: Vector) -> None:
    assert (vector.faults, vector.unknown) == ((), ())
    found = score(vector.rules, rule_sets()[vector.rules], vector.facts)
    assert found.points == vector.expected, (arithmetic, found.lines)
    assert total(found.lines) == found.points
    assert cents(found.points) == found.points
    assert all(line.note and line.rule and line.cause for line in found.lines)


def test_each_rule_set_that_ships_has_an_example() -> None:
    assert {vector.rules for _, vector in REAL} == {file.stem for file in SHIPPED.glob("*.toml")}


def test_each_rule_set_that_ships_names_its_source_and_what_is_inferred() -> None:
    for file in SHIPPED.glob("*.toml"):
        rules = rule_sets()[file.stem]
        assert rules.title, file
        assert rules.source, file
        assert rules.inferred, file
