"""What may be an emergency as well as public opinion, and what is plainly one of them."""

import pytest

from handlers.rules.incidents.either import either


@pytest.mark.parametrize(
    ("said", "may_be_either"),
    [
        ("3号楼电梯困人，有人拍了视频", True),
        ("城北工地基坑塌方，有人在传视频", True),
        ("人民路燃气管被挖断，路人在拍视频发抖音", True),
        ("金色家园有人坠楼，业主群里传开了", True),
        ("抖音有人发视频说3号楼电梯困人", False),
        ("抖音直播金色家园塔吊倒塌，致3人死亡10人受伤，已上全国热搜", False),
        ("快手上一个视频，塔吊倒了，播放30万", False),
        ("3号楼电梯困人，抖音点赞2万", False),
        ("昨天3号楼电梯困人，有人拍了视频", False),
        ("3号楼电梯困人，物业在救", True),
        ("人民路燃气泄漏", True),
        ("3号楼电梯困人 https://v.douyin.com/abc?x=1,2", True),
        ("https://v.douyin.com/abc 3号楼电梯困人", False),
        ("业主反映3号楼电梯困人", False),
        ("12345转来工单，翠湖小区燃气泄漏", False),
        ("业主拉横幅，有人拍了视频", False),
    ],
)
def test_either(said: str, may_be_either: bool) -> None:  # noqa: FBT001 - a column
    assert either(said) is may_be_either
