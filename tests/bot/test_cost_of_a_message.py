"""How many statements a message costs: few, and no more when there is more to remember."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import pytest
from sqlalchemy import event

from bot import dispatch
from bot.channel.messages import TextMessage
from storage.vocabulary import UserId
from tests.harness.service import Chat

_numbers = count(1)


@contextmanager
def statements(bureau: Chat) -> Iterator[list[str]]:
    """Collect what is asked of the database, without BEGIN and COMMIT."""
    engine, asked = bureau.services.database.engine, list[str]()

    def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


def say(bureau: Chat, text: str, key: str = "") -> tuple[str, list[str]]:
    """Let alice say *text*; return the answer and the statements."""
    number = str(next(_numbers))
    message = TextMessage(
        key=key or number,
        sender=UserId("alice"),
        agent_id=1,
        created_at=bureau.clock(),
        msg_id=number,
        content=text,
    )
    with statements(bureau) as asked:
        answer = dispatch.handle(bureau.services, message)
    return answer, asked


@pytest.mark.parametrize(
    ("text", "answer", "most"),
    [("待审", "没有等您审核的稿件", 4), ("投稿 物业检查\n检查12家。", "已开始", 10)],
)
def test_a_message_costs_few_statements_however_much_came_before(
    bureau: Chat, text: str, answer: str, most: int
) -> None:
    say(bureau, "投稿 开始\n正文。")
    for _ in range(2):
        said, asked = say(bureau, text)
        assert answer in said
        assert len(asked) <= most, "\n".join(asked)
        for number in range(15):
            say(bureau, f"投稿 第{number}篇\n正文。")


def test_what_comes_again_costs_one_statement(bureau: Chat) -> None:
    first, _ = say(bureau, "待审", key="the same")
    again, asked = say(bureau, "待审", key="the same")
    assert again == first
    assert len(asked) == 1


def test_what_is_refused_after_asking_only_needs_no_savepoint(bureau: Chat) -> None:
    answer, asked = say(bureau, "撤稿 99")
    assert "没有找到" in answer
    assert not [one for one in asked if "SAVEPOINT" in one]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_ended_the_connections_is_not_noticed(bureau: Chat) -> None:
    """PostgreSQL was restarted: the next message takes a new connection, and fails not once."""
    with bureau.services.database.engine.begin() as connection:
        say(bureau, "待审")  # on another connection
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid != pg_backend_pid()"
        )
    answer, _ = say(bureau, "待审")
    assert "没有等您审核的稿件" in answer
