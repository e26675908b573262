"""What a board of public opinion counts: topics, platforms, sections."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from handlers.rules.notices.report import Chart, Series

WEEK: Final = timedelta(days=7)
MONTH: Final = timedelta(days=30)
TOPICS, PLATFORMS = "近30天主题（起）", "近30天平台分布（条）"
NO_TOPIC, NO_PLATFORM = "未归类", "未注明"
UNASSIGNED = "未交办"
_MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A section on the map: how many cases it has in hand, and how many are late."""

    name: str
    standing: int
    late: int

    @property
    def tone(self) -> str:
        """Return the class that colours it."""
        return "late" if self.late else "some" if self.standing else ""


def first_topic(topics: str) -> str:
    """Return the topic that a case counts for: the first of its topics."""
    return topics.partition("、")[0] or NO_TOPIC


def topic_chart(cases: Sequence[tuple[str, datetime]], now: datetime) -> Chart | None:
    """Return the topics of the last month's cases, those of the last week beside them.

    *cases* are the topics of each, and when it was registered.
    """
    month = Counter(first_topic(topics) for topics, at in cases if now - MONTH <= at <= now)
    week = Counter(first_topic(topics) for topics, at in cases if now - WEEK <= at <= now)
    names = [name for name, _ in month.most_common(_MOST)]
    if not names:
        return None
    return Chart(
        title=TOPICS,
        said=f"近7天{week.total()}起，近30天{month.total()}起",
        labels=tuple(names),
        series=(
            Series(name="近7天", values=tuple(week[name] for name in names)),
            Series(name="近30天", values=tuple(month[name] for name in names)),
        ),
        lying=True,
    )


def platform_chart(counts: Mapping[str, int], title: str = PLATFORMS) -> Chart | None:
    """Return how many items were found where, the most first; the rest together."""
    named = Counter({name or NO_PLATFORM: count for name, count in counts.items() if count})
    if not named:
        return None
    whole, most = named.total(), named.most_common(_MOST)
    if rest := whole - sum(count for _, count in most):
        most = [*most, ("其他", rest)]
    return Chart(
        title=title,
        said=f"共{whole}条：" + "、".join(f"{name}{share(count, whole)}" for name, count in most),
        labels=tuple(name for name, _ in most),
        series=(Series(name="条数", values=tuple(count for _, count in most)),),
        lying=True,
    )


def share(count: int, whole: int) -> str:
    return f"{100 * count / whole:.0f}%"
