"""A case that is no section's yet: any deputy is told, and reminded, as the one in charge is."""

import pytest

from tests.harness.databases import on_sqlite
from tests.harness.service import Chat
from tests.harness.telling import until

pytestmark = on_sqlite


@pytest.mark.parametrize(
    ("words", "grade", "late"),
    [
        ("抖音视频 青山小区燃气泄漏爆炸 2人死亡", "橙色", "2026-09-21 11:00"),
        ("抖音有人发视频说金色家园烂尾 点赞2万", "黄色", "2026-09-21 17:31"),
    ],
)
def test_deputies_hear_of_it_at_once_and_of_what_is_late(
    bureau: Chat, words: str, grade: str, late: str
) -> None:
    """The audiences of domain-rules §6.4: from yellow on the deputy."""
    carol, dan, eve = bureau.phones("carol", "dan", "eve")
    carol.says(f"报舆情 {words}")
    assert "刘伟" in carol.hears("已登记1号舆情", grade).text
    dan.hears(f"{grade}警报 01")
    dan.says("收到")
    dan.hears_all()
    eve.hears_all()
    until(bureau, late)
    dan.hears("1号舆情", "定级已超时")
