"""What is wrong with the service itself, judged from one look at it; and when that is told.

good -> suspected: it is seen.       suspected -> good: it is seen no more, and forgotten.
suspected -> open: it has lasted.    open -> over: nothing was seen of it for as long.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, unique

from handlers.rules.calendar import short_time
from storage.vocabulary import TroubleKind, TroubleStatus

CHANNEL = frozenset(
    {
        TroubleKind.CREDENTIALS,
        TroubleKind.ADDRESS,
        TroubleKind.REFUSED,
        TroubleKind.UNREACHABLE,
        TroubleKind.LIMITED,
    }
)
"""What the channel may have against us: one thing at a time."""

SILENT = frozenset(
    {
        TroubleKind.WORKER,
        TroubleKind.SCHEDULER,
        TroubleKind.TIMERS,
        TroubleKind.REDIS,
        TroubleKind.CANARY,
    }
)
"""While one of these lasts, the monitor outside gets no heartbeat: what is due is not done."""

LATE = timedelta(minutes=5)
"""A timer that is later than this is told; the scheduler looks every few seconds."""

STUCK = "有发送进程，但最早的消息已等了{minutes}分钟"
UNFETCHED = "{count}个文件，最早的已等了{minutes}分钟"
USED = "已发{sent}条，上限约{limit}条"
LEFT = "只剩{mib} MiB"
OVERDUE = "{kinds}，最早的应在{since}"
OVERDUE_KIND = "{kind}{count}个"
OVERDUE_REST = "等{count}类"

_GONE = timedelta(minutes=1)
_KINDS_SHOWN = 3
_STUCK = timedelta(minutes=15)
_UNFETCHED = timedelta(minutes=10)
_CERTAIN = frozenset(
    {
        TroubleKind.CREDENTIALS,
        TroubleKind.ADDRESS,
        TroubleKind.REFUSED,
        TroubleKind.TIMERS,
        TroubleKind.DAILY_CAP,
        TroubleKind.CANARY,
    }
)
_SECOND_LOOK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """Timers of one kind, named in words, that are later than `LATE`; *first* was due first."""

    kind: str
    count: int
    first: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one look sees; None where there is nothing to see.

    *asked_at* is since when a worker has owed an answer, *scheduler_at* when a scheduler last
    worked; *first_timer*, *first_message* and *first_file* are the oldest that should have been
    dealt with, *files* how many; *overdue* are the timers that are late, the oldest kind first;
    *limit* is how many messages a day the channel takes, and *near* the part of them from which it
    is told; *low_mib* is what is left of a disk that is almost full; *canary* is where a
    self-check has got stuck.
    """

    now: datetime
    redis: bool
    refusal: tuple[TroubleKind, str] | None = None
    asked_at: datetime | None = None
    scheduler_at: datetime | None = None
    first_timer: datetime | None = None
    overdue: Sequence[Overdue] = ()
    first_message: datetime | None = None
    first_file: datetime | None = None
    files: int = 0
    sent: int = 0
    limit: int = 0
    near: float = 1.0
    low_mib: int | None = None
    canary: str | None = None

    def older(self, moment: datetime | None, length: timedelta) -> bool:
        return moment is not None and self.now - moment > length

    def minutes(self, since: datetime | None) -> int:
        return (self.now - since) // timedelta(minutes=1) if since else 0


def signs(facts: Facts) -> Mapping[TroubleKind, str | None]:
    """Return for each kind that can be judged what is seen of it, None when all is well.

    One cause is one trouble: what follows from another one is not judged, and stays as it is. Only
    the self-check speaks for itself: it is there because these judgements may be wrong.
    """
    gone = _scheduler_gone(facts)
    overdue = _overdue(facts)
    used_up = facts.limit > 0 and facts.sent >= facts.limit * facts.near
    found: dict[TroubleKind, str | None] = {
        TroubleKind.REDIS: None if facts.redis else "",
        TroubleKind.SCHEDULER: (overdue or "") if gone else None,
        TroubleKind.DISK: LEFT.format(mib=facts.low_mib) if facts.low_mib is not None else None,
        TroubleKind.DAILY_CAP: (
            USED.format(sent=facts.sent, limit=facts.limit) if used_up else None
        ),
        TroubleKind.CANARY: facts.canary,
    }
    if not gone:
        found[TroubleKind.TIMERS] = overdue
    if not facts.redis:
        return found
    found |= dict.fromkeys(CHANNEL)
    found[TroubleKind.WORKER] = worker = _worker(facts)
    if facts.refusal is not None:
        kind, detail = facts.refusal
        found[kind] = detail
    elif worker is None:
        found[TroubleKind.MEDIA] = _media(facts)
    return found


def _scheduler_gone(facts: Facts) -> bool:
    """Tell whether no scheduler works: by its sign of life, or where it left none by its work."""
    if facts.scheduler_at is not None:
        return facts.older(facts.scheduler_at, _GONE)
    return facts.older(facts.first_timer, _GONE)


def _overdue(facts: Facts) -> str | None:
    """Say which timers are late: 催办审核2个、个人提醒1个，最早的应在今天 10:05."""
    if not facts.overdue:
        return None
    kinds = "、".join(
        OVERDUE_KIND.format(kind=one.kind, count=one.count) for one in facts.overdue[:_KINDS_SHOWN]
    )
    if len(facts.overdue) > _KINDS_SHOWN:
        kinds += OVERDUE_REST.format(count=len(facts.overdue))
    since = min(one.first for one in facts.overdue)
    return OVERDUE.format(kinds=kinds, since=short_time(since, facts.now))


def _worker(facts: Facts) -> str | None:
    if facts.older(facts.asked_at, _GONE):
        return ""
    if facts.refusal is None and facts.older(facts.first_message, _STUCK):
        return STUCK.format(minutes=facts.minutes(facts.first_message))
    return None


def _media(facts: Facts) -> str | None:
    if not facts.older(facts.first_file, _UNFETCHED):
        return None
    return UNFETCHED.format(count=facts.files, minutes=facts.minutes(facts.first_file))


@unique
class Move(Enum):
    """What one look makes of a kind of trouble."""

    NONE = "none"
    SUSPECT = "suspect"
    FORGET = "forget"
    BEGIN = "begin"
    SEE = "see"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a kind of trouble stands, if it is not good."""

    status: TroubleStatus
    began_at: datetime
    seen_at: datetime


def move(
    kind: TroubleKind,
    sign: str | None,
    standing: Standing | None,
    now: datetime,
    patience: timedelta,
) -> Move:
    """Return what a look that found *sign* makes of the trouble.

    It is told when it has lasted for *patience*, what cannot be chance already at a second look;
    it is over when nothing has been seen of it for as long.
    """
    if standing is None:
        return Move.SUSPECT if sign is not None else Move.NONE
    if standing.status is TroubleStatus.SUSPECTED:
        enough = min(patience, _SECOND_LOOK) if kind in _CERTAIN else patience
        if sign is None:
            return Move.FORGET
        return Move.BEGIN if now - standing.began_at >= enough else Move.NONE
    if sign is not None:
        return Move.SEE if now - standing.seen_at >= _SECOND_LOOK else Move.NONE
    return Move.END if now - standing.seen_at >= patience else Move.NONE
