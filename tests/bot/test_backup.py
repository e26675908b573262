"""xinshi backup and restore: what comes back is what was there, or nothing at all."""

import gzip
import hashlib
import io
import json
import shutil
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.backup import BackupError, back_up, restore
from bot.backup.rows import dump, parents_first, reader_of, tables
from bot.backup.snapshot import snapshot
from bot.config import Config
from bot.media import path_of
from handlers.rules.official_days import OFFICIAL_DAYS
from storage.models import Unit
from storage.unit_of_work import open_database
from storage.vocabulary import NOBODY
from tests.harness.administrator import Administrator, administrator
from tests.harness.databases import Sqlite
from tests.harness.files import picture
from tests.harness.rows import Rows, all_rows, counts
from tests.harness.servers import PostgreSQL
from tests.harness.service import Chat, chat, settings

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
PICTURE = picture()
NOW = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)

Fresh = Callable[[str], Config]


def live(bureau: Chat) -> None:
    """Give a bureau drafts, a picture, decisions, a delegation, timers and an outbox."""
    alice, bob = bureau.phones("alice", "bob")
    with bureau.services.database.begin() as uow:
        uow.timers.fill_calendar(OFFICIAL_DAYS)
    alice.says("投稿 燃气检查\n第一稿")
    alice.simulated.sends_image(PICTURE, "现场.jpg")
    alice.says("完成")
    number = alice.hears("已提交").draft_no
    bureau.delegate("dan", "eve", days=2)
    bob.hears("待您审核").says(f"退回 {number} 写具体些")
    alice.says(f"修改 {number}\n第二稿 “引号” \u2028 emoji 😀")
    alice.says("投稿 还没写完")
    bureau.settle()
    bob.says("提醒我 明天9点 看稿")


@pytest.fixture
def lived(bureau: Chat) -> Chat:
    """A bureau with something of everything."""
    live(bureau)
    return bureau


@pytest.fixture(scope="module")
def archive(
    sqlite_copies: Sqlite, redis_socket: Path, tmp_path_factory: pytest.TempPathFactory
) -> bytes:
    """The backup of a bureau that is gone."""
    folder = tmp_path_factory.mktemp("gone")
    shutil.copy(sqlite_copies.migrated(), folder / "xinshi.db")
    with chat(settings(f"sqlite:///{folder / 'xinshi.db'}", redis_socket, folder)) as bureau:
        live(bureau)
        bureau.services.redis.flushall()
        admin = administrator(bureau.config, folder)
        back_up(bureau.config, admin.path, folder / "a.tar.gz", NOW)
    return (folder / "a.tar.gz").read_bytes()


@pytest.fixture
def source(archive: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "a.tar.gz"
    path.write_bytes(archive)
    return path


@pytest.fixture
def admin(lived: Chat, tmp_path: Path) -> Administrator:
    return administrator(lived.config, tmp_path)


@pytest.fixture
def fresh(redis_socket: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Fresh]:
    """Give a configuration of an empty place, with a database of the kind that is asked for."""
    open_places: list[AbstractContextManager[str] | None] = []

    def place(kind: str) -> Config:
        folder = tmp_path / f"place{len(open_places)}"
        url = f"sqlite:///{folder / 'new' / 'xinshi.db'}"
        manager = None
        if kind == "postgresql":
            server: PostgreSQL = request.getfixturevalue("postgresql")
            manager = server.fresh()
            url = manager.__enter__()
        open_places.append(manager)
        return settings(url, redis_socket, folder)

    yield place
    for manager in filter(None, open_places):
        manager.__exit__(None, None, None)


def rows_in(config: Config) -> Rows:
    database = open_database(config.storage.database_url)
    try:
        return all_rows(database)
    finally:
        database.close()


def is_untouched(config: Config) -> bool:
    storage = config.storage
    path = Path(storage.database_url.removeprefix("sqlite:///"))
    return not path.exists() and not storage.media_dir.exists()


def members_of(source: Path) -> dict[str, bytes]:
    with tarfile.open(source, "r:gz") as tar:
        files = [(entry.name, tar.extractfile(entry)) for entry in tar]
        return {name: file.read() for name, file in files if file}


def rewritten(source: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """Return a copy of a backup whose members have been changed."""
    members = members_of(source)
    change(members)
    target = source.with_name("changed.tar.gz")
    with tarfile.open(target, "w:gz") as tar:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return target


# --- there and back


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_everything_comes_back_in_either_database(
    lived: Chat, admin: Administrator, fresh: Fresh, tmp_path: Path, kind: str
) -> None:
    before = all_rows(lived.services.database)
    source = tmp_path / "a.tar.gz"
    back_up(lived.config, admin.path, source, NOW)
    for table in ("drafts", "attachments", "review_decisions", "delegations", "timers", "outbox"):
        assert before[table], table
    place = fresh(kind)
    restored = restore(place, source)
    assert rows_in(place) == before
    assert restored.manifest.tables == {table: len(rows) for table, rows in before.items()}
    assert restored.lost == ()
    (sha256,) = {row["sha256"] for row in before["attachments"]}
    assert path_of(place.storage.media_dir, sha256).read_bytes() == PICTURE


def test_from_sqlite_to_postgresql_and_back_nothing_changes(
    source: Path, fresh: Fresh, tmp_path: Path
) -> None:
    first, there, back = fresh("sqlite"), fresh("postgresql"), fresh("sqlite")
    restore(first, source)
    restore(there, source)
    again = tmp_path / "b.tar.gz"
    back_up(there, administrator(there, tmp_path).path, again, NOW)
    restore(back, again)
    assert rows_in(first) == rows_in(there) == rows_in(back)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_audit_survives_and_goes_on(source: Path, fresh: Fresh, kind: str) -> None:
    place = fresh(kind)
    restore(place, source)
    before = rows_in(place)["audit_entries"]
    database = open_database(place.storage.database_url)
    with database.begin() as uow:
        entry: dict[str, Any] = {"tag": "t:t", "subject": "s", "before": {}, "after": {}}
        people = {"actor": NOBODY, "on_behalf_of": NOBODY}
        uow.ledger.audit({"at": NOW, "inbound": "", **people, **entry})
    assert [row["id"] for row in all_rows(database)["audit_entries"]][-1] == before[-1]["id"] + 1
    with pytest.raises(DBAPIError), database.begin() as uow:
        uow._session.execute(text("UPDATE audit_entries SET tag = 'x'"))
    database.close()


@contextmanager
def writing_goes_on(lived: Chat) -> Iterator[list[str]]:
    """Let a thread hand in drafts, and yield the answers that it gets once there are three."""
    stop, some = threading.Event(), threading.Event()
    answers: list[str] = []

    def write() -> None:
        mallory = lived.phone("mallory")
        while not stop.is_set():
            mallory.says(f"投稿 稿{len(answers)}\n正文")
            mallory.simulated.sends_image(picture(seed=len(answers)), "a.jpg")
            mallory.says("完成")
            answers.append(mallory.received()[-1].text)
            if len(answers) > 2:
                some.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert some.wait(60)
        yield answers
    finally:
        stop.set()
        writer.join()


def test_a_backup_under_load_hangs_together(
    lived: Chat, admin: Administrator, fresh: Fresh, tmp_path: Path
) -> None:
    with writing_goes_on(lived) as answers:
        made = back_up(lived.config, admin.path, tmp_path / "a.tar.gz", NOW)
        count = len(answers)
    assert all("已提交" in answer for answer in answers)
    place = fresh("sqlite")
    restore(place, tmp_path / "a.tar.gz")
    found, now = rows_in(place), all_rows(lived.services.database)
    assert counts(found) == {name: n for name, n in made.manifest.tables.items() if n}
    assert 3 <= len(found["drafts"]) - 2 <= count + 1
    assert found["audit_entries"] == now["audit_entries"][: len(found["audit_entries"])]
    submitted = {row["id"] for row in found["drafts"] if row["status"] == "in_review"}
    assert submitted == {row["draft"] for row in found["review_tasks"] if row["status"] == "open"}


def test_a_snapshot_stands_still_and_holds_nobody_up(lived: Chat) -> None:
    drafts = next(table for table in tables() if table.name == "drafts")
    with snapshot(lived.config.storage.database_url) as connection:
        before = dump(connection, drafts, io.BytesIO())
        lived.phone("mallory").says("投稿 在备份时写的")
        assert "在备份时写的" in lived.phone("mallory").received()[-1].text
        assert dump(connection, drafts, io.BytesIO()) == before
        with pytest.raises(DBAPIError):
            connection.execute(text("DELETE FROM timers"))
    assert len(all_rows(lived.services.database)["drafts"]) == before + 1


# --- what is refused


@on_sqlite
def test_a_database_with_rows_is_left_alone(bureau: Chat, source: Path) -> None:
    before = all_rows(bureau.services.database)
    with pytest.raises(BackupError, match=r"not empty.*members"):
        restore(bureau.config, source)
    assert all_rows(bureau.services.database) == before


@pytest.mark.parametrize("where", [0.0, 0.01, 0.3, 0.6, 0.9, 0.999])
def test_a_damaged_backup_is_refused_and_nothing_is_written(
    source: Path, fresh: Fresh, where: float
) -> None:
    content = bytearray(source.read_bytes())
    content[int(len(content) * where)] ^= 0x55
    source.write_bytes(content)
    place = fresh("sqlite")
    with pytest.raises(BackupError, match=r"a\.tar\.gz"):
        restore(place, source)
    assert is_untouched(place)


@pytest.mark.parametrize("where", [0.0, 0.3, 0.9, 0.99])
def test_a_backup_cut_short_is_refused(source: Path, fresh: Fresh, where: float) -> None:
    content = source.read_bytes()
    source.write_bytes(content[: int(len(content) * where)])
    place = fresh("sqlite")
    with pytest.raises(BackupError, match=r"a\.tar\.gz"):
        restore(place, source)
    assert is_untouched(place)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/evil",
        "/etc/passwd",
        "media/../../evil",
        "tables/../config.toml",
        "media/" + "0" * 63,
        "extra.txt",
    ],
)
def test_a_member_that_does_not_belong_there_is_refused(
    source: Path, fresh: Fresh, name: str
) -> None:
    place = fresh("sqlite")
    evil = rewritten(source, lambda members: members.update({name: b"evil"}))
    with pytest.raises(BackupError, match="does not belong in a backup"):
        restore(place, evil)
    assert is_untouched(place)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_a_link_or_folder_is_refused(tmp_path: Path, fresh: Fresh, kind: bytes) -> None:
    evil = tmp_path / "evil.tar.gz"
    with tarfile.open(evil, "w:gz") as tar:
        entry = tarfile.TarInfo("config.toml")
        entry.type, entry.linkname = kind, "/etc/passwd"
        tar.addfile(entry)
    place = fresh("sqlite")
    with pytest.raises(BackupError, match="does not belong"):
        restore(place, evil)
    assert is_untouched(place)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda members: members.pop("manifest.json"), "no manifest"),
        (lambda members: members.update({"manifest.json": b"{}"}), "manifest cannot be read"),
        (lambda members: members.pop("tables/drafts.jsonl"), "tables/drafts"),
        (lambda members: members.update({"tables/drafts.jsonl": b""}), "tables/drafts"),
        (lambda members: members.update({"media/" + "0" * 64: b"x"}), "media/0000"),
    ],
    ids=["no manifest", "empty manifest", "table gone", "table changed", "file more"],
)
def test_what_the_manifest_does_not_say_is_refused(
    source: Path, fresh: Fresh, change: Callable[[dict[str, bytes]], object], said: str
) -> None:
    place = fresh("sqlite")
    with pytest.raises(BackupError, match=said):
        restore(place, rewritten(source, change))
    assert is_untouched(place)


def test_a_member_twice_is_refused(source: Path, fresh: Fresh) -> None:
    plain = gzip.decompress(source.read_bytes())
    twice = source.with_name("twice.tar.gz")
    end = len(plain.rstrip(b"\0")) // 512 * 512 + 512
    twice.write_bytes(gzip.compress(plain[:end] + plain))
    with pytest.raises(BackupError, match="in it twice"):
        restore(fresh("sqlite"), twice)


def forged(**changes: Any) -> Callable[[dict[str, bytes]], object]:
    def change(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"]) | changes
        members["manifest.json"] = json.dumps(manifest).encode()

    return change


def test_a_backup_of_another_schema_names_the_version_to_use(source: Path, fresh: Fresh) -> None:
    other = rewritten(source, forged(version="9.8.7", revision="9999"))
    place = fresh("sqlite")
    with pytest.raises(BackupError, match=r"install version 9\.8\.7, restore with it"):
        restore(place, other)
    assert is_untouched(place)


def test_other_counts_than_the_manifest_says_undo_everything(source: Path, fresh: Fresh) -> None:
    told = json.loads(members_of(source)["manifest.json"])["tables"]
    other = rewritten(source, forged(tables={**told, "drafts": told["drafts"] + 1}))
    place = fresh("sqlite")
    with pytest.raises(BackupError, match="drafts"):
        restore(place, other)
    assert counts(rows_in(place)) == {}
    restore(place, source)


def test_without_a_place_for_the_configuration_nothing_is_restored(
    source: Path, fresh: Fresh, tmp_path: Path
) -> None:
    """It would be said that nothing was, and the next try would find the database in use."""
    place = fresh("sqlite")
    with pytest.raises(BackupError, match="No such file"):
        restore(place, source, tmp_path / "nowhere" / "config.toml")
    assert is_untouched(place)


def test_a_restore_that_fails_leaves_no_configuration(
    source: Path, fresh: Fresh, tmp_path: Path
) -> None:
    told = json.loads(members_of(source)["manifest.json"])["tables"]
    other = rewritten(source, forged(tables={**told, "drafts": told["drafts"] + 1}))
    with pytest.raises(BackupError, match="drafts"):
        restore(fresh("sqlite"), other, tmp_path / "config.restored.toml")
    assert not (tmp_path / "config.restored.toml").exists()


def test_the_restored_database_is_for_its_owner_only(source: Path, fresh: Fresh) -> None:
    place = fresh("sqlite")
    restore(place, source)
    path = Path(place.storage.database_url.removeprefix("sqlite:///"))
    assert not path.stat().st_mode & 0o077


def test_a_line_that_is_no_row_undoes_everything(source: Path, fresh: Fresh) -> None:
    def change(members: dict[str, bytes]) -> None:
        name = "tables/drafts.jsonl"
        members[name] += b'{"id": 1}\n'
        manifest = json.loads(members["manifest.json"])
        manifest["members"][name] = hashlib.sha256(members[name]).hexdigest()
        members["manifest.json"] = json.dumps(manifest).encode()

    place = fresh("sqlite")
    with pytest.raises(BackupError, match="no row of drafts"):
        restore(place, rewritten(source, change))
    assert counts(rows_in(place)) == {}


@on_sqlite
def test_an_old_schema_is_not_backed_up(bureau: Chat, tmp_path: Path) -> None:
    admin = administrator(bureau.config, tmp_path)
    with bureau.services.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(BackupError, match="the version that was used so far"):
        back_up(bureau.config, admin.path, tmp_path / "a.tar.gz", NOW)
    assert not list(tmp_path.glob("*.tar.gz")) + list(tmp_path.glob(".xinshi-backup-*"))


# --- files


@on_sqlite
def test_a_file_that_is_missing_or_damaged_is_named(
    lived: Chat, admin: Administrator, fresh: Fresh, tmp_path: Path
) -> None:
    (row,) = all_rows(lived.services.database)["attachments"]
    stored = path_of(lived.services.media_dir, row["sha256"])
    stored.write_bytes(b"damaged")
    made = back_up(lived.config, admin.path, tmp_path / "damaged.tar.gz", NOW)
    assert made.lost == (row["sha256"],)
    stored.unlink()
    said = admin.runs("backup", str(tmp_path / "a.tar.gz"))
    assert (said.code, row["sha256"] in said.err) == (0, True)
    place = fresh("sqlite")
    assert restore(place, tmp_path / "a.tar.gz").lost == (row["sha256"],)


def test_a_damaged_file_is_replaced_by_the_one_in_the_backup(source: Path, fresh: Fresh) -> None:
    place = fresh("sqlite")
    there = path_of(place.storage.media_dir, hashlib.sha256(PICTURE).hexdigest())
    there.parent.mkdir(parents=True)
    there.write_bytes(b"damaged")
    restore(place, source)
    assert there.read_bytes() == PICTURE


# --- the commands


@on_sqlite
def test_the_commands_make_a_private_file_and_bring_it_back(
    lived: Chat, admin: Administrator, fresh: Fresh, tmp_path: Path
) -> None:
    (tmp_path / "agent-secret").write_text(lived.config.wecom.secret)
    del admin.sections["wecom"]["secret"]
    admin.sets(wecom={"secret_file": "agent-secret"})
    file = tmp_path / "backups" / "a.tar.gz"
    said = admin.runs("backup", str(file))
    assert (said.code, "No such file" in said.err) == (1, True)
    file.parent.mkdir()
    said = admin.runs("backup", str(file))
    assert said.code == 0, said.err
    assert "wecom.secret_file" in said.err
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["a.tar.gz"]
    again = admin.runs("backup", str(file))
    assert (again.code, "never replaces another" in again.err) == (1, True)

    configured = admin.path.read_bytes()
    place = fresh("sqlite").storage
    admin.sets(storage={"database_url": place.database_url, "media_dir": str(place.media_dir)})
    said = admin.runs("restore", str(file), "--with-config")
    assert said.code == 0, said.err
    assert "drafts: 2" in said.err
    written = file.with_name("config.restored.toml")
    assert written.read_bytes() == configured
    assert written.stat().st_mode & 0o777 == 0o600

    said = admin.runs("restore", str(file))
    assert (said.code, "not empty" in said.err) == (1, True)


def test_a_file_that_is_no_backup_is_refused_by_the_command(
    redis_socket: Path, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'xinshi.db'}"
    admin = administrator(settings(url, redis_socket, tmp_path), tmp_path)
    for path, content in {"none.tar.gz": None, "text.tar.gz": b"hello", "zero.tar.gz": b""}.items():
        if content is not None:
            (tmp_path / path).write_bytes(content)
        said = admin.runs("restore", str(tmp_path / path))
        assert (said.code, "nothing was restored" in said.err) == (1, True)
        assert path in said.err


# --- rows


@given(st.permutations([("a", None), ("b", "a"), ("c", "b"), ("d", "a"), ("e", "e")]))
def test_a_table_that_refers_to_itself_is_written_parents_first(
    pairs: list[tuple[str, str | None]],
) -> None:
    rows = [{"id": one, "parent": parent, "bureau": one} for one, parent in pairs]
    order = [row["id"] for row in parents_first(_table(Unit), rows)]
    assert sorted(order) == ["a", "b", "c", "d", "e"]
    assert order.index("a") < order.index("b") < order.index("c")
    assert order.index("a") < order.index("d")


def test_rows_in_a_circle_are_refused() -> None:
    rows = [{"id": one, "parent": other, "bureau": one} for one, other in ("ab", "ba")]
    with pytest.raises(BackupError, match="circle"):
        list(parents_first(_table(Unit), rows))


def _table(model: type[Unit]) -> Any:
    return model.__table__


def test_every_type_of_column_can_be_read_again() -> None:
    """A new table with a type that JSON lacks shows up here, not in a restore drill."""
    for table in tables():
        for column in table.columns:
            assert reader_of(column)(None) is None
