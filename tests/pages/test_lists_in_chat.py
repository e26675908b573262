"""Lists in the chat fit into one message with the link to their page, whatever the titles are."""

import pytest

from tests.harness.drafting import handed_in
from tests.harness.pages import link_in
from tests.harness.service import Chat

LONGEST = "关于" + "进一步" * 31 + "加强的通报"  # 100 characters
MESSAGE_BYTES = 2048


@pytest.mark.parametrize(("userid", "said"), [("alice", "我的稿件"), ("bob", "待审")])
def test_the_longest_titles_leave_room_for_the_link(bureau: Chat, userid: str, said: str) -> None:
    assert len(LONGEST) == 100
    for _ in range(7):
        handed_in(bureau, title=LONGEST)
    phone = bureau.phone(userid)
    phone.hears_all()
    seen: set[str] = set()
    while len(seen) < 7:
        phone.says("下一页" if seen else said)
        (page,) = phone.hears_all()
        assert len(page.encode()) <= MESSAGE_BYTES
        assert link_in(page)
        numbers = {line.partition("号")[0] for line in page.split("\n") if "号《" in line}
        assert numbers
        assert not numbers & seen
        seen |= numbers
