"""Recorded conversations, played again on a fresh bureau and through the command."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.config import Server
from bot.demo import (
    LABELS,
    UNSEEN,
    ServiceClockwork,
    alike,
    next_morning,
    run_simulator,
    settle_all,
)
from bot.simulated_time import PUSH
from bot.simulator.clockwork import Happening
from bot.simulator.replay import Replay
from bot.simulator.transcript import SHANGHAI, Transcript, read
from handlers.kit.messages import Text
from handlers.rules.calendar import WorkCalendar
from handlers.rules.official_days import OFFICIAL_DAYS
from storage.vocabulary import UserId
from tests.harness.service import Chat

RECORDED = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
OFFICIAL = WorkCalendar(exceptions=OFFICIAL_DAYS)


def play(bureau: Chat, text: str) -> list[str]:
    def settle() -> None:
        settle_all(bureau.services)

    return Replay(
        world=bureau.wecom,
        clockwork=ServiceClockwork(services=bureau.services, settle=settle),
        settle=settle,
        transcript=read(text),
    ).run()


def config_of(bureau: Chat, folder: Path) -> Path:
    """Write a configuration that has the bureau's database, with a Redis that is not there."""
    wecom, storage = bureau.config.wecom, bureau.config.storage
    path = folder / "config.toml"
    path.write_text(
        f"""environment = "simulation"
[wecom]
corp_id = "{wecom.corp_id}"
agent_id = {wecom.agent_id}
secret = "{wecom.secret}"
token = "{wecom.token}"
encoding_aes_key = "{wecom.encoding_aes_key}"
[storage]
database_url = "{storage.database_url}"
redis_url = "redis://127.0.0.1:1"
media_dir = "{storage.media_dir}"
[reviews]
morning_digest = false
[quotas]
warnings = false
"""
    )
    return path


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def without_mornings(happened: Iterable[Happening]) -> list[Happening]:
    """Leave out what the clock makes up for when it is first moved: this morning's work."""
    daily = {LABELS[name] for name in ("tell_what_waits", *UNSEEN)}
    return [one for one in happened if one.what not in daily]


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_what_was_recorded_is_heard_again(bureau: Chat, path: Path) -> None:
    assert play(bureau, path.read_text(encoding="utf-8")) == []


def test_a_draft_has_another_number_and_the_rest_is_the_same(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says("投稿 别的事\n另有正文。")
    alice.says("取消")
    alice.hears_all()
    text = RECORDED[0].read_text(encoding="utf-8")
    assert play(bureau, text) == []
    assert any("2号" in heard for heard in alice.hears_all())


def test_the_command_replays_on_a_copy_and_leaves_with_what_differs(
    bureau: Chat, tmp_path: Path
) -> None:
    config, recorded = config_of(bureau, tmp_path), RECORDED[0]
    command = ["simulate", "--config", str(config), "--replay"]
    same = CliRunner().invoke(app, [*command, str(recorded)])
    assert same.exit_code == 0, same.output
    assert "everything was heard again" in same.output

    changed = tmp_path / "changed.txt"
    text = recorded.read_text(encoding="utf-8").replace("已提交1号", "收到了1号", 1)
    changed.write_text(text, encoding="utf-8")
    other = CliRunner().invoke(app, [*command, str(changed)])
    assert other.exit_code == 1
    assert "-→ 王芳(alice): 收到了1号" in other.output
    assert "+→ 王芳(alice): 已提交1号" in other.output
    with bureau.services.database.reading() as uow:
        assert not uow.drafts.of_author(UserId("alice"), 1)


def test_a_file_that_is_no_transcript_is_said_to_be_none(bureau: Chat, tmp_path: Path) -> None:
    config = config_of(bureau, tmp_path)
    told = CliRunner().invoke(app, ["simulate", "--config", str(config), "--replay", str(config)])
    assert told.exit_code == 2
    assert "第1行" in told.output


def test_everything_that_can_fall_due_has_a_name_in_words(bureau: Chat) -> None:
    """A new timer or recurring job needs a line in handlers/kit/clocks.py."""
    registry = bureau.services.registry
    kinds = {PUSH, "inbound_retry", "cron_retry", *registry.timers, *registry.cron}
    assert kinds == set(LABELS)


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-09-21T10:00", "2026-09-22T08:30"),
        ("2026-09-21T08:29", "2026-09-21T08:30"),
        ("2026-09-21T08:30", "2026-09-22T08:30"),
        ("2026-09-24T18:00", "2026-09-28T08:30"),  # over the mid-autumn days
        ("2026-09-30T12:00", "2026-10-08T08:30"),
        ("2026-10-09T18:00", "2026-10-10T08:30"),  # a Saturday on which people work
    ],
)
def test_the_next_working_morning(now: str, morning: str) -> None:
    assert next_morning(at(now), OFFICIAL) == at(morning)


@pytest.mark.parametrize(
    ("then", "now", "start"),
    [
        ("2026-06-01T10:00", "2026-06-01T09:00", "2026-06-01T10:00"),
        ("2026-06-01T10:00", "2026-06-01T10:01", "2026-06-08T10:00"),
        ("2026-06-01T10:00", "2026-06-09T10:00", "2026-06-22T10:00"),  # not into a feast
        ("2026-06-02T10:00", "2026-05-30T10:00", "2026-06-02T10:00"),
        ("2026-09-21T10:00", "2026-11-23T10:01", "2026-12-14T10:00"),  # no month ends or begins
    ],
)
def test_a_replay_begins_at_the_same_time_of_a_like_week(then: str, now: str, start: str) -> None:
    transcript = Transcript(started_at=at(then), entries=[])
    assert alike(transcript, at(now), OFFICIAL) == at(start)
    assert alike(transcript, at(now).astimezone(UTC), OFFICIAL) - at(start) == timedelta(0)


def test_the_clock_goes_to_what_is_due_and_says_what_it_was(bureau: Chat) -> None:
    def settle() -> None:
        settle_all(bureau.services)

    clockwork = ServiceClockwork(services=bureau.services, settle=settle)
    bureau.phone("alice").says("提醒我 今天15点 交稿")
    upcoming = clockwork.upcoming()
    assert upcoming
    assert upcoming.what == "个人提醒"
    assert upcoming.at == at("2026-09-21T15:00")
    assert without_mornings(clockwork.to_next_due()) == [upcoming]
    assert bureau.clock() == upcoming.at
    assert without_mornings(clockwork.to_next_morning()) == []
    assert bureau.clock() == at("2026-09-22T08:30")


def test_the_phones_show_the_same_after_another_start(bureau: Chat) -> None:
    """What `xinshi demo` and `xinshi simulate` run, twice over one state folder."""
    address = urlsplit(bureau.wecom.settings.callback_url).netloc
    config = bureau.config.model_copy(update={"server": Server(bind=address)})
    services = replace(bureau.services, config=config)
    for _ in range(2):
        with run_simulator(services, 0, services.now, print) as simulator:
            phone = simulator.world.phone("alice")
            if not phone.messages:
                phone.says("我的稿件")
            assert [one.direction for one in phone.messages] == ["out", "in"]


def test_a_push_that_waited_is_something_that_happens(bureau: Chat) -> None:
    services = bureau.services
    clockwork = ServiceClockwork(services=services, settle=lambda: settle_all(services))
    with services.database.begin() as uow:
        ctx = services.context(uow)
        later = ctx.now + timedelta(hours=1)
        said = Text(text="交稿")
        ctx.tell("personal_reminder", [UserId("alice")], said, subject="x", due_at=later)
    happened = without_mornings(clockwork.advance(timedelta(hours=2)))
    assert [one.what for one in happened] == ["发送推迟的消息"]
    bureau.phone("alice").hears("交稿")
