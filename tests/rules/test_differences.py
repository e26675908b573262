"""Differences read as an editor would mark them, and never lose or invent a character."""

import re
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.rules.differences import Kind, Run, differences, places, short_form

NUMBER = re.compile(r"[0-9０-９]+(?:[.．,，:：/\-][0-9０-９]+)*[%％‰]?")
TEXTS = st.text(alphabet="检查电梯十二处，。、\n1289.%的了", max_size=60)
BEFORE = "区住建局会同街道检查金色家园电梯18部，发现维保记录不全等问题5个，已责令三日内整改。"
AFTER = (
    "区住建局会同街道、社区和3名业主代表检查金色家园电梯18部，"
    "发现问题5个，当场整改3个，其余三日内整改。"
)


def marked(before: str, after: str) -> str:
    shapes = {Kind.SAME: "{}", Kind.GONE: "[-{}]", Kind.NEW: "[+{}]"}
    return "".join(shapes[run.kind].format(run.text) for run in differences(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("检查", "检查", "检查"),
        ("", "检查", "[+检查]"),
        ("检查", "", "[-检查]"),
        ("检查12处", "检查15处", "检查[-12][+15]处"),
        ("增长3.5%。", "增长3.8%。", "增长[-3.5%][+3.8%]。"),
        ("检查１２处", "检查１５处", "检查[-１２][+１５]处"),
        ("检查十二处", "检查十五处", "检查[-十二][+十五]处"),
        ("8:30开会", "8:45开会", "[-8:30][+8:45]开会"),
        ("发布APP。", "发布APK。", "发布[-APP][+APK]。"),
        # A sentence that came in is the sentence with its full stop, not the one before it.
        ("已整改。", "已整改。已复查。", "已整改。[+已复查。]"),
        ("甲。乙。", "甲。丙。乙。", "甲。[+丙。]乙。"),
        ("第一段\n第二段\n", "第一段\n新的段\n第二段\n", "第一段\n[+新的段\n]第二段\n"),
        # One 的 that happens to be in both is no reason to mark two halves.
        ("群众的意见很大", "居民的诉求很大", "[-群众的意见][+居民的诉求]很大"),
        (
            BEFORE,
            AFTER,
            (
                "区住建局会同街道[+、社区和3名业主代表]检查金色家园电梯18部，发现[-维保记录不全等]问题5个，"
                "[-已责令][+当场整改3个，其余]三日内整改。"
            ),
        ),
    ],
)
def test_it_is_marked_as_an_editor_would(before: str, after: str, expected: str) -> None:
    assert marked(before, after) == expected


def of(runs: tuple[Run, ...], *kinds: Kind) -> list[str]:
    return [run.text for run in runs if run.kind in kinds]


@settings(max_examples=300)
@given(TEXTS, TEXTS)
def test_both_texts_are_all_there_and_no_number_is_split(before: str, after: str) -> None:
    runs = differences(before, after)
    for text, kind in ((before, Kind.GONE), (after, Kind.NEW)):
        parts = of(runs, Kind.SAME, kind)
        assert "".join(parts) == text
        seams = set(accumulate(len(part) for part in parts))
        for number in NUMBER.finditer(text):
            assert not seams & set(range(number.start() + 1, number.end())), runs
    assert all(run.text for run in runs)
    assert all(first.kind is not second.kind for first, second in pairwise(runs))
    assert not any(
        (first.kind, second.kind) == (Kind.NEW, Kind.GONE) for first, second in pairwise(runs)
    )
    assert (places(runs) == 0) == (before == after)


@settings(max_examples=100)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_at_all_is_compared(before: str, after: str) -> None:
    runs = differences(before, after)
    assert "".join(of(runs, Kind.SAME, Kind.GONE)) == before
    assert "".join(of(runs, Kind.SAME, Kind.NEW)) == after


def test_the_short_form_shows_what_stands_around_a_change() -> None:
    assert short_form(differences(BEFORE, AFTER), 300) == (
        "区住建局会同街道[增：、社区和3名业主代表]检查金色家园电梯18部，发现[删：维保记录不全等]问题5个，"
        "[删：已责令][增：当场整改3个，其余]三日内整改。"
    )


def test_far_from_a_change_the_text_is_left_out() -> None:
    before = "甲" * 50 + "检查12处" + "乙" * 50 + "整改3个" + "丙" * 50
    after = before.replace("12", "15").replace("3个", "4个")
    assert short_form(differences(before, after), 300) == (
        "…甲甲甲甲甲甲检查[删：12][增：15]处乙乙乙乙乙乙乙…乙乙乙乙乙乙整改[删：3][增：4]个丙丙丙丙丙丙丙…"
    )


def test_what_finds_no_room_is_counted() -> None:
    before = "。".join(f"第{place}项检查{'很' * 20}好" for place in range(20))
    after = before.replace("好", "差")
    said = short_form(differences(before, after), 100)
    assert len(said) < 160
    assert said.endswith("处）")
    shown = said.count("[删：")
    assert f"（另有{20 - shown}处）" in said


def test_a_long_change_is_clipped_and_lines_stay_one() -> None:
    said = short_form(differences("", "长" * 100 + "\n"), 300)
    assert said == f"[增：{'长' * 59}…]"
    assert "↵" in short_form(differences("甲\n", "乙\n\n"), 300)


def test_nothing_changed_says_nothing() -> None:
    assert short_form(differences("一样", "一样"), 100) == ""
