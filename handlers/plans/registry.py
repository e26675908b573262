"""Where everything about plans registers, and the kinds of its pushes: none of them is urgent."""

from datetime import timedelta

from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from storage.vocabulary import Urgency

REMINDER, NEWS, CHANGED = "plan_reminder", "plan_news", "plan_changed"
_OVER_A_HOLIDAY = timedelta(days=12)

registry = Registry(theme="约稿")
for _name in (REMINDER, NEWS, CHANGED):
    registry.message(MessageKind(name=_name, urgency=Urgency.ROUTINE, lifetime=_OVER_A_HOLIDAY))
