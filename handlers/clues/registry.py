"""What all of it registers with."""

from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from storage.vocabulary import Urgency

registry = Registry(theme="舆情")

FOUND, SETTLED = "clue_found", "clue_settled"
registry.message(MessageKind(name=FOUND, urgency=Urgency.ROUTINE))
registry.message(MessageKind(name=SETTLED, urgency=Urgency.ROUTINE))
