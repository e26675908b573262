"""The examples of this folder, and the rule sets that they are under."""

import json
import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from handlers.rules.scoring.checking import check
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.vectors import Vector, read_vectors

SHIPPED = Path(__file__).parents[3] / "handlers/scores/examples"
HERE = Path(__file__).parent


@cache
def rule_sets() -> dict[str, RuleSet]:
    """Return the rule sets that ship, and those made for these tests."""
    found: dict[str, RuleSet] = {}
    for file in (*sorted(SHIPPED.glob("*.toml")), HERE / "made.toml", HERE / "corners.toml"):
        sheet = check(file.read_bytes())
        assert not [finding for finding in sheet.findings if finding.error], file
        found |= sheet.rule_sets
    return found


def vectors(file: str) -> list[tuple[str, Vector]]:
    """Return the examples of a file, each with its arithmetic.

    They are read as the command reads them, from JSON; "none" stands for null, which TOML lacks.
    """
    raw = tomllib.loads((HERE / file).read_text(encoding="utf-8"))["vector"]
    arithmetic = [each.pop("why") for each in raw]
    return list(zip(arithmetic, read_vectors(as_json(raw)), strict=True))


def as_json(raw: Any) -> bytes:
    return json.dumps(raw).replace('"none"', "null").encode()


def cents(points: Decimal) -> Decimal:
    return points.quantize(Decimal("0.01"))
