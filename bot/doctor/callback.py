"""The callback: does the public address lead to a service that has this token and this key."""

import secrets
from http import HTTPStatus
from ipaddress import ip_address

import httpx

from bot.channel.crypto import CallbackCrypto
from bot.clock import Now
from bot.config import Config
from bot.doctor.findings import Finding, fault, ok

_SECONDS = 5.0


def examine(config: Config, machine_now: Now) -> Finding:
    """Ask our own address what WeCom asks when the console's form is saved.

    Where there is no public address, the service's own is asked.
    """
    public = (config.server.public_url or config.server.own_address).rstrip("/")
    trouble = ask(public, config, machine_now)
    if not trouble:
        return ok("callback", f"{public}/wecom/callback answers as WeCom wants it")
    own = config.server.own_address
    if public != own and not ask(own, config, machine_now):
        where = f"the service itself answers at {own}: look at the proxy, the firewall and the name"
    else:
        where = f"start the service (`xinshi up`), and look whether it listens at {own}"
    return fault("callback", f"{public}/wecom/callback: {trouble}", where)


def ask(base: str, config: Config, machine_now: Now) -> str:
    """Return what is wrong with the callback below *base*; nothing if it answers well."""
    wecom = config.wecom
    crypto = CallbackCrypto(wecom.token, wecom.encoding_aes_key, wecom.corp_id)
    word, nonce = secrets.token_hex(8), secrets.token_hex(8)
    timestamp, echo = str(int(machine_now().timestamp())), crypto.seal(word.encode())
    query = {
        "msg_signature": crypto.sign(timestamp, nonce, echo),
        "timestamp": timestamp,
        "nonce": nonce,
        "echostr": echo,
    }
    try:
        url = httpx.URL(f"{base}/wecom/callback")
        with httpx.Client(timeout=_SECONDS, trust_env=not _is_loopback(url.host)) as client:
            answer = client.get(url, params=query)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"no answer ({type(error).__name__})"
    return _judged(answer, word)


def _judged(answer: httpx.Response, word: str) -> str:
    if answer.status_code == HTTPStatus.FORBIDDEN:
        return "refused (403): it runs with another token or key, or its clock is wrong"
    if answer.status_code != HTTPStatus.OK:
        return f"it answers {answer.status_code}, so something else than xinshi is there"
    if answer.text != word:
        return "it answers something else: another key, or another program"
    return ""


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
