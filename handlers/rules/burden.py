"""What messages ask of people: counted by the day, summed by the month."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from handlers.rules.calendar import WorkCalendar, next_opening
from storage.vocabulary import UserId

_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A promise that was kept; several with one *message* came as one."""

    member: UserId
    kind: str
    message: str
    at: datetime
    parts: int = 1


@dataclass(slots=True, kw_only=True)
class Count:
    """What one member got of one kind on one day."""

    messages: int = 0
    after_hours: int = 0
    spared: int = 0


def day_counts(
    sent: Iterable[Sent], spared: Iterable[tuple[UserId, str]], calendar: WorkCalendar
) -> dict[tuple[UserId, str], Count]:
    """Count a day by member and kind.

    Of what came as one message the first counts, the others were spared.
    """
    counts: dict[tuple[UserId, str], Count] = defaultdict(Count)
    seen: set[tuple[UserId, str]] = set()
    for one in sent:
        count = counts[one.member, one.kind]
        if one.message and (one.member, one.message) in seen:
            count.spared += 1
            continue
        seen.add((one.member, one.message))
        count.messages += one.parts
        if next_opening(one.at, calendar) != one.at:
            count.after_hours += one.parts
    for member, kind in spared:
        counts[member, kind].spared += 1
    return dict(counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A row of the days: what a member got of a kind on a day."""

    day: date
    member: UserId
    kind: str
    messages: int
    after_hours: int
    spared: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """A month of a bureau: by kind and by person, the most first; weeks are what people feel."""

    messages: int
    after_hours: int
    spared: int
    weeks: float
    by_kind: Sequence[tuple[str, int]]
    by_member: Sequence[tuple[UserId, int]]
    by_week: Sequence[tuple[date, int]] = field(default_factory=tuple)

    @property
    def each(self) -> float:
        """Messages a person and week, over those who got any."""
        return self.weekly(self.messages) / len(self.by_member) if self.by_member else 0.0

    @property
    def share(self) -> int:
        """The percentage that came outside office hours."""
        return round(100 * self.after_hours / self.messages) if self.messages else 0

    def weekly(self, messages: int) -> float:
        return messages / self.weeks


def burden(rows: Sequence[Counted], days: int) -> Burden:
    """Sum up the rows of so many *days*."""
    kinds: Counter[str] = Counter()
    members: Counter[UserId] = Counter()
    weeks: Counter[date] = Counter()
    for row in rows:
        kinds[row.kind] += row.messages
        members[row.member] += row.messages
        weeks[date.fromisocalendar(*row.day.isocalendar()[:2], 1)] += row.messages
    return Burden(
        messages=kinds.total(),
        after_hours=sum(row.after_hours for row in rows),
        spared=sum(row.spared for row in rows),
        weeks=max(days, 1) / _WEEK,
        by_kind=[one for one in kinds.most_common() if one[1]],
        by_member=[one for one in members.most_common() if one[1]],
        by_week=sorted(weeks.items()),
    )
