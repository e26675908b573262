"""What leaders' remarks (批示) give."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from handlers.rules.scoring import texts
from handlers.rules.scoring.facts import ONE, Instruction
from handlers.rules.scoring.lines import Step, fine, plain
from handlers.rules.scoring.matching import fits_remark, in_order
from handlers.rules.scoring.model import InstructionRow, RuleSet

Found = tuple[Instruction, int, InstructionRow]


class Remarks:
    """The instruction part of a rule set, ready to be asked."""

    def __init__(self, rules: RuleSet) -> None:
        self._rows = in_order(rules.instruction)

    def steps(
        self,
        facts: Sequence[Instruction],
        channels: Mapping[str, Iterable[str]],
        earned: Mapping[str, Decimal],
    ) -> Iterator[Step]:
        """Yield a step for each remark.

        Args:
            facts: the remarks.
            channels: which channels used an item.
            earned: what the uses of an item gave.
        """
        counted: set[tuple[str, int]] = set()
        for fact, number, row in self._best_first(facts, channels):
            worth = _worth(fact, row, earned.get(fact.item, Decimal(0)))
            once = _counted_once(fact, number, row)
            spent = once in counted
            if once:
                counted.add(once)
            note = texts.remark(fact)
            if not number:
                note = texts.NO_INSTRUCTION_ROW.format(what=note)
            elif spent:
                note = texts.INSTRUCTION_NOT_AGAIN.format(what=note)
            elif row.mul is None:
                note = f"{note}，{texts.given(row.points or Decimal(0))}"
            else:
                note = f"{note}，稿件得分×{plain(row.mul)}"
            yield Step(
                rule=f"instruction[{number}]" if number else "instruction",
                cause=fact.ref or fact.item or "instruction",
                points=Decimal(0) if spent else fine(worth),
                note=note,
                item=fact.item,
            )

    def _best_first(
        self, facts: Sequence[Instruction], channels: Mapping[str, Iterable[str]]
    ) -> list[Found]:
        found = [self._find(fact, channels.get(fact.item, ())) for fact in facts]
        return sorted(found, key=lambda each: (-(each[2].points or 0), *_order(each[0])))

    def _find(self, fact: Instruction, channels: Iterable[str]) -> Found:
        fitting = (each for each in self._rows if fits_remark(each[1], fact, channels))
        number, row = next(fitting, (0, InstructionRow(points=Decimal(0))))
        return fact, number, row


def _worth(fact: Instruction, row: InstructionRow, earned: Decimal) -> Decimal:
    times = fact.times if row.stack == "sum" or not fact.item else 1
    return (row.points or Decimal(0)) * times if row.mul is None else earned * (row.mul - ONE)


def _counted_once(fact: Instruction, number: int, row: InstructionRow) -> tuple[str, int] | None:
    """Return what may count once: under `max` an item, under `once` an item by this row."""
    if not fact.item or row.stack == "sum":
        return None
    return fact.item, number if row.stack == "once" else 0


def _order(fact: Instruction) -> Any:
    return (fact.item, fact.level, fact.rank, fact.channel, fact.remark, fact.ref, fact.times)
