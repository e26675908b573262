"""看板, 通报 on a page: everybody sees his own, the office changes and releases what it read."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.config import Config
from tests.harness.databases import on_sqlite
from tests.harness.pages import Visitor, hidden, link_in
from tests.harness.service import Chat, chat
from tests.harness.telling import until
from tests.scenarios.test_notices import september, words_of

pytestmark = on_sqlite


@pytest.fixture
def bureau(config: Config) -> Iterator[Chat]:
    with chat(config, pages=True) as running:
        yield running


def test_a_notice_is_changed_and_released_on_its_page(bureau: Chat) -> None:
    september(bureau)
    alice, carol = bureau.phones("alice", "carol")
    until(bureau, "2026-10-06 08:40")
    address = link_in(carol.hears("已起草").text)
    with Visitor(bureau) as office, Visitor(bureau) as officer:
        page = office.logs_in("carol", address)
        path = page.url.path.partition("?")[0]
        fields = {name: hidden(page.text, name) for name in ("csrf_token", "act", "version")}
        assert "（草稿，未发布）" in page.text
        assert officer.logs_in("alice", path).status_code == 404
        texts = {"good": "", "problems": "", "next": "围绕<冬季供暖>做好选题。"}
        saved = office.follows(office.posts(path, **fields, **texts, what="save"))
        assert "已保存2026年9月通报的补充段落（第2稿）" in saved.text
        assert "围绕&lt;冬季供暖&gt;做好选题。" in saved.text

        old = {**fields, "act": "1" * 32, "agreed": "1"}
        late = office.follows(office.posts(path, **old, **texts, what="release"))
        assert "在您确认前已有第2稿，没有发布" in late.text
        now = {name: hidden(late.text, name) for name in ("csrf_token", "act", "version")}
        unsure = office.posts(path, **now, **texts, what="release")
        assert (unsure.status_code, "请先勾选" in unsure.text) == (422, True)
        sure = {**now, "act": "2" * 32, "agreed": "1"}
        done = office.follows(office.posts(path, **sure, **texts, what="release"))
        assert "已发布2026年9月通报" in done.text
        assert 'name="agreed"' not in done.text
        alice.hears("【通报】")
        read = officer.gets(path)
        assert "关于2026年9月信息宣传工作情况的通报" in read.text
        assert "围绕<冬季供暖>做好选题。" in words_of(officer.gets(f"{path}.docx").content)
        assert officer.posts(path, **sure, what="save").status_code in {400, 404}


def test_dashboards_show_each_what_he_may_see(bureau: Chat) -> None:
    september(bureau)
    with Visitor(bureau) as office:
        page = office.logs_in("carol", "/p/bureau/2026-09")
        assert "考核表 Excel" in page.text
        assert page.text.count("<svg") == 3
        assert " style=" not in page.text
        for part in ("9月报送1条、采用1条", "差1条", "13.5"):
            assert part in page.text, part
        book = load_workbook(BytesIO(office.gets("/p/assessments/2026-Q3.xlsx").content))
        assert book.sheetnames[0] == "考核得分"
        for nothing in ("/p/bureau/2027-01", "/p/bureau/nine", "/p/assessments/2026-Q3.pdf"):
            assert office.gets(nothing).status_code == 404
        unit = page.text.partition("/p/units/")[2].partition("/")[0]
    with Visitor(bureau) as officer:
        own = officer.logs_in("alice", "/p/bureau/2026-09")
        assert "物业科2026年9月" in own.text
        for part in ("9月得分13.5分", "稿件1：市政府网站采用（单篇），8分", "各月报送与采用"):
            assert part in own.text, part
        assert "考核表" not in own.text
        assert officer.gets("/p/assessments/2026-09.docx").status_code == 404
        assert "稿件1" in words_of(officer.gets(f"{own.url.path}.docx").content)
    with Visitor(bureau) as stranger:
        assert stranger.logs_in("mallory", f"/p/units/{unit}/2026-09").status_code == 404
        assert stranger.gets(f"/p/units/{unit}/2026-09.docx").status_code == 404
    with Visitor(bureau) as deputy:
        seen = deputy.logs_in("dan", "/p/bureau/2026-09")
        assert "物业科" in seen.text
        assert "考核表" not in seen.text, "he is in charge of two sections, not of all"
        assert "名次" not in seen.text
