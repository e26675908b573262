"""What is wrong with the service itself, judged from one look at it; and when that is told.

good -> suspected: it is seen.       suspected -> good: it is seen no more, and forgotten.
suspected -> open: it has lasted.    open -> over: nothing was seen of it for as long.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, unique

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

STUCK = "有发送进程，但最早的消息已等了{minutes}分钟"
UNFETCHED = "{count}个文件，最早的已等了{minutes}分钟"
USED = "已发{sent}条，上限约{limit}条"
LEFT = "只剩{mib} MiB"

_LATE = timedelta(minutes=1)
_STUCK = timedelta(minutes=15)
_UNFETCHED = timedelta(minutes=10)
_CERTAIN = frozenset(
    {TroubleKind.CREDENTIALS, TroubleKind.ADDRESS, TroubleKind.REFUSED, TroubleKind.DAILY_CAP}
)
_SECOND_LOOK = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one look sees; None where there is nothing to see.

    *asked_at* is since when a worker has owed an answer, *scheduler_at* when a scheduler last
    worked; *first_timer*, *first_message* and *first_file* are the oldest that should have been
    dealt with, *files* how many; *limit* is how many messages a day the channel takes, and *near*
    the part of them from which it is told; *low_mib* is what is left of a disk that is almost full.
    """

    now: datetime
    redis: bool
    refusal: tuple[TroubleKind, str] | None = None
    asked_at: datetime | None = None
    scheduler_at: datetime | None = None
    first_timer: datetime | None = None
    first_message: datetime | None = None
    first_file: datetime | None = None
    files: int = 0
    sent: int = 0
    limit: int = 0
    near: float = 1.0
    low_mib: int | None = None

    def older(self, moment: datetime | None, length: timedelta) -> bool:
        return moment is not None and self.now - moment > length

    def minutes(self, since: datetime | None) -> int:
        return (self.now - since) // timedelta(minutes=1) if since else 0


def signs(facts: Facts) -> Mapping[TroubleKind, str | None]:
    """Return for each kind that can be judged what is seen of it, None when all is well.

    One cause is one trouble: what follows from another one is not judged, and stays as it is.
    """
    scheduler = facts.older(facts.first_timer, _LATE) or facts.older(facts.scheduler_at, _LATE)
    used_up = facts.limit > 0 and facts.sent >= facts.limit * facts.near
    found: dict[TroubleKind, str | None] = {
        TroubleKind.REDIS: None if facts.redis else "",
        TroubleKind.SCHEDULER: "" if scheduler else None,
        TroubleKind.DISK: LEFT.format(mib=facts.low_mib) if facts.low_mib is not None else None,
        TroubleKind.DAILY_CAP: (
            USED.format(sent=facts.sent, limit=facts.limit) if used_up else None
        ),
    }
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


def _worker(facts: Facts) -> str | None:
    if facts.older(facts.asked_at, _LATE):
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
