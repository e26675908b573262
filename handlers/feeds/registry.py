"""What all of it registers with."""

from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from storage.vocabulary import Urgency

registry = Registry(theme="舆情")

TROUBLE, TRIED = "source_trouble", "source_tried"
registry.message(MessageKind(name=TROUBLE, urgency=Urgency.ROUTINE))
registry.message(MessageKind(name=TRIED, urgency=Urgency.PROMPT))
