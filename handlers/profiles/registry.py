"""What all of it registers with."""

from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from storage.vocabulary import Urgency

registry = Registry(theme="提醒")  # what is about oneself; help has no line left for another theme

CHANGED, MOVED_ELSEWHERE = "profile_changed", "move_reported"
registry.message(MessageKind(name=CHANGED, urgency=Urgency.PROMPT, mutable=False))
registry.message(MessageKind(name=MOVED_ELSEWHERE, urgency=Urgency.ROUTINE))
