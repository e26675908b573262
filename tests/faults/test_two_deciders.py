"""Two reviewers decide in the same instant, in two processes: one wins, the other is told."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot import dispatch
from bot.app import build_services
from bot.channel.events import CardEvent
from bot.channel.messages import Inbound, TextMessage
from bot.clock import SimulatedClock
from bot.config import Config, load_config
from bot.ids import new_id
from bot.logs import configure_logs
from storage.models import ReviewDecision, ReviewTask
from storage.vocabulary import TaskStatus, UserId
from tests.faults.processes import end, pipe, start, write_config
from tests.harness.service import MONDAY_TEN, Chat

ROUNDS = 12
TWO_OFFICES = "userid,name,unit,roles,aliases,in_charge_of\ncora,钱丽,区住建局/办公室,office,,\n"


@dataclass
class Decider:
    """A process of its own, with services of its own, that handles messages when told."""

    process: ForkServerProcess
    line: Connection

    def tell(self, order: dict[str, Any]) -> None:
        self.line.send(order)

    def said(self) -> str:
        answer: str = self.line.recv()
        return answer


def _deciders(config: Config, path: Path) -> Sequence[Decider]:
    write_config(config, path)
    deciders = []
    for _ in range(2):
        ours, its = pipe()
        deciders.append(Decider(start(_decide, path, its), ours))
        its.close()
    for decider in deciders:
        assert decider.said() == "ready"
    return deciders


def _at_once(deciders: Sequence[Decider], *orders: dict[str, Any]) -> list[str]:
    """Let each decider handle its message at the same agreed moment."""
    moment = time.monotonic() + 0.05
    for decider, order in zip(deciders, orders, strict=True):
        decider.tell({**order, "moment": moment})
    return [decider.said() for decider in deciders]


def _hand_in(bureau: Chat, number: int) -> None:
    """Bring a draft before the office, which two hold."""
    alice, bob = bureau.phones("alice", "bob")
    alice.says(f"投稿 第{number}篇\n正文。")
    alice.says("完成")
    bob.says(f"通过 {number}")


def _tasks_and_decisions(bureau: Chat) -> list[tuple[ReviewTask, ReviewDecision]]:
    with bureau.services.database.begin() as uow:
        rows = uow._session.execute(
            select(ReviewTask, ReviewDecision)
            .join(ReviewDecision, ReviewDecision.task == ReviewTask.id)
            .where(ReviewTask.gate == 1)
        )
        return [(row[0], row[1]) for row in rows]


def _open_task(bureau: Chat) -> str:
    with bureau.services.database.begin() as uow:
        query = select(ReviewTask.id).where(ReviewTask.status == TaskStatus.OPEN)
        return str(uow._session.execute(query.where(ReviewTask.gate == 1)).scalar_one())


def test_of_two_decisions_in_the_same_instant_one_wins_and_the_other_is_told(
    bureau: Chat, tmp_path: Path
) -> None:
    """Twelve drafts, by two texts and by a card against a text: each is decided once.

    The slower of the two hears who was first, and when.
    """
    bureau.enrol(TWO_OFFICES)
    deciders = _deciders(bureau.config, tmp_path / "config.toml")
    names = {"carol": "周敏", "cora": "钱丽"}
    try:
        for number in range(1, ROUNDS + 1):
            _hand_in(bureau, number)
            approve: dict[str, Any] = {"sender": "carol", "text": f"通过 {number}"}
            if number > ROUNDS // 2:
                approve = {"sender": "carol", "press": f"review:approve:{_open_task(bureau)}"}
            orders: list[dict[str, Any]] = [
                approve,
                {"sender": "cora", "text": f"退回 {number} 缺数据"},
            ]
            if number % 2:
                orders.reverse()
            said = _at_once(deciders, *orders)
            task, decision = _tasks_and_decisions(bureau)[-1]
            loser = next(one for one in orders if one["sender"] != decision.decided_by)
            answer = said[orders.index(loser)] or _last_push(bureau, str(loser["sender"]))
            assert f"{names[decision.decided_by]}已于" in answer, answer
            assert "不用再处理" in answer
            assert task.status in {TaskStatus.APPROVED, TaskStatus.RETURNED}
    finally:
        end(*[decider.process for decider in deciders])
        for decider in deciders:
            decider.line.close()
    decided = _tasks_and_decisions(bureau)
    assert len(decided) == ROUNDS
    assert len({task.draft for task, _ in decided}) == ROUNDS


def _last_push(bureau: Chat, member: str) -> str:
    """Return what was pushed last: a press takes no passive answer."""
    bureau.settle()
    return next(one.text for one in reversed(bureau.phone(member).received()) if one.kind == "text")


def _decide(path: Path, line: Connection) -> None:
    """Be one of the processes: take an order, wait for its moment, give the answer."""
    configure_logs("error", as_json=True)
    config = load_config(path)
    clock = SimulatedClock(config.storage.state / "clock", base=lambda: MONDAY_TEN)
    services = replace(build_services(config), now=clock)
    services.database.ping()

    def inbound(order: dict[str, str]) -> Inbound:
        facts: dict[str, Any] = {
            "key": new_id(),
            "sender": UserId(order["sender"]),
            "agent_id": 1000002,
            "created_at": services.now(),
        }
        if text := order.get("text"):
            return TextMessage(**facts, msg_id=new_id(), content=text)
        return CardEvent(
            **facts,
            event="template_card_event",
            event_key=order["press"],
            task_id="",
            card_type="button_interaction",
            response_code="none",
            selections=(),
        )

    line.send("ready")
    while True:
        order = line.recv()
        message = inbound(order)
        time.sleep(max(0, order["moment"] - time.monotonic()))
        line.send(dispatch.handle(services, message))
