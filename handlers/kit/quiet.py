"""What the bureau settled about silence."""

from dataclasses import dataclass

from handlers.rules.calendar import Quiet


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """The bureau's quiet hours, in which nothing routine is said."""

    quiet: Quiet
