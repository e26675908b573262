"""When the service checks itself, and where such a check got stuck, in words."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from types import MappingProxyType

from handlers.rules.calendar import SHANGHAI, local
from storage.vocabulary import CanaryStep

STEPS: Mapping[CanaryStep, str] = MappingProxyType(
    {
        CanaryStep.ENTER: "投稿",
        CanaryStep.CARD: "审核卡片送达",
        CanaryStep.DECIDE: "审核通过",
        CanaryStep.RESULT: "审核结果送达",
        CanaryStep.WITHDRAW: "撤稿",
        CanaryStep.TIMER: "到点报警",
        CanaryStep.ALERT: "警报送达",
        CanaryStep.ACKNOWLEDGE: "签收警报",
    }
)
"""What a run that stands at a step waits for."""

_STUCK = "卡在{step}：{why}"
_SENDING = "发送进程没有走到这一步"
_TIMER = "定时进程没有走到这一步"


def is_owed(
    now: datetime, at: str, last: datetime | None, is_workday: Callable[[date], bool]
) -> bool:
    """Tell whether the check of today is to begin: on a working day, from *at* (09:10) on.

    *last* is when one began last, whoever wanted it; *at* is empty where there is none by itself.
    """
    if not at:
        return False
    today = local(now).date()
    moment = datetime.combine(today, time.fromisoformat(at), SHANGHAI)
    return moment <= now and (last is None or last < moment) and is_workday(today)


def stuck(step: CanaryStep, why: str) -> str:
    """Say where a run stands and what kept it there: *why*, or who never came so far."""
    nobody = _TIMER if step is CanaryStep.TIMER else _SENDING
    return _STUCK.format(step=STEPS[step], why=why or nobody)
