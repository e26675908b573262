"""xinshi chat: a conversation with a running bot, typed in a terminal."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

import pytest
from sqlalchemy import func, select

from bot.delivery import drain
from storage.models import Inbound
from tests.harness.administrator import Administrator, administrator
from tests.harness.service import Chat
from tests.harness.telling import hands_in

DRAFT = "投稿 春季消防检查\\\n检查组走访企业。\n完成\n"


@pytest.fixture
def admin(bureau: Chat, tmp_path: Path) -> Administrator:
    """An administrator on the machine of a running bureau."""
    bind = urlsplit(bureau.wecom.settings.callback_url).netloc
    return administrator(bureau.config, tmp_path).sets(server={"bind": bind})


@contextmanager
def delivering(bureau: Chat, after: str) -> Iterator[None]:
    """Let somebody send what is to be sent, from the moment that *after* has said something."""
    over = threading.Event()

    def deliver() -> None:
        while not over.is_set():
            with bureau.services.database.engine.begin() as connection:
                said = connection.scalar(
                    select(func.count()).select_from(Inbound).where(Inbound.sender == after)
                )
            if said:
                drain(bureau.services)
            sleep(0.05)

    thread = threading.Thread(target=deliver)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_texts_come_through_a_pipe_and_answers_are_printed(
    bureau: Chat, admin: Administrator
) -> None:
    said = admin.runs("chat", "--as", "Alice", "--wait", "0", typed=DRAFT)
    assert said.code == 0, said.all
    assert said.out.index("已开始") < said.out.index("已提交")
    bureau.phone("bob").hears("待您审核", "春季消防检查")


def test_pushes_are_printed_with_their_buttons(bureau: Chat, admin: Administrator) -> None:
    hands_in(bureau.phone("alice"), "旧稿")
    bureau.settle()
    bureau.phone("alice").says("投稿 新稿\n正文")
    bureau.phone("alice").says("完成")
    with delivering(bureau, after="bob"):
        said = admin.runs("chat", "--as", "bob", "--wait", "5", typed="待审\n")
    assert said.code == 0, said.all
    pushed = [line for line in said.out.splitlines() if line.startswith("│ ")]
    assert any("待您审核" in line for line in pushed)
    assert any("[通过]" in line for line in pushed)
    assert not any("旧稿" in line for line in pushed)


def test_a_member_must_exist_and_the_web_process_must_run(
    admin: Administrator,
) -> None:
    said = admin.runs("chat", "--as", "nobody", typed="帮助\n")
    assert (said.code, "no such member: nobody" in said.err) == (1, True)
    admin.sets(server={"bind": "127.0.0.1:9"})
    said = admin.runs("chat", "--as", "alice", typed="帮助\n")
    assert (said.code, "nothing answers at http://127.0.0.1:9" in said.err) == (1, True)


def test_another_configuration_is_noticed(admin: Administrator) -> None:
    admin.sets(wecom={"token": "another"})
    said = admin.runs("chat", "--as", "alice", typed="帮助\n")
    assert (said.code, "refused the message (403)" in said.err) == (1, True)


def test_production_has_no_such_conversation(admin: Administrator) -> None:
    admin.sets(top={"environment": "production"})
    said = admin.runs("chat", "--as", "alice", typed="帮助\n")
    assert (said.code, "refused in production" in said.err) == (1, True)
