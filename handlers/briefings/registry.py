"""What all of it registers with."""

from datetime import timedelta

from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from storage.vocabulary import Urgency

registry = Registry(theme="舆情")

DRAFTED, SENT, WAITING, FILE = (
    "briefing_drafted",
    "briefing_sent",
    "briefing_waiting",
    "briefing_paper",
)
SPECIAL, STATISTICS = "briefing_special", "briefing_statistics"
DUE = "briefing_due"
_HOURS = timedelta(hours=12)
registry.message(MessageKind(name=DRAFTED, urgency=Urgency.PROMPT, lifetime=_HOURS))
registry.message(MessageKind(name=WAITING, urgency=Urgency.PROMPT, lifetime=_HOURS))
registry.message(MessageKind(name=SENT, urgency=Urgency.PROMPT))
registry.message(MessageKind(name=FILE, urgency=Urgency.PROMPT))
registry.message(MessageKind(name=SPECIAL, urgency=Urgency.PROMPT))
registry.message(MessageKind(name=STATISTICS, urgency=Urgency.ROUTINE))
