"""Who is on duty now: whom `duty` and `lead_duty` stand for, and whether the sender is."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from handlers.kit.context import Context
from storage.vocabulary import DutyPosition, UnitId, UserId

ON_DUTY = {"duty": DutyPosition.DUTY, "lead_duty": DutyPosition.LEAD}
_YEAR = timedelta(days=365)


def on_duty(
    ctx: Context, bureau: UnitId, office: Sequence[UserId]
) -> Mapping[str, Sequence[UserId]]:
    """Return who is on duty now, where the bureau keeps a roster: the office where nobody is.

    Whoever may be on duty some day is meant only where there is no roster, and nothing is returned:
    they may be hundreds.
    """
    found = ctx.uow.duty.on_duty(bureau, ctx.now)
    if found:
        return {
            word: [one.member for one in found if one.position is position]
            for word, position in ON_DUTY.items()
        }
    keeps_roster = ctx.uow.duty.following(bureau, ctx.now - _YEAR)
    return dict.fromkeys(ON_DUTY, office) if keeps_roster else {}


def is_on_duty(ctx: Context) -> bool:
    """Tell whether the roster has the sender on duty now, in whatever position."""
    on = ctx.uow.duty.on_duty(ctx.sender.bureau, ctx.now)
    return any(one.member == ctx.sender.userid for one in on)
