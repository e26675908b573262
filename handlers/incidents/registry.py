"""Where everything about incidents registers, and the kinds of its pushes; none of them waits."""

from datetime import timedelta

from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from storage.vocabulary import Urgency

SIGN, CLOCK, TOLD, PAPER = "emergency_sign", "emergency_clock", "emergency_told", "emergency_paper"

registry = Registry(theme="紧急信息")
registry.message(MessageKind(name=SIGN, urgency=Urgency.ALERT))
registry.message(MessageKind(name=CLOCK, urgency=Urgency.ALERT, lifetime=timedelta(hours=12)))
registry.message(MessageKind(name=TOLD, urgency=Urgency.ALERT))
registry.message(MessageKind(name=PAPER, urgency=Urgency.ALERT, resend_when_unsure=False))
