r"""What people said, and what they meant: the examples that a capability declares beside its cues.

A file `examples.tsv` has the columns intent, role, context and text; the context is written in the
grammar of domain-rules §8, and `\\n` stands for a new line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One thing that was said by somebody of *role* in *context*."""

    intent: str
    role: str
    context: str
    text: str


def read_examples(path: Path) -> tuple[Example, ...]:
    """Read a capability's examples.

    Raises:
        ValueError: a line has not four columns; names it.
    """
    return tuple(_examples(path))


def _examples(path: Path) -> Iterator[Example]:
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines[1:], 2):
        columns = line.split("\t")
        if len(columns) != len(Example.__slots__):
            raise ValueError(f"{path.name}:{number}: four columns, not {len(columns)}")
        intent, role, context, text = columns
        yield Example(intent=intent, role=role, context=context, text=text.replace("\\n", "\n"))
