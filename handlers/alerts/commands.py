"""告警: which alerts stand, who has them, and what happened to one; the kinds of push."""

from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from storage.vocabulary import Urgency

registry = Registry(theme="警报")
registry.message(MessageKind(name="alert", urgency=Urgency.ALERT))
registry.message(MessageKind(name="alert_question", urgency=Urgency.ALERT))
registry.message(MessageKind(name="alert_news", urgency=Urgency.PROMPT))
registry.message(MessageKind(name="alert_trouble", urgency=Urgency.ALERT))

KINDS = ("alert", "alert_question", "alert_news", "alert_trouble")
