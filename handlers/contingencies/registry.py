"""Where everything about emergency plans registers; none of its words waits."""

from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from storage.vocabulary import Urgency

TOLD = "contingency_told"

registry = Registry(theme="紧急信息")
registry.message(MessageKind(name=TOLD, urgency=Urgency.ALERT))
