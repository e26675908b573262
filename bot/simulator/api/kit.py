"""How a method of the server API is served: token, faults, limits, JSON, the record of it."""

import json
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flask import Response, jsonify, request

from bot.simulator.errcodes import Errcode, Refusal
from bot.simulator.ledger import Exchange
from bot.simulator.tokens import TokenState
from bot.simulator.world import World

_HIDDEN = frozenset({"access_token", "corpsecret"})
_SHOWN_BYTES = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call, as a method sees it; *body* is empty unless it was a JSON object."""

    world: World
    query: Mapping[str, str]
    body: Mapping[str, Any]


Reply = Mapping[str, Any] | Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    path: str
    verb: Literal["GET", "POST"]
    answer: Callable[[Call], Reply]
    needs_token: bool = True


def serve(world: World, endpoint: Endpoint) -> Response:
    """Answer the request at hand, with whatever fault is set for this method."""
    fault = world.faults.take_api(endpoint.path)
    time.sleep(fault.latency)
    if fault.status is not None:
        response = Response(status=fault.status)
    elif fault.errcode is not None:
        response = _refuse(fault.errcode, "fault set in the simulator")
    else:
        response = _try(world, endpoint)
    _record(world, endpoint, response, "answer lost" if fault.lose_answer else "")
    if fault.lose_answer:
        _hang_up()
    return response


def check_agent(world: World, agent_id: object) -> None:
    """Refuse what is not the id of the app that the token belongs to."""
    if not isinstance(agent_id, int):
        raise Refusal(Errcode.BAD_AGENT_ID, "invalid agentid")
    if agent_id != world.settings.agent_id:
        raise Refusal(Errcode.OTHER_APPS_AGENT, "agentid does not belong to this token")


def agent_in_query(call: Call) -> object:
    """Return the agentid of a call that has it in its address."""
    text = call.query.get("agentid", "")
    return int(text) if text.isdecimal() else text


def _try(world: World, endpoint: Endpoint) -> Response:
    body, malformed = _body()
    try:
        reply = _carry_out(world, endpoint, body)
    except Refusal as refusal:
        warning = " Warning: wrong json format." if malformed else ""
        return _refuse(refusal.code, refusal.message + warning)
    except (AttributeError, KeyError, TypeError) as error:
        return _refuse(Errcode.BAD_PARAMETER, f"a field of the wrong type: {error!r}")
    if isinstance(reply, Response):
        return reply
    return jsonify({"errcode": 0, "errmsg": "ok", **reply})


def _carry_out(world: World, endpoint: Endpoint, body: Mapping[str, Any]) -> Reply:
    if request.method != endpoint.verb:
        needed = Errcode.NEEDS_GET if endpoint.verb == "GET" else Errcode.NEEDS_POST
        raise Refusal(needed, f"require {endpoint.verb} method")
    if endpoint.needs_token:
        _check_token(world, request.args.get("access_token", ""))
    if not world.admit_call(endpoint.path):
        raise Refusal(Errcode.TOO_FREQUENT, "api freq out of limit")
    return endpoint.answer(Call(world=world, query=request.args, body=body))


def _body() -> tuple[Mapping[str, Any], bool]:
    if request.method != "POST" or request.mimetype == "multipart/form-data":
        return {}, False
    try:
        body = json.loads(request.get_data())
    except ValueError:
        return {}, True
    return (body, False) if isinstance(body, dict) else ({}, True)


def _check_token(world: World, token: str) -> None:
    if not token:
        raise Refusal(Errcode.NO_ACCESS_TOKEN, "access_token missing")
    state = world.tokens.state(token)
    if state is not TokenState.VALID:
        raise Refusal(Errcode(state), f"access_token {state.name.lower()}")


def _refuse(code: int, message: str) -> Response:
    hint = f"{message}, hint: [simulator], from ip: {request.remote_addr}"
    return jsonify({"errcode": int(code), "errmsg": hint})


def _record(world: World, endpoint: Endpoint, response: Response, note: str) -> None:
    query = "&".join(
        f"{name}={'…' if name in _HIDDEN else value}" for name, value in request.args.items()
    )
    body = "(multipart)" if request.files else request.get_data(as_text=True)
    answer = response.get_json(silent=True) if response.is_json else None
    world.ledger.record(
        Exchange(
            kind="api",
            title=f"{request.method} {endpoint.path}",
            at=world.now(),
            request=f"{query}\n{body}"[:_SHOWN_BYTES],
            response=_shown(answer, response),
            status=response.status_code,
            errcode=answer["errcode"] if answer else None,
            note=note,
        )
    )


def _shown(answer: Mapping[str, Any] | None, response: Response) -> str:
    if answer is None:
        return f"({response.content_length or 0} bytes of {response.mimetype})"
    shown = {name: "…" if name in _HIDDEN else value for name, value in answer.items()}
    return json.dumps(shown, ensure_ascii=False)[:_SHOWN_BYTES]


def _hang_up() -> None:
    connection = request.environ.get("werkzeug.socket")
    if not isinstance(connection, socket.socket):
        raise ConnectionAbortedError("answer lost by a fault")
    connection.shutdown(socket.SHUT_RDWR)
