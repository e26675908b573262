"""What 舆情 cases register, and the kinds of push about them."""

from datetime import timedelta

from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from storage.vocabulary import Topic, Urgency

registry = Registry(theme="舆情")

TOLD, TOLD_NOW = "case_told", "case_told_now"
DUE, DUE_NOW = "case_due", "case_due_now"
WORDING = "case_wording"
KINDS = (TOLD, TOLD_NOW, DUE, DUE_NOW, WORDING)

registry.message(MessageKind(name=TOLD, urgency=Urgency.CALM, topic=Topic.OPINION))
registry.message(MessageKind(name=TOLD_NOW, urgency=Urgency.ALERT))
registry.message(
    MessageKind(name=DUE, urgency=Urgency.CALM, lifetime=timedelta(days=1), perishable=True)
)
registry.message(MessageKind(name=DUE_NOW, urgency=Urgency.ALERT))
registry.message(MessageKind(name=WORDING, urgency=Urgency.PROMPT))
