"""Photographs from the scene belong to the emergency; those who have it in hand hear of them."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook

from bot import media
from bot.backup.making import media_named
from bot.config import Config
from handlers.incidents.pictures import keep
from handlers.kit.asked import Upload
from storage.vocabulary import UserId
from tests.harness.databases import on_sqlite
from tests.harness.files import picture, word
from tests.harness.pages import Visitor
from tests.harness.rows import all_rows
from tests.harness.service import Chat, chat
from tests.harness.telling import leap, until

NAME = "紧急1号《人民路燃气泄漏》"
SEEN_BY = {
    "alice": 200,  # who reported it
    "bob": 200,
    "carol": 200,
    "dan": 200,
    "eve": 200,
    "mallory": 404,  # an officer of another section
    "heidi": 404,  # the head of another section
    "root": 404,
}
REPORT = "紧急信息：人民路燃气泄漏，2人受伤"


@pytest.fixture
def bureau(config: Config) -> Iterator[Chat]:
    with chat(config, pages=True) as running:
        yield running


def kept(bureau: Chat) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = all_rows(bureau.services.database)["sent_pictures"]
    return sorted(rows, key=lambda row: str(row["created_at"]))


@on_sqlite
def test_photographs_from_the_scene_are_kept_shown_told_once_and_annexed(  # noqa: PLR0915 - one talk
    bureau: Chat,
) -> None:
    """Also while the form is being asked for, and after the clock has moved on."""
    alice, bob, dan, eve, mallory = bureau.phones("alice", "bob", "dan", "eve", "mallory")
    alice.says(REPORT)
    alice.hears(f"已登记{NAME}", "还缺")
    for phone in (bob, dan, eve):
        phone.hears_all()
    alice.simulated.sends_image(picture(seed=1), "1.jpg")
    alice.hears(f"图片已放进{NAME}，现有1张")
    alice.simulated.sends_image(picture(seed=2), "2.jpg")
    alice.hears("现有2张")
    alice.says("今早9点40")
    alice.hears("发生时间：9月21日9时40分许")
    until(bureau, "2026-09-21 10:05")
    for leader in (dan, eve):
        assert "王芳2张" in leader.hears(f"{NAME}收到现场照片：").text
    alice.says("就这些")
    alice.hears("初报照现在知道的报")
    until(bureau, "2026-09-21 10:59")
    alice.hears_all()
    alice.simulated.sends_image(picture(seed=3), "3.jpg")
    alice.hears(f"图片已放进{NAME}，现有3张")
    bob.says("看紧急1")
    bob.hears(NAME, "现场照片：3张")
    bob.simulated.sends_image(picture(seed=4), "4.jpg")
    bob.hears(f"图片已放进{NAME}，现有4张")
    mallory.says("看紧急1")
    mallory.hears("没有找到紧急1号")
    mallory.simulated.sends_image(picture(seed=5), "5.jpg")
    mallory.hears("没有正在写的稿件")
    bureau.settle()
    assert all(row["sha256"] for row in kept(bureau))
    assert len(kept(bureau)) == 4
    before = all_rows(bureau.services.database)
    media.fetch_picture(bureau.services, str(kept(bureau)[0]["id"]))
    assert all_rows(bureau.services.database) == before

    address = f"/p/incidents/{kept(bureau)[0]['subject']}"
    shown = f"{address}/pictures/{kept(bureau)[0]['id']}"
    with bureau.services.database.engine.connect() as connection:
        assert {row["sha256"] for row in kept(bureau)} <= media_named(connection)
    for userid, status in SEEN_BY.items():
        with Visitor(bureau) as visitor:
            assert visitor.logs_in(userid, shown).status_code == status, userid
    with Visitor(bureau) as carol:
        page = carol.logs_in("carol", address).text
        assert "现场照片（4张）" in page
        assert page.count(f'<img src="{address}/pictures/') == 4
        assert "收到现场照片：王芳2张" in page
        image = carol.gets(shown)
        assert image.headers["Content-Type"] == "image/jpeg"
        assert "default-src 'none'" in image.headers["Content-Security-Policy"]
        assert carol.gets(f"{address}/pictures/none").status_code == 404
        paper = Document(BytesIO(carol.gets(f"{address}/0.docx").content))
        assert "附：现场照片4张" in [one.text for one in paper.paragraphs]
        assert len(paper.inline_shapes) == 4
        sheet = load_workbook(BytesIO(carol.gets("/p/incidents/2026.xlsx").content)).active
        assert sheet is not None
        assert (sheet[2][-1].value, sheet[3][-1].value) == ("现场照片", 4)


@on_sqlite
def test_what_is_no_picture_is_refused_and_what_is_gone_is_asked_for_again(bureau: Chat) -> None:
    alice = bureau.phone("alice")
    alice.says(REPORT)
    alice.hears(f"已登记{NAME}")
    alice.simulated.sends_file(word("现场情况", "已疏散。"), "现场.docx")
    alice.hears("紧急信息只收图片，不收文件")
    alice.simulated.sends_image(b"MZ\x90 no picture", "1.jpg")
    alice.hears("图片已放进", "现有1张")
    bureau.settle()
    alice.hears(f"发给{NAME}的一张图片没有收下：这个文件")
    alice.says("看紧急1")
    assert "现场照片" not in alice.hears(NAME).text
    with bureau.services.database.begin() as uow:
        ctx = bureau.services.context(uow, me=uow.members.person(UserId("alice")))
        incident = uow.incidents.latest_numbered(ctx.sender.bureau, 1)
        assert incident is not None
        keep(ctx, incident, Upload(media_id="forgotten by WeCom", filename=""))
    alice.hears(f"发给{NAME}的一张图片没能取到，请再发一次")
    assert not [path for path in bureau.services.media_dir.rglob("*") if path.is_file()]


@on_sqlite
def test_a_picture_or_link_before_it_is_said_what_happened_goes_to_what_is_registered(
    bureau: Chat,
) -> None:
    (alice,) = bureau.phones("alice")
    alice.says("有个突发情况要报紧急信息")
    alice.hears("出了什么事")
    alice.simulated.sends_image(picture(seed=1), "1.jpg")
    alice.hears("图片先收着，请一句话说出了什么事")
    alice.says("https://v.example.com/abc")
    alice.hears("链接先收着。出了什么事")
    alice.simulated.sends_image(picture(seed=2), "2.jpg")
    alice.hears("图片先收着")
    alice.says("人民路燃气泄漏，2人受伤")
    alice.hears(f"已登记{NAME}", f"图片已放进{NAME}，现有2张")
    assert [row["about"] for row in kept(bureau)] == ["incident", "incident"]
    [incident] = all_rows(bureau.services.database)["incidents"]
    assert incident["words"] == "人民路燃气泄漏，2人受伤 https://v.example.com/abc"


def test_pictures_of_what_was_never_said_are_forgotten_after_a_month(bureau: Chat) -> None:
    (alice,) = bureau.phones("alice")
    alice.says("有个突发情况要报紧急信息")
    alice.simulated.sends_image(picture(seed=1), "1.jpg")
    alice.says("取消")
    alice.hears_all()
    leap(bureau, "2026-10-20 04:00")
    assert len(kept(bureau)) == 1
    leap(bureau, "2026-10-22 04:00")
    assert kept(bureau) == []
