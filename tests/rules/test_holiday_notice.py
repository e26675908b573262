"""The State Council's notice of days off, as it is published."""

from datetime import date

import pytest

from handlers.rules.holiday_notice import NoticeError, read_notice
from handlers.rules.official_days import OFFICIAL_DAYS

NOTICE_2026 = """\
国务院办公厅关于2026年部分节假日安排的通知
各省、自治区、直辖市人民政府：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""


def test_the_notice_says_what_the_package_knows() -> None:
    found = read_notice(NOTICE_2026)
    assert found.year == 2026
    known = {day: workday for day, workday in OFFICIAL_DAYS.items() if day.year == 2026}
    assert found.days == known


def test_a_new_year_that_begins_in_december_is_read() -> None:
    text = NOTICE_2026.replace("2026年部分", "2023年部分")
    rest = text[text.index("二、") :]
    title = "关于2023年部分节假日安排的通知\n"
    new_year = "一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。\n"
    with pytest.raises(NoticeError) as refused:
        read_notice(title + new_year + rest)
    assert "元旦" not in str(refused.value)
    assert "春节: 2023-02-15 is 周三, not 周日" in str(refused.value)


@pytest.mark.parametrize(
    ("said", "slip", "fault"),
    [
        ("至3日（周六）", "至3日（周日）", "元旦: 2026-01-03 is 周六, not 周日"),
        ("共9天", "共8天", "春节: 共8天, but 9 days are named"),
        (
            "5月9日（周六）上班",
            "5月8日上班",
            "劳动节: 2026-05-08 is to be worked and is no weekend",
        ),
        ("6月19日", "6月31日", "端午节: there is no day"),
        ("六、中秋节：9月25日（周五）至27日（周日）放假，共3天。", "", "not mentioned: 中秋"),
        (
            "4月4日（周六）至6日（周一）放假，共3天",
            "清明当天放假",
            "清明节: no day in 清明当天放假",
        ),
        ("1月4日（周日）上班", "1月3日（周六）上班", "2026-01-03 is off and worked at once"),
    ],
)
def test_what_does_not_fit_is_named(said: str, slip: str, fault: str) -> None:
    assert said in NOTICE_2026
    with pytest.raises(NoticeError) as refused:
        read_notice(NOTICE_2026.replace(said, slip))
    assert fault in str(refused.value)


def test_a_notice_without_its_title_needs_a_year() -> None:
    body = NOTICE_2026[NOTICE_2026.index("一、") :]
    with pytest.raises(NoticeError, match="no year"):
        read_notice(body)
    assert read_notice(body, 2026).days[date(2026, 10, 1)] is False
