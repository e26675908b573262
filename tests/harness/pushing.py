"""A monitoring service that sends posts to a bureau, as its documents say it should."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from bot.feeds.keys import SIGNATURE, TIMESTAMP, secret_of, signature
from bot.services import Services
from storage.models import Source


class Service:
    """Signs what it sends with the source's secret, unless told otherwise."""

    def __init__(self, services: Services, client: FlaskClient, source: Source) -> None:
        self.services = services
        self.client = client
        self.address = f"/push/{source.id}"
        self.secret = secret_of(services.config.server, source)

    def sends(self, *items: Mapping[str, Any]) -> TestResponse:
        return self.sends_body(json.dumps({"items": items}).encode())

    def sends_body(
        self,
        body: bytes,
        *,
        late: int = 0,
        headers: Mapping[str, str] | None = None,
        without: Sequence[str] = (),
    ) -> TestResponse:
        """Send a body, signed *late* seconds ago, with other *headers* or *without* some."""
        timestamp = str(int(self.services.now().timestamp()) - late)
        given = {
            "Content-Type": "application/json",
            TIMESTAMP: timestamp,
            SIGNATURE: signature(self.secret, timestamp, body),
            **(headers or {}),
        }
        left = {name: value for name, value in given.items() if name not in without}
        return self.client.post(self.address, data=body, headers=left)


def item(number: int, **facts: Any) -> dict[str, Any]:
    """Return a post as a service sends it."""
    return {
        "id": f"post-{number}",
        "title": f"第{number}条",
        "content": "金色家园业主反映延期交房",
        **facts,
    }
