"""Lists of words that ship with the service; a bureau adds its own in the configuration."""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from handlers.rules.proof import Word


@cache
def shipped(name: str) -> Sequence[Word]:
    """Return the list of that name: slips or sensitive."""
    with Path(__file__).with_name(f"{name}.tsv").open(encoding="utf-8") as lines:
        return tuple(
            Word(
                word=row["word"],
                instead=row["instead"] or "",
                before=row["unless_before"] or "",
                after=row["unless_after"] or "",
            )
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        )
