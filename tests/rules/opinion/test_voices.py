"""Posts in many voices: what is held back keeps its floors, and what each mended family is about.

`python -m benchmarks.opinion_voices` prints all figures.
"""

import pytest

from benchmarks.opinion_quality import on_own_set
from benchmarks.opinion_voices import halves_of_voices, heard, numbers
from handlers.rules.opinion.relevance import OWN_FIELD


def test_posts_in_many_voices_are_judged_no_worse_than_they_were() -> None:
    figures: dict[str, float] = {}
    for half in ("held back", "fresh"):
        items = [post.item for post in halves_of_voices()[half]]
        figures |= {f"{half} {name}": value for name, value in on_own_set(items, heard).items()}
    floors = {
        "held back alarm_precision": 0.95,
        "held back alarm_recall": 0.88,
        "held back topic_right": 0.83,
        "held back grade_within_one": 0.97,
        "held back own_precision": 0.96,
        "fresh alarm_precision": 0.92,
        "fresh alarm_recall": 0.68,
        "fresh risk_ap": 0.9,
    }
    assert {name: figures[name] for name, least in floors.items() if figures[name] < least} == {}


def test_the_people_in_posts_in_many_voices_are_counted() -> None:
    figures = numbers(halves_of_voices()["held back"])
    for name, value in figures.items():
        assert value >= (0.85 if name.endswith("some_right") else 0.98), name


@pytest.mark.parametrize(
    ("text", "is_ours"),
    [
        ("重庆江北区一楼盘停工两年", False),
        ("宁波市江北区老房子漏水", False),
        ("南州市江北区一楼盘停工两年", True),
        ("恒大江北区锦绣城也停工了，跟郑州一个样", True),
    ],
)
def test_a_name_right_behind_another_citys_is_that_citys(text: str, *, is_ours: bool) -> None:
    assert (heard(text).relevance.value >= OWN_FIELD) is is_ours


@pytest.mark.parametrize(
    "text",
    [
        "阳光里那块地方三年了没人弄，谁来看一眼",
        "翠湖花园的人说好周一来，到现在没影，打过去空号",
        "东苑新村改造完雨水往屋里流，不如不改",
        "在和兴苑刮了四个月大白，工头微信把我拉黑了",
        "春江村旁边要建垃圾中转站，公示都没有，全村反对",
    ],
)
def test_a_complaint_about_our_own_is_heard_in_words_that_no_topic_has(text: str) -> None:
    found = heard(text)
    assert found.alarming
    assert any("有人反映问题" in reason or "涉及" in reason for reason in found.why)


@pytest.mark.parametrize(
    "text",
    [
        "阳光里的孩子们在操场奔跑",
        "阳光里物业换上新工服",
        "翠湖花园三居出售，南北通透，拎包入住",
        "翠湖花园举办邻里节，居民都说好",
        "翠湖花园到高铁站怎么走最快",
        "谁知道滨江壹号的物业电话",
        "今天路过老街，小时候的回忆都没了",
        "停水通知：因管网检修，和兴苑明日8时至12时停水，请提前储水",
        "江北区住建局：和兴苑外墙渗漏已完成返修，业主签字确认",
    ],
)
def test_who_only_tells_or_sells_complains_of_nothing(text: str) -> None:
    assert not heard(text).alarming


def test_what_lifted_a_grade_stands_among_its_reasons() -> None:
    assert "聚集100人以上，不低于橙色" in heard("翠湖花园1200名业主围堵住建局大门").why


def test_the_tone_of_what_is_denied_weighs_half() -> None:
    found = heard("翠湖花园业主投诉电梯伤人系谣言，已辟谣")
    assert found.parts["语气"] == found.tone.negative / 2 > 0


def test_what_is_called_settled_counts_unless_somebody_says_that_it_is_not() -> None:
    settled = "翠湖花园外墙脱落已整改"
    assert not heard(settled).alarming
    assert heard(f"{settled}？昨天又掉一块").alarming
