"""A trouble in words."""

from datetime import datetime, timedelta

from handlers.rules.calendar import short_time
from handlers.troubles.texts import WORDS
from storage.models import Trouble


def what(trouble: Trouble) -> str:
    """Say what is wrong: 企业微信不信任本机的IP地址（203.0.113.7）."""
    detail = f"（{trouble.detail}）" if trouble.detail else ""
    return WORDS[trouble.kind].what + detail


def full(template: str, trouble: Trouble, now: datetime, **more: object) -> str:
    """Fill *template* with all that is known of the trouble."""
    words = WORDS[trouble.kind]
    return template.format(
        what=what(trouble),
        since=short_time(trouble.began_at, now),
        length=length((trouble.over_at or now) - trouble.began_at),
        effect=words.effect,
        remedy=words.remedy,
        **more,
    )


def length(span: timedelta) -> str:
    """Write how long something lasted: 不到1分钟, 12分钟, 3小时5分钟, 2天4小时."""
    minutes = span // timedelta(minutes=1)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "天"), (hours, "小时"), (minutes, "分钟")]
    shown = [f"{number}{unit}" for number, unit in parts if number]
    return "".join(shown[:2]) or "不到1分钟"
