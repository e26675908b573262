"""The page with the phones, and the small JSON endpoints that it speaks to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, send_file, send_from_directory

from bot.simulator import remote, snapshot
from bot.simulator.api import METHOD_NAMES
from bot.simulator.world import World

_STATIC = Path(__file__).parent / "static"
_LONGEST_POLL = 20.0
_SHOWN_INLINE = frozenset({"image/jpeg", "image/png"})


Step = Callable[[timedelta], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The views; without *advance* the page cannot move the clock."""

    world: World
    advance: Step | None
    hints: Sequence[tuple[str, str]]

    def index(self) -> Response:
        return send_from_directory(_STATIC, "index.html")

    def about(self) -> Response:
        return jsonify(
            {
                "hints": [{"userid": userid, "text": text} for userid, text in self.hints],
                "methods": METHOD_NAMES,
                "canAdvance": self.advance is not None,
            }
        )

    def state(self) -> Response:
        """Answer as soon as something is newer than the version that the page has."""
        since = request.args.get("since", -1, type=int)
        version = self.world.pulse.wait_beyond(since, _LONGEST_POLL)
        users = request.args.get("users", "").split(",")
        return jsonify({"version": version, **snapshot.of_world(self.world, users)})

    def exchanges(self) -> Response:
        return jsonify(snapshot.of_exchanges(self.world))

    def media(self, media_id: str) -> Response:
        stored = self.world.media.get(media_id)
        if stored is None:
            abort(404)
        return send_file(
            BytesIO(stored.content),
            mimetype=stored.content_type,
            as_attachment=stored.content_type not in _SHOWN_INLINE,
            download_name=stored.filename,
        )

    def clock(self) -> Response:
        if self.advance is None:
            abort(404)
        lines = self.advance(timedelta(seconds=int(_body()["seconds"])))
        self.world.pulse.beat()
        return jsonify({"lines": lines})

    def act(self, act: str) -> tuple[Response, int]:
        if act not in remote.ACTS:
            abort(404)
        try:
            remote.ACTS[act](self.world, _body())
        except (LookupError, ValueError, TypeError) as error:
            return jsonify({"error": str(error)}), 400
        self.world.pulse.beat()
        return jsonify({}), 200


def create_page(world: World, advance: Step | None, hints: Sequence[tuple[str, str]]) -> Blueprint:
    views = Page(world=world, advance=advance, hints=hints)
    page = Blueprint("page", __name__)
    page.get("/")(views.index)
    page.get("/sim/about")(views.about)
    page.get("/sim/state")(views.state)
    page.get("/sim/exchanges")(views.exchanges)
    page.get("/sim/media/<media_id>")(views.media)
    page.post("/sim/clock")(views.clock)
    page.post("/sim/<act>")(views.act)
    return page


def _body() -> Mapping[str, Any]:
    """Return the JSON of a POST; a form of another site cannot send this content type."""
    body: Mapping[str, Any] = request.get_json()
    return body
