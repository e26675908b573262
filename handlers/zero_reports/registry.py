"""What all of it registers with.

A reminder is of that day: the next morning the month is over.
"""

from datetime import timedelta

from handlers.kit.messages import MessageKind
from handlers.kit.own_settings import take_settings
from handlers.kit.registry import Registry
from handlers.zero_reports.policy import TABLE, ZeroReportPolicy
from storage.vocabulary import Topic, Urgency

registry = Registry(theme="得分")
take_settings(registry, ZeroReportPolicy, TABLE)

ASKED, LISTED = "zero_reminder", "zero_list"
registry.message(
    MessageKind(
        name=ASKED,
        urgency=Urgency.ROUTINE,
        topic=Topic.REMINDER,
        lifetime=timedelta(hours=12),
        perishable=True,
    )
)
registry.message(MessageKind(name=LISTED, urgency=Urgency.ROUTINE))
