"""The page with the phones, and the small JSON endpoints that it speaks to."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    jsonify,
    redirect,
    request,
    send_file,
    send_from_directory,
)
from werkzeug.wrappers import Response as AnyResponse

from bot.simulator import clockwork as clockworks
from bot.simulator import remote, snapshot, transcript
from bot.simulator.api import METHOD_NAMES
from bot.simulator.clockwork import Clockwork
from bot.simulator.diary import Way
from bot.simulator.world import World

_STATIC = Path(__file__).parent / "static"
_LONGEST_POLL = 20.0
_SHOWN_INLINE = frozenset({"image/jpeg", "image/png"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The views; without a *clockwork* the page cannot move the clock.

    *status* makes a fresh link to the service's own page about itself, where there is one.
    """

    world: World
    clockwork: Clockwork | None
    hints: Sequence[tuple[str, str]]
    status: Callable[[], str] | None
    moving: threading.Lock = field(default_factory=threading.Lock)

    def index(self) -> Response:
        return send_from_directory(_STATIC, "index.html")

    def about(self) -> Response:
        return jsonify(
            {
                "hints": [{"userid": userid, "text": text} for userid, text in self.hints],
                "methods": METHOD_NAMES,
                "canAdvance": self.clockwork is not None,
                "hasStatus": self.status is not None,
            }
        )

    def to_status(self) -> AnyResponse:
        if self.status is None:
            abort(404)
        return redirect(self.status(), HTTPStatus.SEE_OTHER)

    def state(self) -> Response:
        """Answer as soon as something is newer than the version that the page has."""
        since = request.args.get("since", -1, type=int)
        version = self.world.pulse.wait_beyond(since, _LONGEST_POLL)
        users = request.args.get("users", "").split(",")
        upcoming = self.clockwork.upcoming() if self.clockwork else None
        clock = {
            "moving": self.moving.locked(),
            "upcoming": snapshot.of_happening(upcoming) if upcoming else None,
        }
        return jsonify({"version": version, **clock, **snapshot.of_world(self.world, users)})

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

    def clock(self) -> tuple[Response, int]:
        """Take one step, while nobody else takes one; say what fired and how much was pushed."""
        if self.clockwork is None:
            abort(404)
        step = str(_body().get("step"))
        try:
            go = clockworks.choose(self.clockwork, step)
        except ValueError as error:
            return jsonify({"error": str(error)}), HTTPStatus.BAD_REQUEST
        if not self.moving.acquire(blocking=False):
            return jsonify({"error": "时钟正在推进，请稍候"}), HTTPStatus.CONFLICT
        before = snapshot.pushed(self.world)
        try:
            self.world.pulse.beat()
            self.world.diary.note(Way.CLOCK, step)
            fired = go()
        finally:
            self.moving.release()
            self.world.pulse.beat()
        return jsonify(
            {
                "fired": [snapshot.of_happening(one) for one in fired],
                "pushed": snapshot.pushed(self.world) - before,
            }
        ), HTTPStatus.OK

    def transcript(self) -> Response:
        """Hand over the conversation since the diary was begun, as a file."""
        started_at, entries = self.world.diary.read()
        record = transcript.Transcript(started_at=started_at, entries=entries)
        text = transcript.write(record, self.world.name_of)
        start = started_at.astimezone(transcript.SHANGHAI)
        return send_file(
            BytesIO(text.encode()),
            mimetype="text/plain",
            as_attachment=True,
            download_name=f"对话-{start:%Y%m%d-%H%M}.txt",
        )

    def act(self, act: str) -> tuple[Response, int]:
        if act not in remote.ACTS:
            abort(404)
        try:
            remote.ACTS[act](self.world, _body())
        except (LookupError, ValueError, TypeError) as error:
            return jsonify({"error": str(error)}), 400
        self.world.pulse.beat()
        return jsonify({}), 200


def create_page(
    world: World,
    clockwork: Clockwork | None,
    hints: Sequence[tuple[str, str]],
    status: Callable[[], str] | None,
) -> Blueprint:
    views = Page(world=world, clockwork=clockwork, hints=hints, status=status)
    page = Blueprint("page", __name__)
    page.get("/")(views.index)
    page.get("/sim/about")(views.about)
    page.get("/sim/status")(views.to_status)
    page.get("/sim/state")(views.state)
    page.get("/sim/exchanges")(views.exchanges)
    page.get("/sim/media/<media_id>")(views.media)
    page.get("/sim/transcript")(views.transcript)
    page.post("/sim/clock")(views.clock)
    page.post("/sim/<act>")(views.act)
    return page


def _body() -> Mapping[str, Any]:
    """Return the JSON of a POST; a form of another site cannot send this content type."""
    body: Mapping[str, Any] = request.get_json()
    return body
