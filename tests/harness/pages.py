"""Somebody at the pages, without a browser: what the addresses answer, step by step."""

import re
from html import unescape
from typing import Self
from urllib.parse import urlsplit

import httpx

from tests.harness.service import Chat

LINK = re.compile(r"http://127\.0\.0\.1:\d+/p/go/\S+")


class Visitor:
    """A browser with cookies of its own."""

    def __init__(self, bureau: Chat) -> None:
        address = bureau.config.server.public_url
        self._client = httpx.Client(base_url=address, transport=bureau.inside)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    @property
    def cookies(self) -> httpx.Cookies:
        return self._client.cookies

    def gets(self, address: str) -> httpx.Response:
        """Ask for one address; a redirection is an answer."""
        return self._client.get(address)

    def posts(self, address: str, **fields: str) -> httpx.Response:
        return self._client.post(address, data=fields)

    def uploads(self, address: str, *files: tuple[str, bytes], **fields: str) -> httpx.Response:
        """Send a form with files as a browser does: each with its name and content."""
        parts = [("files", file) for file in files]
        return self._client.post(address, data=fields, files=parts)

    def sent_to_wecom(self, wanted: str) -> str:
        """Open a page without being logged in; return WeCom's address where one logs in."""
        asked = self.gets(wanted)
        assert asked.status_code == 302, asked.text
        start = self.gets(asked.headers["Location"])
        assert start.status_code == 302, start.text
        return str(start.headers["Location"])

    def chosen(self, wecom: str, userid: str) -> str:
        """Let WeCom know the browser's holder; return the way back with his code."""
        answer = self.gets(f"{wecom.partition('#')[0]}&as={userid}")
        assert answer.status_code == 302, answer.text
        return str(answer.headers["Location"])

    def logs_in(self, userid: str, wanted: str = "/p/mine") -> httpx.Response:
        """Open a page, log in on the way there, and return the page."""
        back = self.chosen(self.sent_to_wecom(wanted), userid)
        return self.follows(self.gets(back))

    def follows(self, answer: httpx.Response) -> httpx.Response:
        while answer.status_code in {302, 303}:
            answer = self.gets(answer.headers["Location"])
        return answer


def link_in(text: str) -> str:
    """Return the page's address in a message, without its host."""
    found = LINK.search(text)
    assert found, f"no link in {text!r}"
    parts = urlsplit(found[0])
    return f"{parts.path}?{parts.query}"


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page)
    assert found, f"no field {name}"
    return unescape(found[1])
