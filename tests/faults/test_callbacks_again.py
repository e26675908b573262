"""Callbacks come twice, late, and out of order: the tables end as if each had come once."""

import random
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from sqlalchemy import select

from bot.config import Config
from storage.models import (
    AuditEntry,
    Base,
    Draft,
    DraftPart,
    DraftVersion,
    OutboxMessage,
    ReviewDecision,
    ReviewTask,
)
from tests.harness.service import Chat, chat, settings

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

_COLUMNS: dict[type[Base], tuple[str, ...]] = {
    Draft: ("number", "title", "author", "status", "gate", "version"),
    DraftVersion: ("number", "title", "body", "sha256"),
    DraftPart: ("version", "position", "text"),
    ReviewTask: ("version", "gate", "role", "status"),
    ReviewDecision: ("gate", "version", "verdict", "reason", "decided_by"),
    OutboxMessage: ("kind", "recipient", "status", "outcome"),
    AuditEntry: ("tag", "actor"),
}


def _life_of_two_drafts(bureau: Chat, meanwhile: Callable[[], None]) -> None:
    """Two drafts by two authors, a return and a revision; *meanwhile* comes before each step.

    At each step two members speak whose words do not depend on one another's order.
    """
    alice, mallory, bob, heidi, carol, dan = bureau.phones(
        "alice", "mallory", "bob", "heidi", "carol", "dan"
    )
    alice.says("投稿 物业检查\n检查12家。")
    mallory.says("投稿 燃气检查\n检查38家。")
    steps = [
        [(alice, "另有3家停业。"), (mallory, "整改9处。")],
        [(alice, "完成"), (mallory, "完成")],
        [(bob, "通过 1"), (heidi, "退回 2 缺少日期")],
        [(carol, "通过 1"), (mallory, "修改 2\n9月21日，检查38家。")],
        [(dan, "通过 1"), (heidi, "通过 2")],
        [(alice, "我的稿件"), (carol, "通过 2")],
    ]
    for step in steps:
        meanwhile()
        for phone, text in step:
            phone.says(text)
        bureau.wecom.courier.release()
        bureau.settle()


def _state(bureau: Chat) -> dict[str, Counter[tuple[Any, ...]]]:
    """Return what the tables say, without ids and moments."""
    with bureau.services.database.begin() as uow:
        return {
            table.__name__: Counter(
                tuple(getattr(row, name) for name in columns)
                for row in uow._session.scalars(select(table))
            )
            for table, columns in _COLUMNS.items()
        }


@pytest.fixture
def plain(database_url: str, redis_socket: Path, tmp_path: Path) -> dict[str, Any]:
    """What the tables say when each callback comes once and in order."""
    copy = tmp_path / "plain"
    copy.mkdir()
    source = Path(database_url.removeprefix("sqlite:///"))
    (copy / "xinshi.db").write_bytes(source.read_bytes())
    config = settings(f"sqlite:///{copy / 'xinshi.db'}", redis_socket, copy)
    with chat(config, sockets=True) as bureau:
        _life_of_two_drafts(bureau, lambda: None)
        state = _state(bureau)
    with Redis.from_url(f"unix://{redis_socket}") as redis:
        redis.flushall()
    return state


@pytest.mark.parametrize("seed", range(4))
def test_repeated_delayed_and_cut_off_callbacks_end_in_the_same_tables(
    plain: dict[str, Any], config: Config, seed: int
) -> None:
    chance = random.Random(seed)
    with chat(config, sockets=True) as bureau:
        faults = bureau.wecom.faults

        def meanwhile() -> None:
            faults.clear()
            faults.duplicate_callbacks(chance.randint(0, 3))
            if chance.random() < 0.6:
                faults.reorder_next_callback()
            if chance.random() < 0.6:
                faults.close_early(chance.randint(1, 2))

        _life_of_two_drafts(bureau, meanwhile)
        assert _state(bureau) == plain


def test_copies_that_arrive_in_the_same_instant_are_one_message(bureau: Chat) -> None:
    """WeCom retries while the first is still in hand: eight threads bring one text."""
    alice = bureau.phone("alice")
    alice.says("投稿 物业检查\n检查12家。")
    courier = bureau.wecom.courier
    bureau.wecom.faults.reorder_next_callback()
    alice.says("另有3家停业。")
    parcel = courier._held.pop()
    threads = [threading.Thread(target=courier.deliver, args=(parcel,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _state(bureau)["DraftPart"] == Counter([(1, 1, "检查12家。"), (1, 2, "另有3家停业。")])
    answers = [one.text for one in alice.received()][1:]
    assert len(answers) == 8
    assert len(set(answers)) == 1
