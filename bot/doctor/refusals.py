"""What a refusal of WeCom means to an administrator."""

import re
from collections.abc import Callable

from bot.channel.port import ChannelError
from bot.doctor.findings import Finding, fault

_CONSOLE = "https://work.weixin.qq.com/wework_admin/frame#apps"
_APP_PAGE = f"on the app's page in the console ({_CONSOLE})"
_UNTRUSTED = frozenset({60020, 301042})
_FROM_IP = re.compile(r"from ip: *([0-9A-Fa-f.:]*[0-9A-Fa-f])")


def explain(error: ChannelError) -> Finding:
    """Turn a refusal into a finding. Of WeCom's own words only our address is shown."""
    if error.code is None:
        text = f"WeCom's server API cannot be reached ({error.message})"
        return fault(
            "wecom",
            text,
            "let this machine out to api_base_url, by default https://qyapi.weixin.qq.com",
        )
    for codes, finding_of in _MEANINGS.items():
        if error.code in codes:
            return finding_of(error)
    text = f"WeCom refuses with error {error.code}"
    return fault("wecom", text, "look the number up on WeCom's page of global error codes")


def in_words(error: ChannelError) -> str:
    """Return what a refusal means and what to do, in a line."""
    finding = explain(error)
    return f"{finding.text}: {finding.remedy}"


def seen_address(error: ChannelError) -> str:
    """Return the address that WeCom refuses to trust; empty when it is not about one."""
    seen = _FROM_IP.search(error.message) if error.code in _UNTRUSTED else None
    return seen[1] if seen else ""


def _secret(error: ChannelError) -> Finding:
    text = f"WeCom refuses the app's secret (error {error.code})"
    remedy = f"copy Secret {_APP_PAGE} to [wecom] secret, and start the service again"
    return fault("token", text, remedy)


def _corp_id(error: ChannelError) -> Finding:
    text = f"WeCom does not know the corp id (error {error.code})"
    return fault("token", text, "copy 企业ID from the console's page 我的企业 to [wecom] corp_id")


def _address(error: ChannelError) -> Finding:
    address = seen_address(error) or "of this machine"
    text = f"WeCom does not trust the address {address} (error {error.code})"
    remedy = f"enter it under 企业可信IP {_APP_PAGE}; it takes about a minute to count"
    return fault("trusted IP", text, remedy)


def _agent_id(error: ChannelError) -> Finding:
    text = f"the agent id is not that of the app with this secret (error {error.code})"
    return fault("agent id", text, f"copy AgentId {_APP_PAGE} to [wecom] agent_id")


def _disabled(error: ChannelError) -> Finding:
    text = f"the app or the corp is disabled in WeCom (error {error.code})"
    return fault("wecom", text, f"enable the app {_APP_PAGE}")


def _permission(error: ChannelError) -> Finding:
    text = f"the app may not make this call (error {error.code})"
    return fault("wecom", text, f"check 可见范围 and 权限 {_APP_PAGE}")


def _too_often(error: ChannelError) -> Finding:
    text = f"WeCom was asked too often (error {error.code})"
    return fault("wecom", text, "wait an hour; do not start the service again and again")


_MEANINGS: dict[frozenset[int], Callable[[ChannelError], Finding]] = {
    frozenset({40001, 40091, 41004, 45031}): _secret,
    frozenset({40013, 41002}): _corp_id,
    _UNTRUSTED: _address,
    frozenset({40056, 41011, 301002}): _agent_id,
    frozenset({50003, 48006, 301007}): _disabled,
    frozenset({48001, 48002, 48003, 48004, 48005, 48009, 60011}): _permission,
    frozenset({45009}): _too_often,
}
