"""Where everything about troubles registers, and the kind of its pushes."""

from datetime import timedelta

from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from storage.vocabulary import Urgency

NOTICE = "trouble"

# A notice may have to wait until the very trouble that it tells of is over.
_NOTICE_LIFETIME = timedelta(days=30)

registry = Registry(theme="系统")
registry.message(
    MessageKind(name=NOTICE, urgency=Urgency.ALERT, lifetime=_NOTICE_LIFETIME, distinct=True)
)
