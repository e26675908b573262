"""自检: once a day a draft and an alert that concern nobody go through the whole service."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import canary, parking, scheduler, watch
from bot.config import Config
from handlers.troubles.capability import CanaryPolicy
from storage.vocabulary import CANARIES, CANARY, Outcome
from tests.faults.telling import sends
from tests.harness.administrator import administrator
from tests.harness.rows import Rows, all_rows
from tests.harness.service import Chat, chat
from tests.harness.telling import hands_in

NOWHERE = "http://127.0.0.1:9"
OF_DRAFTS = {"draft_prints", "draft_marks", "score_lines", "message_days", "adoptions", "quotas"}

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def checked(config: Config) -> Iterator[Chat]:
    """A bureau whose service checks itself from 09:10 on; it is ten now."""
    with chat(config.model_copy(update={"canary": CanaryPolicy(at="09:10")})) as bureau:
        address = bureau.wecom.settings.callback_url.removesuffix("/wecom/callback")
        yield posting_to(bureau, address)


def posting_to(bureau: Chat, address: str) -> Chat:
    policy = CanaryPolicy(at="09:10", address=address)
    config = bureau.services.config.model_copy(update={"canary": policy})
    return replace(bureau, services=replace(bureau.services, config=config))


def minutes(bureau: Chat, number: int, *, scheduling: bool = True, working: bool = True) -> None:
    """Let the service look at itself for some minutes, with what is at work of the rest."""
    for _ in range(number):
        bureau.clock.advance(timedelta(minutes=1))
        if scheduling:
            scheduler.tick(bureau.services)
        watch.look(bureau.services)
        if working:
            bureau.settle()


def rows(bureau: Chat, table: str) -> list[dict[str, object]]:
    return [dict(row) for row in all_rows(bureau.services.database)[table]]


def added(before: Rows, after: Rows) -> dict[str, list[dict[str, object]]]:
    return {
        name: [dict(row) for row in after[name] if row not in before[name]]
        for name in after
        if after[name] != before[name]
    }


def test_a_check_goes_all_the_way_and_concerns_nobody(checked: Chat) -> None:
    root, alice = checked.phones("root", "alice")
    before = all_rows(checked.services.database)
    minutes(checked, 2)
    [run] = rows(checked, "canary_runs")
    assert (run["id"], run["passed"], run["why"]) == ("2026-09-21", True, "")

    new = added(before, all_rows(checked.services.database))
    assert not OF_DRAFTS & set(new), "what counts drafts knows nothing of it"
    assert {row["bureau"] for name in new for row in new[name] if "bureau" in row} == {CANARY}
    assert {row["recipient"] for row in new["outbox"]} <= CANARIES
    assert {row["status"] for row in new["drafts"]} == {"withdrawn"}
    assert {row["status"] for row in new["alerts"]} == {"ended"}
    assert sends(checked) == 0, "nothing was handed to WeCom"
    with checked.services.database.reading() as uow:
        assert uow.figures.sent_since(checked.clock() - timedelta(days=1)) == 0
        assert [unit.path for unit in uow.members.bureaus()] == ["区住建局"]
    assert hands_in(alice, "巡查") == 1
    root.says("系统状态")
    root.hears("系统正常", "自检：今天 10:01通过")

    minutes(checked, 4)
    assert len(rows(checked, "canary_runs")) == 1, "once a day"
    assert not canary.begin(checked.services, "2026-09-21")
    checked.phone("bob").hears("待您审核")
    checked.nobody_hears_more()


@on_sqlite
def test_a_scheduler_that_is_gone_is_found(checked: Chat) -> None:
    """Everything goes its way up to the timer; it is told, and goes on when there is one again."""
    root = checked.phone("root")
    minutes(checked, 12, scheduling=False)
    told = root.hears_all()
    assert any("每日自检没有走通（卡在到点报警：定时进程没有走到这一步）" in one for one in told)
    minutes(checked, 7)
    assert [row["passed"] for row in rows(checked, "canary_runs")] == [True]
    assert any("【故障解除】每日自检没有走通" in one for one in root.hears_all())


@on_sqlite
def test_a_worker_that_is_gone_is_found(checked: Chat, tmp_path: Path) -> None:
    minutes(checked, 12, working=False)
    root = checked.phone("root")
    root.says("系统状态")
    root.hears("每日自检没有走通（卡在投稿：发送进程没有走到这一步）", "xinshi canary")
    said = administrator(checked.config, tmp_path).runs("canary", "--wait", "0")
    assert said.code == 1
    assert "卡在投稿" in said.err
    assert [row["passed"] for row in rows(checked, "canary_runs")] == [False, False]


@on_sqlite
def test_messages_that_do_not_leave_are_found(checked: Chat) -> None:
    """The worker answers, and what is to be sent rests for an hour."""
    for _ in range(3):
        parking.park(checked.services.redis, checked.clock())
    minutes(checked, 12)
    root = checked.phone("root")
    root.says("系统状态")
    root.hears("每日自检没有走通（卡在审核卡片送达：")
    outcomes = {row["outcome"] for row in rows(checked, "outbox")}
    assert outcomes <= {None, Outcome.MERGED}


@on_sqlite
def test_a_web_process_that_does_not_answer_is_found_and_a_new_check_clears_up(
    checked: Chat,
) -> None:
    """What a check left behind is withdrawn by the next one, on the next working day."""
    root = checked.phone("root")
    minutes(checked, 1, scheduling=False)
    away = posting_to(checked, NOWHERE)
    with checked.services.database.begin() as uow:
        run = uow.canaries.last()
        assert run is not None
        assert run.number == 1
    minutes(away, 9, scheduling=False)
    away.clock.advance(timedelta(days=1))
    minutes(away, 9)
    assert any("网页进程没有应答（ConnectError）" in one for one in root.hears_all())
    minutes(checked, 3)
    assert [row["passed"] for row in rows(checked, "canary_runs")] == [False, True]
    assert {row["status"] for row in rows(checked, "drafts")} == {"withdrawn"}
