"""An error that nobody expected: undone, numbered, tried again, and at last told."""

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from bot import dispatch, scheduler
from bot.channel.messages import TextMessage
from bot.logs import configure_logs
from handlers.kit.asked import Asked, Due, Takes
from handlers.kit.context import Context
from handlers.kit.messages import Text
from handlers.kit.registry import Registry
from storage.models import AuditEntry, Inbound, OutboxMessage, Timer
from storage.vocabulary import InboundStatus, UserId
from tests.faults.telling import ALERT, PROMPT, also_able, outcomes, tell, texts
from tests.harness.reminding import set_reminders
from tests.harness.service import Chat

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

SECRET = "a-token-of-wecom"  # noqa: S105 - of no corp
WORDS = "办事 局长家门口的路灯"
_INCIDENT = re.compile(r"编号([2-9A-Z]{6})")


@dataclass
class Trouble:
    """A capability that fails as long as its cause is there, and counts when it was tried."""

    gone: bool = False
    tries: list[float] = field(default_factory=list)
    done: int = 0

    def strike(self, ctx: Context, about: str) -> None:
        self.tries.append(ctx.now.timestamp())
        ctx.tell(PROMPT, [UserId("bob")], Text(text="办了一半"), subject="half-way")
        ctx.set_timer("trouble", "left behind", ctx.now + timedelta(seconds=1))
        ctx.audit("trouble:half", "half-way")
        if not self.gone:
            raise ValueError(f"cannot do {about} with {SECRET}")
        self.done += 1

    @property
    def pauses(self) -> list[float]:
        return [b - a for a, b in pairwise(self.tries)]


@pytest.fixture
def trouble() -> Trouble:
    return Trouble()


@pytest.fixture
def troubled(bureau: Chat, trouble: Trouble) -> Chat:
    """The usual bureau, with a command and a timer that fail."""
    registry = Registry()

    @registry.command("办事", takes=Takes.WORDS, usage="办事 事", purpose="办一件事")
    def see_to_it(ctx: Context, asked: Asked) -> str:
        trouble.strike(ctx, asked.text)
        return "办好了"

    @registry.timer("trouble")
    def when_due(ctx: Context, due: Due) -> None:
        if due.subject != "left behind":
            trouble.strike(ctx, due.subject)

    return also_able(bureau, registry)


def _ask(bureau: Chat) -> str:
    """Send the same message, as WeCom does at first and on each retry; return the answer."""
    message = TextMessage(
        key="msg:1",
        sender=UserId("alice"),
        agent_id=1,
        created_at=bureau.clock(),
        msg_id="1",
        content=WORDS,
    )
    return dispatch.handle(bureau.services, message)


def _number(text: str) -> str:
    found = _INCIDENT.search(text)
    assert found, text
    return found[1]


def _count(bureau: Chat, table: type[OutboxMessage | Timer | AuditEntry], **values: str) -> int:
    with bureau.services.database.begin() as uow:
        query = select(func.count()).select_from(table).filter_by(**values)
        return uow._session.execute(query).scalar_one()


def _status(bureau: Chat) -> InboundStatus:
    with bureau.services.database.begin() as uow:
        return uow._session.execute(select(Inbound.status)).scalar_one()


def _nothing_is_left_of(bureau: Chat) -> bool:
    left = (
        _count(bureau, OutboxMessage, subject="half-way"),
        _count(bureau, Timer, subject="left behind"),
        _count(bureau, AuditEntry, subject="half-way"),
    )
    return left == (0, 0, 0)


def test_nothing_stays_of_what_failed_and_the_sender_gets_a_number(troubled: Chat) -> None:
    answer = _ask(troubled)
    assert _number(answer)
    assert _nothing_is_left_of(troubled)
    assert _status(troubled) is InboundStatus.FAILED


def test_a_callback_that_comes_again_gets_the_same_number_and_no_second_try(
    troubled: Chat, trouble: Trouble
) -> None:
    assert _ask(troubled) == _ask(troubled)
    assert len(trouble.tries) == 1


def test_when_the_cause_is_gone_the_retry_succeeds_and_its_answer_is_pushed(
    troubled: Chat, trouble: Trouble
) -> None:
    number = _number(_ask(troubled))
    troubled.advance(seconds=15)
    trouble.gone = True
    troubled.advance(minutes=30)
    assert [one for one in texts(troubled, "alice") if number in one and "办好了" in one]
    assert trouble.done == 1
    assert _status(troubled) is InboundStatus.HANDLED
    assert texts(troubled, "bob") == ["办了一半"]


def test_it_is_tried_with_back_off_and_at_last_everybody_concerned_is_told(
    troubled: Chat, trouble: Trouble
) -> None:
    number = _number(_ask(troubled))
    troubled.advance(hours=2)
    assert trouble.pauses == [10, 10, 60, 300]
    assert _nothing_is_left_of(troubled)
    assert _status(troubled) is InboundStatus.GIVEN_UP
    assert [one for one in texts(troubled, "alice") if number in one and "没能处理" in one]
    troubled.phone("root").hears("王芳的一条消息处理失败", number)


def test_the_log_has_the_number_and_neither_the_words_nor_a_secret(
    troubled: Chat, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logs("info", as_json=True)  # here, since each phase of a test has its own stderr
    number = _number(_ask(troubled))
    troubled.advance(hours=2)
    written = capsys.readouterr().err
    told = [json.loads(line) for line in written.splitlines()]
    (failure,) = [one for one in told if one["event"] == "inbound_failed"]
    assert failure["incident"] == number
    assert failure["trace"][0]["error"] == "ValueError"
    assert any("see_to_it" in place for place in failure["trace"][0]["places"])
    assert len([one for one in told if one["event"] == "timer_failed"]) == 4
    for withheld in ("路灯", SECRET, troubled.config.wecom.secret, "Traceback"):
        assert withheld not in written


def test_a_timer_that_fails_leaves_nothing_keeps_nobody_back_and_is_tried_again(
    troubled: Chat, trouble: Trouble
) -> None:
    with troubled.services.database.begin() as uow:
        ctx = troubled.services.context(uow)
        ctx.set_timer("trouble", "first", ctx.now)
        after = ctx.now + timedelta(seconds=1)
    set_reminders(troubled.services, "bob", after)
    troubled.advance(seconds=15)
    assert _nothing_is_left_of(troubled)
    troubled.phone("bob").hears("提醒：交稿")
    trouble.gone = True
    troubled.advance(hours=1)
    assert trouble.done == 1
    assert _count(troubled, Timer, subject="first", status="fired") == 1


def test_a_timer_that_never_works_is_marked_and_the_administrator_told(
    troubled: Chat, trouble: Trouble
) -> None:
    with troubled.services.database.begin() as uow:
        ctx = troubled.services.context(uow)
        ctx.set_timer("trouble", "first", ctx.now)
    troubled.advance(hours=2)
    assert trouble.pauses == [10, 60, 300]
    assert _count(troubled, Timer, subject="first", status="failed") == 1
    troubled.phone("root").hears("定时任务trouble失败", "4次")


def test_recurring_work_that_fails_keeps_nothing_else_from_happening(
    troubled: Chat, trouble: Trouble
) -> None:
    """Other recurring work runs, the sweep rings, and the failed run is tried again as a timer."""
    registry, ran = Registry(), []

    @registry.every("5 10 * * *")
    def fail(ctx: Context) -> None:
        trouble.strike(ctx, "the daily work")

    @registry.every("6 10 * * *")
    def work(ctx: Context) -> None:
        ran.append(ctx.now)

    troubled = also_able(troubled, registry)
    troubled.clock.advance(timedelta(minutes=6))
    tell(troubled, PROMPT, ["好"], "carol")
    troubled.services.redis.flushall()
    scheduler.tick(troubled.services)
    assert len(ran) == 1
    troubled.settle()
    assert texts(troubled, "carol") == ["好"]
    troubled.advance(seconds=15)
    assert _nothing_is_left_of(troubled)
    trouble.gone = True
    troubled.advance(hours=1)
    assert (trouble.done, trouble.pauses) == (1, [10, 10])
    assert outcomes(troubled, ALERT) == set()
