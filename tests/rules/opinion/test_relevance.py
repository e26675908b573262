"""Whose a post is, how it speaks, and whether two posts are one."""

import pytest

from handlers.rules.opinion import alike
from handlers.rules.opinion.matching import Post
from handlers.rules.opinion.numbers import places, runs
from handlers.rules.opinion.plain import plain
from handlers.rules.opinion.relevance import Ground, Relevance
from handlers.rules.opinion.risk import velocity
from handlers.rules.opinion.tone import tone
from storage.vocabulary import ItemId, UnitId

GROUND = Ground(
    {
        "本地": ["江北区", "春江花园"],
        "小区": ["金色家园"],
        "单位": ["江北区住建局", "安居建投"],
        "简称": ["友好"],
        "重名": ["城关镇"],
        "上级": ["南州市", "常州"],
        "外地": ["河西区"],
        "来源": ["江北论坛"],
    }
)


def relevance(text: str, source: str = "", *, reported: bool = False) -> Relevance:
    return GROUND.of(Post.of(text), source=source, on_topic=True, reported=reported)


@pytest.mark.parametrize(
    ("text", "source", "value"),
    [
        ("江北区一工地停工", "", 1),
        ("金 色.家園又停工了", "", 1),
        ("杭州金色家园又停工了", "", 0),
        ("南州市金色家园又停工了，杭州也有一个", "", 1),
        ("友好区一楼盘烂尾", "", 1),
        ("物业态度不友好，楼盘烂尾", "", 0.3),
        ("友好楼盘烂尾", "南州市晚报", 1),
        ("友好楼盘烂尾", "江北论坛", 1),
        ("安居建投拖欠工程款", "", 1),
        ("城关镇拖欠过渡费", "", 0.3),
        ("城关镇拖欠过渡费", "南州市晚报", 0.6),
        ("南州市一楼盘烂尾", "", 0.6),
        ("南州市河西区一楼盘烂尾", "", 0.3),
        ("河西区一楼盘烂尾", "", 0),
        ("常州一楼盘烂尾", "", 0.6),
        ("美国一公寓楼倒塌", "", 0),
        ("南京路上的楼盘烂尾，按北京时间今天", "", 0.3),
        ("日照不足，巴黎春天小区规划变更", "", 0.3),
        ("楼盘烂尾没人管", "江北论坛", 0.3),
    ],
)
def test_whose_it_is(text: str, source: str, value: float) -> None:
    assert relevance(text, source).value == value


def test_a_report_of_a_member_is_ours_unless_it_names_others_alone() -> None:
    assert relevance("楼盘烂尾没人管", reported=True).value == 1
    assert relevance("杭州一楼盘烂尾", reported=True).elsewhere
    assert relevance("春江花园和金色家园都停工").place == "金色家园"


def test_what_an_office_tells_of_an_estate_is_of_the_estate_however_long_its_own_name() -> None:
    assert relevance("江北区住建局：金色家园明日停水").place == "金色家园"
    assert relevance("江北区住建局：春江花园明日停水").place == "春江花园"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("幼儿园老师殴打儿童致重伤", 0.6, 1),
        ("派出所民警打人", 0.3, 1),
        ("防范燃气泄漏应急演练圆满结束，学校师生参加", 0, 0.05),
        ("现场未造成人员死亡，小区居民已返回", 0, 0.05),
        ("政府召开座谈会", 0, 0),
        ("农民工未领到工钱", 0.1, 1),
    ],
)
def test_harm_and_complaint_count_where_they_are_the_publics_business(
    text: str, least: float, most: float
) -> None:
    assert least <= tone(text).risk <= most


def test_what_a_meeting_tells_of_is_half_as_bad() -> None:
    assert tone("召开座谈会，有人投诉漏水").negative == tone("有人投诉漏水").negative / 2


def test_what_sells_is_an_advertisement() -> None:
    assert tone("盛大开盘 首付5万起 咨询电话见图").advert
    assert not tone("开盘三年没交房，业主维权").advert


LONG = (
    "金色家园二期原定六月三十日交房，至今工地上只有几个人，业主群里都说资金链断了，"
    "大家去住建局问了三次都没有结果"
)


def same(one: str, other: str) -> bool:
    return alike.says_the_same(alike.pairs_of(plain(one).text), alike.pairs_of(plain(other).text))


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (f"【转载】{LONG}！查看原文", True),
        (LONG[:40], True),
        (LONG.replace("资金链断了", "老板跑了"), True),
        ("金色家园二期的电梯又坏了，老人上不了楼，找物业三次都没有结果", False),
    ],
)
def test_an_edited_copy_is_told_from_another_post(other: str, *, is_same: bool) -> None:
    assert same(LONG, other) is is_same


def test_texts_that_name_different_places_are_not_one_matter() -> None:
    rarity = alike.shipped_rarity()

    def look(text: str) -> alike.Look:
        matter = alike.matter_of(alike.runs_of("", text), rarity)
        return alike.look_at(UnitId("b"), f"\n{text}", matter)

    old, new = look("金色家园停水两天没有人管"), look("翠湖花园停水两天没有人管")
    member = alike.Member(thread=ItemId(1), matter=old.matter, place="金色家园", text=old.text)
    assert alike.belongs(new.matter, "", new.text, [member]).thread == 1
    assert not alike.contradict("", new.text, "金色家园", old.text)
    assert alike.contradict("翠湖花园", new.text, "金色家园", old.text)
    assert not alike.contradict("翠湖花园二期", new.text, "翠湖花园", "翠湖花园")


def test_one_place_and_subject_are_one_matter_in_other_words_and_two_subjects_are_not() -> None:
    rarity = alike.shipped_rarity()

    def thread(text: str, other: str, place: str) -> ItemId | None:
        old, new = (
            alike.look_at(UnitId("b"), f"\n{one}", alike.matter_of(alike.runs_of("", one), rarity))
            for one in (other, text)
        )
        member = alike.Member(thread=ItemId(1), matter=old.matter, place=place, text=old.text)
        return alike.belongs(new.matter, place, new.text, [member]).thread

    stuck = "桂花苑三号楼的电梯又把人关里面了,这个月第三次"
    lift = "我婆婆昨晚困在桂花苑3栋轿厢里四十分钟,保安只会打电话"
    assert thread(lift, stuck, "桂花苑") == 1
    assert thread(lift, stuck, "桂花区") is None, "all that is heard is in the county"
    assert thread("听说桂花苑物业费要涨一倍,谁同意的", stuck, "桂花苑") is None


def test_counts_survive_being_kept() -> None:
    counted = alike.counted([("停水两天", "没人管")])
    kept = alike.Rarity(counted.documents, counted.packed())
    said, unsaid = (kept.weights[places(runs(each))] for each in ("水两", "龘囧"))
    assert kept.weights.tolist() == counted.weights.tolist()
    assert said < unsaid
    assert [n for n in range(1, 7000) if alike.counted_at(n) == n] == [
        100, 200, 400, 800, 1600, 3000, 6000
    ]  # fmt: skip


def test_what_comes_at_its_usual_pace_has_no_velocity() -> None:
    assert velocity(3, 3.0) == 0
    assert 0 < velocity(6, 1.0) < velocity(20, 1.0) == 1
