"""What the duty registers, and its kinds of messages; its modules add to it."""

from datetime import timedelta

from handlers.duty.policy import TABLE, DutyPolicy
from handlers.kit.messages import MessageKind
from handlers.kit.own_settings import take_settings
from handlers.kit.registry import Registry
from storage.vocabulary import Urgency

registry = Registry(theme="值班")
take_settings(registry, DutyPolicy, TABLE)
registry.message(MessageKind(name="duty_paper", urgency=Urgency.PROMPT, resend_when_unsure=False))
registry.message(MessageKind(name="duty_roster", urgency=Urgency.PROMPT))
registry.message(
    MessageKind(
        name="duty_reminder", urgency=Urgency.PROMPT, mutable=False, lifetime=timedelta(hours=16)
    )
)
registry.message(MessageKind(name="duty_swap", urgency=Urgency.PROMPT))
registry.message(MessageKind(name="duty_handover", urgency=Urgency.PROMPT, mutable=False))
registry.message(MessageKind(name="duty_holiday", urgency=Urgency.PROMPT))
registry.message(MessageKind(name="sensitive_period", urgency=Urgency.PROMPT))
