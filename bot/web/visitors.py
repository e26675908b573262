"""Who is logged in: a signed cookie that only the browser and this service see."""

import secrets
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime, timedelta
from hmac import compare_digest

from flask import Flask, g, session

from bot.config import Server
from bot.web.links import PAGES
from handlers.rules.visibility import Viewer
from storage.queries.members import Person
from storage.vocabulary import NOBODY, Role, UnitId, UserId

VISIT = timedelta(hours=10)
"""How long a log-in lasts: a working day, so that a phone that is lost tells nothing for long."""

_PATIENCE = timedelta(minutes=10)
_STATE_BYTES = 24


def keep_cookies_safe(app: Flask, server: Server) -> None:
    """Let the cookie be signed, unseen by scripts, and sent to the pages over TLS only.

    Lax, not Strict: the way back from WeCom's log-in comes from another site.
    """
    app.secret_key = server.secret_key
    app.config.update(
        SESSION_COOKIE_NAME="xinshi",
        SESSION_COOKIE_PATH=PAGES,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=server.public_url.startswith("https://"),
    )


def expect(destination: str, now: datetime) -> str:
    """Note that this browser goes to log in; return the state that it has to bring back."""
    state = secrets.token_hex(_STATE_BYTES)
    session["expected"] = [state, destination, (now + _PATIENCE).timestamp()]
    return state


def expected(state: str, now: datetime) -> str | None:
    """Return where the browser that comes back with *state* wanted to go, once.

    None: this browser did not ask, asked too long ago, or has been back before.
    """
    known, destination, until = session.pop("expected", ("", "", 0))
    if not known or now.timestamp() > until or not compare_digest(known.encode(), state.encode()):
        return None
    found: str = destination
    return found


def let_in(member: UserId, now: datetime) -> None:
    """Begin a visit; nothing of what the browser had before is kept."""
    session.clear()
    session["visit"] = secrets.token_hex(_STATE_BYTES)
    session["member"] = member
    session["until"] = (now + VISIT).timestamp()


def let_out() -> None:
    session.clear()


def visit() -> tuple[str, datetime]:
    """Return the name of the visit, which no other has, and when it ends by itself."""
    return session.get("visit", ""), datetime.fromtimestamp(session.get("until", 0), UTC)


def visitor(now: datetime) -> UserId:
    """Return who is logged in, or nobody; a visit that was ended is not known here."""
    if now.timestamp() > session.get("until", 0) or not session.get("visit"):
        return NOBODY
    return UserId(session.get("member", NOBODY))


def welcome(person: Person, held: Mapping[Role, Collection[UnitId]]) -> None:
    """Note, for this request, who asks, and which roles he holds over which units."""
    g.visitor = person
    g.roles = held


def present() -> Person | None:
    """Return who asks, if anybody is logged in."""
    found: Person | None = g.get("visitor")
    return found


def roles() -> AbstractSet[Role]:
    """Return the roles of whoever asks; none where nobody is logged in."""
    held: Mapping[Role, Collection[UnitId]] = g.get("roles", {})
    return held.keys()


def viewer() -> Viewer:
    """Return whoever asks as what decides what he may see."""
    return Viewer(userid=me().userid, roles=g.roles)


def me() -> Person:
    """Return who asks for the page that is being made."""
    person: Person = g.visitor
    return person
