"""为什么是橙色: the suggestion is explained; a case that is named is shown and not taken."""

import pytest

from tests.harness.service import Chat


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_grade_is_explained_and_a_named_case_is_only_shown(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    alice.says("抖音有人发视频说金色家园烂尾 点赞2万")
    alice.hears("已登记1号舆情")
    bob.hears("黄色警报 01")
    bob.says("1号舆情")
    bob.hears("1号舆情《金色家园烂尾》，已登记，待定级", "签收：今天 11:00前")
    bob.says("为什么是黄色")
    bob.hears(
        "1号舆情《金色家园烂尾》建议黄色（较大）。\n依据：涉及烂尾断供+3，热度2万+2\n风险",
        "严重程度",
        "还没有人定级，机器的建议不算数",
    )
    carol.says("舆情")
    carol.hears("在办舆情1起", "1号【黄】金色家园烂尾，已登记，待定级")
    carol.says("定级 1 黄色")
    carol.hears("已定为黄色")
    carol.says("1号舆情为什么是黄色")
    carol.hears("周敏定为黄色（较大）")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_of_several_cases_the_one_that_is_named_or_chosen_is_explained(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    for words in ("金色家园烂尾 点赞2万", "翠湖花园停水两天没人管"):
        alice.says(f"报舆情 {words}")
        alice.hears("已登记")
    carol.hears_all()
    carol.says("定级依据 2")
    carol.hears("2号舆情《翠湖花园停水两天没人管》建议")
    carol.says("在办舆情")
    carol.hears("在办舆情2起")
    carol.says("定级依据")
    carol.hears("有2起，是哪一起？")
    carol.says("2")
    carol.hears("2号舆情《翠湖花园停水两天没人管》建议")
