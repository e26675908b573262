"""Where everything about calls registers, and the kinds of its pushes.

What is not urgent waits for the office to open, over a holiday if need be.
"""

from datetime import timedelta

from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from storage.vocabulary import Urgency

_OVER_A_HOLIDAY = timedelta(days=12)

registry = Registry(theme="约稿")
for _name, _urgency, _mutable in (
    ("call_issued", Urgency.ROUTINE, True),
    ("call_issued_now", Urgency.PROMPT, False),
    ("call_reminder", Urgency.ROUTINE, True),
    ("call_reminder_now", Urgency.PROMPT, False),
    ("call_climbs", Urgency.ROUTINE, False),
    ("call_climbs_now", Urgency.PROMPT, False),
    ("call_asked", Urgency.ROUTINE, True),
    ("call_told", Urgency.ROUTINE, True),
):
    registry.message(
        MessageKind(name=_name, urgency=_urgency, mutable=_mutable, lifetime=_OVER_A_HOLIDAY)
    )
