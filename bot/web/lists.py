"""Turning the pages of a list."""

from collections.abc import Mapping
from typing import Any

from flask import request, url_for

PAGE = 20
"""How many lines a page of a list has."""


def page_number() -> int:
    """Return which page of a list is asked for, from 1."""
    return max(request.args.get("page", 1, type=int), 1)


def turning(endpoint: str, number: int, *, more: bool, **kept: Any) -> Mapping[str, str]:
    """Return the addresses of the page before and the page after, as far as there are any."""
    return {
        "earlier": url_for(endpoint, page=number - 1, **kept) if number > 1 else "",
        "later": url_for(endpoint, page=number + 1, **kept) if more else "",
    }
