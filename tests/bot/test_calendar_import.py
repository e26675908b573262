"""xinshi calendar: the notice of a year, and single days, by the administrator."""

from datetime import date
from pathlib import Path

from tests.harness.administrator import administrator
from tests.harness.databases import on_sqlite
from tests.harness.service import Chat

NOTICE = """\
国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。2月13日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假1天。
六、中秋节：9月15日（周三）放假1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。
"""


def days_of(bureau: Chat, year: int) -> dict[date, bool]:
    with bureau.services.database.begin() as uow:
        return {day: kind for day, kind in uow.timers.calendar().items() if day.year == year}


@on_sqlite
def test_a_notice_is_brought_in_and_mended_by_hand(bureau: Chat, tmp_path: Path) -> None:
    admin = administrator(bureau.config, tmp_path)
    file = tmp_path / "通知.txt"
    file.write_text(NOTICE.replace("共3天", "共4天"), "utf-8")
    refused = admin.runs("calendar", "import", str(file))
    assert (refused.code, days_of(bureau, 2027)) == (1, {})
    assert "元旦: 共4天, but 3 days are named" in refused.err

    file.write_text(NOTICE, "utf-8")
    assert "30 would change" in admin.runs("calendar", "import", str(file), "--check").err
    assert days_of(bureau, 2027) == {}
    said = admin.runs("calendar", "import", str(file)).err
    assert "2027-05-08 周六 上班" in said
    assert "2027: 27 days off, 3 working weekends; 30 changed" in said
    assert "; 0 changed" in admin.runs("calendar", "import", str(file)).err

    admin.runs("calendar", "set", "2027-12-31", "off")
    admin.runs("calendar", "set", "2027-05-08", "usual")
    said = admin.runs("calendar", "show", "2027").err
    assert "2027-12-31 周五 放假" in said
    assert "2027-05-08" not in said
