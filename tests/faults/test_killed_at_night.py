"""A red case in the night, while every process is killed again and again: all climbs in time."""

from datetime import datetime, time, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from bot.app import build_services, create_app
from bot.clock import SimulatedClock
from bot.config import load_config
from handlers.rules.calendar import SHANGHAI, local
from storage.vocabulary import OutboxStatus
from tests.faults.callbacks import post, sealed, web_process
from tests.faults.processes import start_program, until, write_config
from tests.harness.rows import all_rows
from tests.harness.service import Chat

pytestmark = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)

LADDER = """\
[[alert_policy]]
kind = "case"
grades = ["red"]
lease = "2h"
patience = "10m"
repeat = "1d"
step = [
  { tell = "section_head", wait = "10m" },
  { tell = "office", wait = "10m" },
  { tell = "deputy", wait = "10m" },
  { tell = "principal", wait = "10m" },
]
"""
RED = "抖音直播金色家园塔吊倒塌，致3人死亡10人受伤，上百人聚集，已上全国热搜"
EACH_AT_ITS_MINUTE = [
    "02:10 alert bob",
    "02:20 alert carol",
    "02:30 alert dan",
    "04:30 alert_question dan",
    "04:40 alert eve",
]


def serve(config: Path, port: int) -> None:
    app = create_app(build_services(load_config(config)))
    make_server("127.0.0.1", port, app, threaded=True).serve_forever()


class Night:
    """A clock that only this test moves far, and the processes that live by it."""

    def __init__(self, bureau: Chat, folder: Path) -> None:
        self.bureau = bureau
        self.clock = SimulatedClock(bureau.config.storage.state / "clock")
        self.config = write_config(bureau.config, folder / "config.toml")
        self.programs: list[ForkServerProcess] = []

    def begin(self, hour: int, minute: int) -> None:
        """Let it be that time of the night, with new processes."""
        here = local(self.clock())
        wanted = datetime.combine(here.date(), time(hour, minute), SHANGHAI)
        wanted += timedelta(days=1) if wanted <= here else timedelta(0)
        self._live_on(wanted)

    def reach_next(self) -> None:
        """Let everything die, and new processes live on when the alert's clock is due."""
        self.kill()
        [alert] = alerts_of_cases(self.bureau)
        self._live_on(alert["next_at"])

    def _live_on(self, moment: datetime) -> None:
        self.clock.advance(max(moment - self.clock(), timedelta(0)))
        self.programs = [start_program(name, self.config) for name in ("work", "schedule")]

    def kill(self) -> None:
        for program in self.programs:
            program.kill()
            program.join()
        self.programs = []

    def says(self, who: str, text: str) -> None:
        """Say something to a web process that is killed as soon as it has answered."""
        with web_process(serve, self.config) as (web, url):
            post(url, *sealed(self.bureau.config, text, who))
            web.kill()
            web.join()

    def hears(self, *lines: str) -> None:
        """Wait until that was sent, each once, and not before its minute."""
        until(lambda: set(lines) <= set(self.told()), 10, f"{lines}; told were {self.told()}")

    def told(self) -> list[str]:
        """Return what was sent: with the minute that it was owed at, which it was not before."""
        found = []
        for row in all_rows(self.bureau.services.database)["outbox"]:
            if row["status"] is OutboxStatus.ENDED and row["kind"] in {"alert", "alert_question"}:
                assert row["sent_at"] >= row["due_at"]
                found.append((row["sent_at"], row["kind"], row["recipient"]))
        return [f"{self._minute(at)} {kind} {who}" for at, kind, who in sorted(found)]

    @staticmethod
    def _minute(moment: datetime) -> str:
        """Return the tenth minute that has begun: a machine may be minutes behind, never ahead."""
        here = local(moment)
        return f"{here:%H}:{here.minute // 10}0"


def test_each_step_is_told_once_at_its_time_whatever_dies(bureau: Chat, tmp_path: Path) -> None:
    assert bureau.import_rules(LADDER) == []
    night = Night(bureau, tmp_path)
    try:
        night.begin(2, 10)
        night.says("alice", RED)
        night.hears(EACH_AT_ITS_MINUTE[0])
        night.reach_next()
        night.hears(EACH_AT_ITS_MINUTE[1])
        night.reach_next()
        night.hears(EACH_AT_ITS_MINUTE[2])
        night.says("dan", "收到")
        night.reach_next()
        night.hears(EACH_AT_ITS_MINUTE[3])
        night.reach_next()
        night.hears(EACH_AT_ITS_MINUTE[4])
        night.says("eve", "收到")
    finally:
        night.kill()
    assert night.told() == EACH_AT_ITS_MINUTE
    [alert] = alerts_of_cases(bureau)
    assert (alert["status"], alert["holder"]) == ("held", "eve")


def alerts_of_cases(bureau: Chat) -> list[dict[str, Any]]:
    found = all_rows(bureau.services.database)["alerts"]
    return [row for row in found if row["kind"] == "case"]
