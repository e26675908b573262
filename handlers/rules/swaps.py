"""The course of a swap: asked, agreed by the other, approved by who keeps the roster."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum, unique

from storage.vocabulary import SwapStatus


@unique
class SwapAct(Enum):
    """What can be done about a swap."""

    AGREE = "agree"
    DECLINE = "decline"
    APPROVE = "approve"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"


@unique
class Part(Enum):
    """Who somebody is to a swap; who keeps the roster may be a party as well, then he is that."""

    ASKING = "asking"
    ASKED = "asked"
    KEEPER = "keeper"
    CLOCK = "clock"
    NOBODY = "nobody"


_COURSE: Mapping[tuple[SwapStatus, SwapAct], tuple[Part, SwapStatus]] = {
    (SwapStatus.ASKED, SwapAct.AGREE): (Part.ASKED, SwapStatus.AGREED),
    (SwapStatus.ASKED, SwapAct.DECLINE): (Part.ASKED, SwapStatus.DECLINED),
    (SwapStatus.AGREED, SwapAct.APPROVE): (Part.KEEPER, SwapStatus.APPROVED),
    (SwapStatus.AGREED, SwapAct.REFUSE): (Part.KEEPER, SwapStatus.REFUSED),
    (SwapStatus.ASKED, SwapAct.WITHDRAW): (Part.ASKING, SwapStatus.WITHDRAWN),
    (SwapStatus.AGREED, SwapAct.WITHDRAW): (Part.ASKING, SwapStatus.WITHDRAWN),
    (SwapStatus.ASKED, SwapAct.EXPIRE): (Part.CLOCK, SwapStatus.EXPIRED),
    (SwapStatus.AGREED, SwapAct.EXPIRE): (Part.CLOCK, SwapStatus.EXPIRED),
}

SETTLED = frozenset(SwapStatus) - {SwapStatus.ASKED, SwapStatus.AGREED}


def after(status: SwapStatus, act: SwapAct, part: Part) -> SwapStatus | None:
    """Return how a swap stands after an act; None where it is not this one's, or not now."""
    whose, then = _COURSE.get((status, act), (Part.NOBODY, status))
    return then if whose is part and part is not Part.NOBODY else None


def is_over(status: SwapStatus, expires_at: datetime, now: datetime) -> bool:
    """Tell whether nothing can be done about a swap any more."""
    return status in SETTLED or expires_at <= now
