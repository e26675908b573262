"""A newcomer at the page: the life of a draft by typing and clicking, at a desk and in the hand."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.demo import rehearse
from bot.simulator.transcript import read
from tests.web.conftest import Site
from tests.web.visitor import Visitor

EXAMPLE = Path("config.example.toml")
TITLE = "春季消防检查启动"


@pytest.mark.parametrize("size", ["desk", "hand"])
def test_a_newcomer_takes_a_draft_through_all_gates(
    site: Site, visit: Callable[..., Visitor], size: str, tmp_path: Path
) -> None:
    """Submit, return by card, revise, approve on three phones, be reminded, save, replay."""
    visitor = visit(size)
    fang, li, zhou, liu = (visitor.phone(name) for name in ("王芳", "李强", "周敏", "刘伟"))

    fang.says(f"投稿 {TITLE}\n区住建局检查重点场所12处。")
    fang.hears("已开始")
    fang.says("完成")
    fang.hears("已提交", "李强")

    li.presses("通过", "待您审核", TITLE)
    li.hears("已通过")
    zhou.presses("退回", "待您审核", TITLE)
    zhou.hears("理由是什么")
    zhou.says("请写明整改了几处")
    fang.hears("被办公室周敏退回", "请写明整改了几处")

    fang.says("修改 1\n区住建局检查重点场所12处，整改隐患3处。")
    fang.hears("第2稿")
    li.presses("通过", "待您审核", "整改隐患3处")
    zhou.presses("通过", "待您审核", "整改隐患3处")

    liu.hears("待您审核", TITLE)
    assert "催办审核" in visitor.page.locator("#upcoming").inner_text()
    assert "16:00催办审核\n共推送 1 条消息" in visitor.moves_clock("下一个到期")
    liu.hears("已等您审核")
    liu.presses("通过", "待您审核", TITLE)
    fang.hears("已由分管领导刘伟签发")
    visitor.shoots(tmp_path / f"{size}.png")

    said = visitor.saves_conversation(tmp_path).read_text(encoding="utf-8")
    assert "周敏(carol) [点 退回 @ 1号 待您审核]" in said
    assert rehearse(site.bureau.config, EXAMPLE, read(said), print) == []


def test_a_newcomer_follows_a_signed_draft_to_its_use(
    visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    """Free words on the way, then dispatched, proposed by its author, confirmed by the card."""
    visitor = visit("desk")
    fang, li, zhou, liu = (visitor.phone(name) for name in ("王芳", "李强", "周敏", "刘伟"))
    fang.says(f"投稿 {TITLE}\n区住建局检查重点场所12处，整改隐患3处。")
    fang.hears("已开始")
    fang.says("完成")
    li.hears("待您审核", TITLE)
    li.says("可以")
    li.hears("已通过")
    zhou.hears("待您审核", TITLE)
    zhou.says("可以")
    zhou.hears("已通过")
    liu.hears("待您审核", TITLE)
    liu.says("都过")
    fang.hears("已由分管领导刘伟签发")

    zhou.says("1号报送市政府网站")
    fang.hears("已由周敏报送市政府网站")
    fang.says("1号被市政府网站采用，今天 https://www.example.gov.cn/a/1.html")
    fang.hears("等周敏确认")
    zhou.presses("确认", "采用待确认", TITLE)
    zhou.hears("已确认")
    fang.hears("被市政府网站（市级，单篇）")
    fang.says("还差几篇")
    fang.hears("被采用1次")
    visitor.shoots(tmp_path / "adopted.png")
