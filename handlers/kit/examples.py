r"""What people said, and what they meant: the examples that a capability declares beside its cues.

A file `examples.tsv` has the columns intent, role, context, text and slots; the context is written
in the grammar of domain-rules §8, `\\n` stands for a new line, and the slots are those that have to
be read from the text, as JSON. Likeness learns from the texts; the tests check the slots.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_COLUMNS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One thing that was said by somebody of *role* in *context*."""

    intent: str
    role: str
    context: str
    text: str
    slots: dict[str, Any] = field(default_factory=dict)


def read_examples(path: Path) -> tuple[Example, ...]:
    """Read a capability's examples.

    Raises:
        ValueError: a line has not five columns, or slots that are no JSON object; names it.
    """
    return tuple(_examples(path))


def _examples(path: Path) -> Iterator[Example]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines[1:], 2):
        columns = line.split("\t")
        if len(columns) != _COLUMNS:
            raise ValueError(f"{path.name}:{number}: five columns, not {len(columns)}")
        intent, role, context, text, slots = columns
        yield Example(
            intent=intent,
            role=role,
            context=context,
            text=text.replace("\\n", "\n"),
            slots=_slots(slots, f"{path.name}:{number}"),
        )


def _slots(written: str, place: str) -> dict[str, Any]:
    try:
        slots = json.loads(written)
    except ValueError as fault:
        raise ValueError(f"{place}: slots are no JSON: {fault}") from fault
    if not isinstance(slots, dict):
        raise ValueError(f"{place}: slots are no JSON object")  # noqa: TRY004 - a fault of the file
    return slots
