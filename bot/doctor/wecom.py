"""WeCom: does it accept the secret, this machine and the agent id, and agree on the time."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from email.utils import parsedate_to_datetime

from redis import Redis

from bot.channel.client import ApiSettings, WeComClient
from bot.channel.port import ChannelError
from bot.channel.transport import Call, Transport
from bot.clock import Now
from bot.config import WeCom
from bot.contacts import api_settings
from bot.doctor import breaker
from bot.doctor.findings import Finding, fault, ok, warning
from bot.doctor.refusals import explain

_NO_MENU = 46003
_SKEW = timedelta(seconds=60)


def examine(wecom: WeCom, redis: Redis | None, machine_now: Now) -> Iterator[Finding]:
    """Ask WeCom for what any app may ask; an open breaker is respected, not tried."""
    settings = api_settings(wecom)
    if redis is not None and (held_back := breaker.examine(settings, redis, machine_now)):
        yield held_back
    else:
        with closing(WeComClient(settings, redis)) as client:
            yield from _examine_app(client, settings)
    yield from clock(settings.api_base_url, machine_now)


def _examine_app(client: WeComClient, settings: ApiSettings) -> Iterator[Finding]:
    try:
        client.callback_ips()
    except ChannelError as error:
        yield explain(error)
        return
    yield ok("token", "WeCom accepts the corp id and the secret")
    yield ok("trusted IP", "WeCom trusts the address of this machine")
    yield agent(client, settings.agent_id)


def agent(client: WeComClient, agent_id: int) -> Finding:
    """Ask for the app's menu, which only the right agent id may."""
    try:
        client.call(Call(method="GET", path="menu/get", params={"agentid": agent_id}))
    except ChannelError as error:
        if error.code == _NO_MENU:
            return warning("menu", "the app has no menu", "run `xinshi menu push`")
        return explain(error)
    return ok("agent id", f"the app is {agent_id}, and it has a menu")


def clock(base_url: str, machine_now: Now) -> Iterator[Finding]:
    """Compare this machine's clock with WeCom's; silent where WeCom cannot be asked."""
    before = machine_now()
    try:
        with closing(Transport(base_url)) as transport:
            answer = transport.response(Call(method="GET", path="getcallbackip"))
        theirs = parsedate_to_datetime(answer.headers.get("Date", ""))
    except (ChannelError, ValueError):
        return
    middle = before + (machine_now() - before) / 2
    skew = middle - theirs
    if abs(skew) > _SKEW:
        side = "ahead of" if skew > timedelta(0) else "behind"
        text = f"this machine's clock is {abs(skew).total_seconds():.0f} s {side} WeCom's"
        yield fault("clock", text, "set it by NTP: WeCom's callbacks look too old or too new to us")
    else:
        yield ok("clock", "this machine's clock agrees with WeCom's")
