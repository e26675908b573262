"""Which row of a rule set fits a fact: the most specific one, of equals the first."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from handlers.rules.scoring.facts import Adoption, Instruction
from handlers.rules.scoring.model import Modifier, Quota
from handlers.rules.scoring.parts import Conditions, OfRemark, OfUse

PRINCIPAL, OTHER = "principal", "other"
SUBMITTED, APPROVED = "submitted", "approved"

Row = TypeVar("Row", bound=Conditions)
UseRow = TypeVar("UseRow", bound=OfUse)


def in_order(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """Return the rows with their numbers from 1, in the order in which they are tried."""
    return sorted(enumerate(rows, start=1), key=lambda each: each[1].weight, reverse=True)


def fits_use(asked: OfUse, use: Adoption) -> bool:
    """Say whether *use* is what a row asks for; a kind or a form is also a flag of its name."""
    return (
        _one_of(asked.channel, use.channel)
        and _one_of(asked.family, use.family)
        and _one_of(asked.level, use.level)
        and _one_of(asked.kind, use.kind)
        and _one_of(asked.form, use.form)
        and (not asked.flag or bool(set(asked.flag) & {*use.flags, use.kind, use.form}))
        and (asked.words_from is None or use.words >= asked.words_from)
        and (asked.words_below is None or use.words < asked.words_below)
    )


def fits_remark(asked: OfRemark, remark: Instruction, channels: Iterable[str]) -> bool:
    """Say whether *remark* is what a row asks for; *channels* used the item it is on."""
    rank = remark.rank if remark.rank in {"", PRINCIPAL} else OTHER
    return (
        _one_of(asked.level, remark.level)
        and remark.remark in asked.remark
        and (not asked.rank or rank in asked.rank or remark.rank in asked.rank)
        and (not asked.channel or not set(asked.channel).isdisjoint({remark.channel, *channels}))
    )


def fits_draft(quota: Quota, kind: str, channel: str, *, signed: bool) -> bool:
    """Say whether a draft that was handed in counts for *quota*, which counts drafts."""
    wanted = quota.filter
    of_that_sort = _one_of(wanted.kind, kind) and _one_of(wanted.channel, channel)
    return of_that_sort and (signed or quota.measure != APPROVED)


class UseTable(Generic[UseRow]):
    """Rows about uses; what was found once is remembered."""

    def __init__(self, rows: Sequence[UseRow]) -> None:
        self._rows = in_order(rows)
        self._by_length = any(
            row.words_from is not None or row.words_below is not None for row in rows
        )
        self._found: dict[Hashable, tuple[int, UseRow] | None] = {}

    def find(self, use: Adoption) -> tuple[int, UseRow] | None:
        """Return the row for *use* with its number."""
        key = (
            use.channel,
            use.family,
            use.level,
            use.kind,
            use.form,
            use.flags,
            use.words if self._by_length else 0,
        )
        if key not in self._found:
            fitting = (each for each in self._rows if fits_use(each[1], use))
            self._found[key] = next(fitting, None)
        return self._found[key]


def tables_by_flag(rows: Sequence[Modifier]) -> list[UseTable[Modifier]]:
    """Return a table for each flag: of the modifiers for one flag the most specific counts."""
    flags = dict.fromkeys(row.flag for row in rows)
    return [UseTable([row for row in rows if row.flag == flag]) for flag in flags]


def _one_of(asked: Sequence[str], word: str) -> bool:
    return not asked or word in asked
