"""What a notice of a gathering says after its time."""

import pytest

from handlers.rules.gatherings import Audience, Wanted, read


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "三楼会议室 信息员培训 全体信息员",
            Wanted(place="三楼会议室", title="信息员培训", audience=Audience(officers=True)),
        ),
        (
            "年度选题会，302，各科室负责人",
            Wanted(place="302", title="年度选题会", audience=Audience(heads=True)),
        ),
        (
            "座谈会 物业科、李强",
            Wanted(place="", title="座谈会", audience=Audience(names=("物业科", "李强"))),
        ),
        (
            "礼堂 全局大会 全体人员",
            Wanted(place="礼堂", title="全局大会", audience=Audience(everybody=True)),
        ),
        (
            "通知全体信息员 到三楼会议室培训",
            Wanted(place="三楼会议室", title="培训", audience=Audience(officers=True)),
        ),
        (
            "在二楼会议室开选题会 各科室负责人参加",
            Wanted(place="二楼会议室", title="选题会", audience=Audience(heads=True)),
        ),
        ("信息员培训", None),
        ("", None),
    ],
)
def test_place_matter_and_guests_are_read(text: str, wanted: Wanted | None) -> None:
    assert read(text) == wanted
