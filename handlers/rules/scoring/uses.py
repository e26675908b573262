"""What uses of items give: a row of the matrix, marks on it, the subject's part, stacking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from handlers.rules.scoring import texts
from handlers.rules.scoring.facts import ONE, Adoption
from handlers.rules.scoring.lines import Step, fine, plain, total
from handlers.rules.scoring.matching import UseTable, tables_by_flag
from handlers.rules.scoring.model import Modifier, RuleSet, Share, Stacking

CALLED_FOR = "call"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What one use gives the subject by itself, the row that says so, and how that is told.

    *whole* is before the item is shared.
    """

    use: Adoption
    whole: Decimal
    points: Decimal
    rule: str
    told: str


class Uses:
    """The adoption part of a rule set, ready to be asked."""

    def __init__(self, rules: RuleSet) -> None:
        self._stacking = rules.stacking
        self._share = rules.share
        self._channels = rules.channels
        self._rows = UseTable(rules.adoption)
        self._modifiers = tables_by_flag(_modifiers(rules))
        self._caps = {number: row for number, row in enumerate(rules.adoption, 1) if row.cap}

    def steps(self, facts: Sequence[Adoption]) -> list[Step]:
        """Return a step for each use, then one for each row whose cap was passed."""
        uses = sorted((self.placed(use) for use in facts), key=_order)
        steps = [
            step
            for _, of_item in groupby(uses, key=lambda use: use.item)
            for step in self._of_item([self.worth(use) for use in of_item])
        ]
        return steps + list(self._capped(steps))

    def placed(self, use: Adoption) -> Adoption:
        """Return *use* with the level and the family that the rule set knows of its channel."""
        if (known := self._channels.get(use.channel)) is None:
            return use
        level = use.level or next(iter(known.level), "")
        return replace(use, level=level, family=use.family or known.family)

    def worth(self, use: Adoption) -> Worth:
        """Return what one use gives, before stacking."""
        found = self._rows.find(use)
        told = texts.use(use)
        points, rule = Decimal(0), "adoption"
        if found:
            points, rule = found[1].points * use.value, f"adoption[{found[0]}]"
        marks = [mark[1] for table in self._modifiers if (mark := table.find(use))]
        if found is None and not any(mark.set is not None for mark in marks):
            note = texts.NO_ROW.format(what=told)
            return Worth(use=use, whole=points, points=points, rule=rule, told=note)
        whole = _marked(points, marks)
        over, under = part_of(use, self._share)
        told += f"，{plain(points)}分" + "".join(map(texts.modified, marks))
        told += texts.shared(over / under, use)
        return Worth(use=use, whole=whole, points=whole * over / under, rule=rule, told=told)

    def _of_item(self, worths: Sequence[Worth]) -> Iterator[Step]:
        kept = counting(worths, self._stacking)
        for number, worth in enumerate(worths):
            if kept[number] or not worth.points:
                yield self._step(worth, fine(worth.points * kept[number]), worth.told)
            else:
                yield self._step(worth, Decimal(0), self._left_out(worth))

    def _left_out(self, worth: Worth) -> str:
        form = texts.LOWER_LEVEL if self._stacking.mode == "top_levels" else texts.NOT_AGAIN
        return form.format(what=texts.use(worth.use), points=plain(worth.whole), n=self._stacking.n)

    def _step(self, worth: Worth, points: Decimal, note: str) -> Step:
        use = worth.use
        return Step(
            rule=worth.rule, cause=use.ref or use.item, points=points, note=note, item=use.item
        )

    def _capped(self, steps: Sequence[Step]) -> Iterator[Step]:
        for number, row in self._caps.items():
            rule = f"adoption[{number}]"
            over = total(step for step in steps if step.rule == rule) - (row.cap or 0)
            if over > 0:
                note = texts.ROW_CAP.format(cap=plain(row.cap or Decimal(0)))
                yield Step(rule=f"{rule}.cap", cause=rule, points=-over, note=note)


def counting(worths: Sequence[Worth], stacking: Stacking) -> list[int]:
    """Return how many times each use of one item counts: under `max` only the best, once."""
    excepted = set(stacking.exceptions)
    chosen = _chosen(
        [number for number, worth in enumerate(worths) if worth.use.channel not in excepted],
        worths,
        stacking,
    )
    return [
        worth.use.times
        if stacking.mode == "sum" or worth.use.channel in excepted
        else int(number in chosen)
        for number, worth in enumerate(worths)
    ]


def _chosen(numbers: list[int], worths: Sequence[Worth], stacking: Stacking) -> set[int]:
    best_first = sorted(numbers, key=lambda number: -worths[number].points)
    if stacking.mode != "top_levels":
        return set(best_first[:1])
    of_level: dict[str, int] = {}
    for number in best_first:
        use = worths[number].use
        of_level.setdefault(use.level or f"channel {use.channel}", number)
    return set(list(of_level.values())[: stacking.n])


def part_of(use: Adoption, share: Share) -> tuple[Decimal, Decimal]:
    """Return the subject's part of an item, as numerator and denominator."""
    over, under = (use.share, ONE) if use.share is not None else _among_authors(use, share)
    limit = share.office_share_if_diff_over
    if limit is None or use.edited < limit:
        return over, under
    office = Decimal("0.5") if share.office_share is None else share.office_share
    return (office, ONE) if use.by_office else (over * (1 - office), under)


def _among_authors(use: Adoption, share: Share) -> tuple[Decimal, Decimal]:
    if use.authors == 1 or share.mode == "each_full":
        return ONE, ONE
    if share.mode == "ratio":
        parts = share.ratio[: use.authors]
        own = parts[use.place - 1] if use.place <= len(parts) else Decimal(0)
        return own, sum(parts, Decimal(0)) or ONE
    counted = min(use.authors, share.max_people or (1 if share.mode == "first" else use.authors))
    within = Decimal(use.place <= counted)
    return within, ONE if share.mode == "first" else Decimal(counted)


def _modifiers(rules: RuleSet) -> Sequence[Modifier]:
    if rules.call.weight is None:
        return rules.modifier
    return (*rules.modifier, Modifier(flag=(CALLED_FOR,), mul=rules.call.weight))


def _marked(points: Decimal, marks: Sequence[Modifier]) -> Decimal:
    """Multiply, then add, then set; of several to set the highest counts."""
    for mark in marks:
        points *= ONE if mark.mul is None else mark.mul
    points += sum(mark.add for mark in marks if mark.add is not None)
    return max((mark.set for mark in marks if mark.set is not None), default=points)


def _order(use: Adoption) -> Any:
    return (
        use.item,
        use.channel,
        use.level,
        use.family,
        use.kind,
        use.form,
        sorted(use.flags),
        use.ref,
        use.times,
        use.value,
        use.words,
        use.authors,
        use.place,
        -1 if use.share is None else use.share,
        use.edited,
        use.by_office,
    )
