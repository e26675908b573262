"""重要时段: whether it is one now; opinion watch, reports and grading ask the same."""

from datetime import datetime

from handlers.kit.context import Context
from handlers.rules.calendar import local
from storage.models import SensitivePeriod
from storage.vocabulary import UnitId


def in_sensitive_period(ctx: Context, bureau: UnitId, moment: datetime) -> SensitivePeriod | None:
    """Return the sensitive period of a bureau that a moment is in; None outside of any."""
    return ctx.uow.duty.in_sensitive_period(bureau, local(moment).date())
