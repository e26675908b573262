"""Something is wrong with the service: administrators hear of it once, and when it is over."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import Flask

from bot import heartbeat, scheduler, vitals, watch
from bot.app import build_services, create_app
from bot.config import Config
from bot.services import Services
from storage.vocabulary import Outcome, TroubleKind, TroubleStatus
from tests.faults.telling import ALERT, rows, tell
from tests.harness.files import picture
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat, web_server

SECOND_ADMIN = "userid,name,unit,roles,aliases,in_charge_of\ngrace,何静,区住建局/办公室,admin,,\n"
NOTICE = "trouble"

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def minutes(bureau: Chat, number: int) -> None:
    """Let the scheduler and a worker work for some minutes."""
    for _ in range(number):
        bureau.advance(minutes=1)


def troubles(bureau: Chat) -> list[tuple[str, str]]:
    found = all_rows(bureau.services.database)["troubles"]
    return sorted((str(row["kind"]), str(row["status"])) for row in found)


def ticks(bureau: Chat, number: int) -> None:
    """Let the scheduler alone work for some minutes: no worker is there."""
    for _ in range(number):
        bureau.clock.advance(timedelta(minutes=1))
        scheduler.tick(bureau.services)


def looks(bureau: Chat, number: int) -> None:
    """Let the web process look for some minutes, and a worker work: no scheduler is there."""
    for _ in range(number):
        bureau.clock.advance(timedelta(minutes=1))
        watch.look(bureau.services)
        bureau.settle()


@on_sqlite
def test_while_all_is_well_nobody_hears_anything(bureau: Chat) -> None:
    root = bureau.phone("root")
    bureau.advance(hours=30)
    minutes(bureau, 10)
    root.says("系统状态")
    root.hears("系统正常", "还没有出过故障")
    assert troubles(bureau) == []
    bureau.nobody_hears_more()


def test_an_untrusted_address_is_told_in_front_of_the_next_answer(bureau: Chat) -> None:
    """Nothing can be pushed; what was told so is not pushed any more when it is over."""
    root = bureau.phone("root")
    minutes(bureau, 1)
    bureau.wecom.faults.distrust_ip()
    minutes(bureau, 8)
    root.hears_nothing()
    root.says("帮助")
    answer = root.hears(
        "【系统故障】企业微信不信任本机的IP地址", "127.0.0.1", "60020", "今天 10:06开始"
    )
    assert "企业可信IP" in answer.text
    assert "孙瑜您好，我是信使" in answer.text
    root.says("帮助")
    root.hears("孙瑜您好")
    root.hears_nothing()

    bureau.wecom.faults.clear()
    minutes(bureau, 8)
    root.hears("【故障解除】企业微信不信任本机的IP地址", "今天 10:06开始", "已恢复正常")
    bureau.nobody_hears_more()
    ended = {(row.stage, row.outcome) for row in rows(bureau, NOTICE)}
    assert ended == {("began", Outcome.MERGED), ("over", Outcome.SENT)}


def test_who_wrote_nothing_meanwhile_hears_once_it_can_be_pushed(bureau: Chat) -> None:
    """Two administrators: each is told once, the one in an answer, the other by a push."""
    bureau.enrol(SECOND_ADMIN)
    root, grace = bureau.phones("root", "grace")
    minutes(bureau, 1)
    bureau.wecom.faults.distrust_ip()
    minutes(bureau, 8)
    root.says("系统状态")
    root.hears("系统有1个故障", "企业微信不信任本机的IP地址", "处理：在企业微信管理后台")
    root.says("系统状态")
    root.hears("系统有1个故障")

    bureau.wecom.faults.clear()
    minutes(bureau, 2)
    grace.hears("【系统故障】企业微信不信任本机的IP地址")
    minutes(bureau, 8)
    root.hears("【故障解除】")
    grace.hears("【故障解除】")
    root.says("系统状态")
    root.hears("系统正常", "上次故障：企业微信不信任本机的IP地址", "今天 10:06开始")
    bureau.nobody_hears_more()


@on_sqlite
def test_messages_leave_soon_after_the_address_is_trusted_again(bureau: Chat) -> None:
    """The channel would rest for up to an hour; a probe shows that it need not."""
    bob = bureau.phone("bob")
    minutes(bureau, 1)
    bureau.wecom.faults.distrust_ip()
    tell(bureau, ALERT, ["出事了"], "bob")
    minutes(bureau, 30)
    bob.hears_nothing()
    bureau.wecom.faults.clear()
    minutes(bureau, 2)
    bob.hears("出事了")


@on_sqlite
def test_a_bad_secret_is_told_and_a_corrected_one_ends_it(config: Config) -> None:
    """The service starts with a secret that WeCom does not take, and again with the right one."""
    with chat(config) as bureau:
        wrong = bureau.config.wecom.model_copy(update={"secret": "misspelt"})
        services = replace(
            build_services(bureau.config.model_copy(update={"wecom": wrong})), now=bureau.clock
        )
        with running(bureau, services) as mistaken:
            minutes(mistaken, 3)
            root = bureau.phone("root")
            root.says("配额")
            root.hears("【系统故障】企业微信不认本应用的Secret或企业ID", "错误码40001")
        minutes(bureau, 7)
        bureau.phone("root").hears("【故障解除】企业微信不认本应用的Secret")
        bureau.nobody_hears_more()


@contextmanager
def running(bureau: Chat, services: Services) -> Iterator[Chat]:
    """Run scheduler and worker with other settings for a while."""
    yield replace(bureau, services=services)
    services.database.close()
    services.redis.close()


@on_sqlite
def test_a_limit_that_lasts_is_told_when_it_is_over(bureau: Chat) -> None:
    root, bob = bureau.phones("root", "bob")
    bureau.wecom.faults.refuse("message/send", 45009, times=None)
    tell(bureau, ALERT, ["一件事"], "bob")
    minutes(bureau, 8)
    assert troubles(bureau) == [(TroubleKind.LIMITED, TroubleStatus.OPEN)]
    root.says("系统状态")
    root.hears("企业微信限制了本应用的调用次数", "45009", "不用操作")
    bureau.wecom.faults.clear()
    bureau.advance(hours=1)
    minutes(bureau, 6)
    bob.hears("一件事")
    root.hears("【故障解除】企业微信限制了")
    bureau.nobody_hears_more()


@on_sqlite
@pytest.mark.parametrize("code", [301002, 48002])
def test_another_refusal_sends_the_administrator_to_the_doctor(bureau: Chat, code: int) -> None:
    root = bureau.phone("root")
    bureau.wecom.faults.refuse("message/send", code, times=None)
    tell(bureau, ALERT, ["一件事"], "bob")
    minutes(bureau, 3)
    assert troubles(bureau) == [(TroubleKind.REFUSED, TroubleStatus.OPEN)]
    root.says("系统状态")
    root.hears("企业微信拒绝了本应用的调用", str(code), "xinshi doctor")


@on_sqlite
def test_a_wecom_that_does_not_answer_is_told(bureau: Chat) -> None:
    root = bureau.phone("root")
    bureau.wecom.faults.break_down("*", status=502, times=None)
    minutes(bureau, 11)
    assert troubles(bureau) == [(TroubleKind.UNREACHABLE, TroubleStatus.OPEN)]
    root.says("系统状态")
    root.hears("连不上企业微信的接口")


@on_sqlite
def test_however_long_wecom_is_out_of_reach_what_waits_is_sent_when_it_is_back(
    bureau: Chat,
) -> None:
    root, bob = bureau.phones("root", "bob")
    minutes(bureau, 1)
    bureau.wecom.faults.break_down("*", status=502, times=None)
    tell(bureau, ALERT, ["一件事"], "bob")
    bureau.advance(hours=6)
    bob.hears_nothing()
    bureau.wecom.faults.clear()
    minutes(bureau, 2)
    bob.hears("一件事")
    root.hears("【系统故障】连不上企业微信的接口")
    minutes(bureau, 6)
    root.hears("【故障解除】连不上企业微信的接口", "持续5小时")
    bureau.nobody_hears_more()


@on_sqlite
def test_a_disk_that_is_almost_full_is_told(bureau: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    root = bureau.phone("root")
    with monkeypatch.context() as patch:
        little = SimpleNamespace(free=512 * 1024**2)
        patch.setattr(shutil, "disk_usage", lambda _place: little)
        minutes(bureau, 6)
        root.hears("【系统故障】服务器的磁盘快满了（只剩512 MiB）", "清理磁盘")
    minutes(bureau, 6)
    root.hears("【故障解除】服务器的磁盘快满了")
    bureau.nobody_hears_more()


@on_sqlite
def test_a_passing_fault_is_told_to_nobody(bureau: Chat) -> None:
    minutes(bureau, 1)
    bureau.wecom.faults.break_down("getcallbackip", status=502, times=2)
    minutes(bureau, 20)
    assert troubles(bureau) == []
    bureau.nobody_hears_more()


@on_sqlite
def test_workers_that_are_gone_are_told_to_whoever_writes(bureau: Chat) -> None:
    root, bob = bureau.phones("root", "bob")
    minutes(bureau, 1)
    tell(bureau, ALERT, ["一件事"], "bob")
    ticks(bureau, 15)
    assert troubles(bureau) == [(TroubleKind.WORKER, TroubleStatus.OPEN)]
    root.says("待审")
    root.hears("【系统故障】发送进程没有在工作", "xinshi work", "没有等您审核的稿件")

    minutes(bureau, 7)
    bob.hears("一件事")
    root.hears("【故障解除】发送进程没有在工作")
    bureau.nobody_hears_more()


@on_sqlite
def test_a_scheduler_that_is_gone_is_seen_by_the_web_process_and_pushed(bureau: Chat) -> None:
    root, alice = bureau.phones("root", "alice")
    alice.says("提醒我 1分钟后 喝水")
    alice.hears("好的")
    minutes(bureau, 1)
    alice.hears("提醒：喝水")
    looks(bureau, 8)
    root.hears("【系统故障】定时进程没有在工作", "xinshi schedule")
    minutes(bureau, 7)
    root.hears("【故障解除】定时进程没有在工作")
    bureau.nobody_hears_more()


def test_a_scheduler_that_only_says_it_works_is_found_out(bureau: Chat) -> None:
    """It leaves its sign of life and lets nothing happen; the web process sees what is late.

    From then on the monitor outside misses the heartbeat; administrators hear once, and once more.
    """
    root, alice = bureau.phones("root", "alice")
    web = create_app(bureau.services).test_client()
    minutes(bureau, 1)
    alice.says("提醒我 1分钟后 喝水")
    alice.hears("好的")
    for _ in range(6):
        vitals.scheduler_works(bureau.services.redis, bureau.clock())
        looks(bureau, 1)
    root.hears_nothing()
    assert web.get("/heartbeat").status_code == 200
    for _ in range(4):
        vitals.scheduler_works(bureau.services.redis, bureau.clock())
        looks(bureau, 1)
    root.hears("有定时任务到点没有执行（个人提醒1个，最早的应在今天 10:02）", "xinshi schedule")
    refused = web.get("/heartbeat")
    assert (refused.status_code, refused.text) == (503, "timers")
    minutes(bureau, 7)
    alice.hears("提醒：喝水")
    root.hears("【故障解除】有定时任务到点没有执行")
    assert web.get("/heartbeat").status_code == 200
    bureau.nobody_hears_more()


@on_sqlite
def test_the_web_process_calls_the_monitor_until_something_is_late(config: Config) -> None:
    calls: list[str] = []
    monitor = Flask("monitor")

    @monitor.get("/ping/abc")
    def ping() -> str:
        calls.append("beat")
        return "ok"

    with web_server(monitor) as port:
        address = f"http://127.0.0.1:{port}/ping/abc"
        troubles = config.troubles.model_copy(update={"heartbeat_url": address})
        with chat(config.model_copy(update={"troubles": troubles})) as bureau:
            heartbeat.give(bureau.services)
            assert calls == ["beat"]
            bureau.phone("alice").says("提醒我 1分钟后 喝水")
            bureau.clock.advance(timedelta(minutes=7))
            heartbeat.give(bureau.services)
            assert calls == ["beat"], "given although a timer is late"


@on_sqlite
def test_files_that_cannot_be_fetched_are_told(bureau: Chat) -> None:
    root, alice = bureau.phones("root", "alice")
    bureau.wecom.faults.break_down("media/get", times=None)
    alice.says("投稿 雨天巡查\n正文")
    alice.hears("已开始")
    alice.simulated.sends_image(picture(), "雨天.jpg")
    alice.hears("1")
    minutes(bureau, 16)
    root.hears("【系统故障】成员发来的图片和附件取不回来", "1个文件", "media_fetch_failed")
    bureau.wecom.faults.clear()
    minutes(bureau, 7)
    root.hears("【故障解除】成员发来的图片和附件取不回来")
    [attachment] = all_rows(bureau.services.database)["attachments"]
    assert attachment["sha256"]
    bureau.nobody_hears_more()


@on_sqlite
def test_the_daily_limit_is_told_before_it_is_reached_and_nobody_is_woken(config: Config) -> None:
    """Of a made-up limit of ten, eight are sent; a new day begins, which is told in the morning."""
    few = config.troubles.model_copy(update={"daily_messages": 10})
    with chat(config.model_copy(update={"troubles": few})) as bureau:
        root, bob = bureau.phones("root", "bob")
        tell(bureau, ALERT, [f"第{number}件" for number in range(8)], "bob")
        bureau.settle()
        assert len(bob.hears_all()) == 8
        minutes(bureau, 2)
        root.hears("【系统故障】今天发出的消息快到企业微信的每日上限", "已发8条，上限约10条")
        bureau.advance(hours=20)
        bureau.advance(minutes=1)
        root.hears_nothing()
        bureau.advance(hours=3)
        root.hears("【故障解除】今天发出的消息快到企业微信的每日上限")
        bureau.nobody_hears_more()


@on_sqlite
def test_a_member_who_is_no_administrator_is_told_whom_to_ask(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    ticks(bureau, 15)
    alice.says("系统状态")
    alice.hears("只有管理员可以看系统状态", "孙瑜")
    alice.says("帮助")
    assert "系统状态" not in alice.hears("王芳您好").text
    bureau.settle()
    bureau.phone("root").hears("【系统故障】发送进程没有在工作")
    bureau.nobody_hears_more()


def test_a_look_taken_twice_changes_nothing(bureau: Chat) -> None:
    ticks(bureau, 15)
    once = all_rows(bureau.services.database)
    assert len(once["troubles"]) == 1
    for _ in range(2):
        scheduler.tick(bureau.services)
        watch.look(bureau.services)
        bureau.services.redis.hdel("xinshi:vitals", "looked")
        watch.look(bureau.services)
    assert all_rows(bureau.services.database) == once


def test_processes_that_look_at_once_open_one_trouble_and_tell_once(bureau: Chat) -> None:
    """Two schedulers and a web process, each at the same moments."""
    for _ in range(15):
        bureau.clock.advance(timedelta(minutes=1))
        together(lambda: scheduler.tick(bureau.services), 3)
    assert troubles(bureau) == [(TroubleKind.WORKER, TroubleStatus.OPEN)]
    [notice] = rows(bureau, NOTICE)
    assert notice.stage == "began"


def together(act: Callable[[], object], number: int) -> None:
    gate = threading.Barrier(number)
    failed: list[BaseException] = []

    def run() -> None:
        gate.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 - shown by the test
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
