"""The machine's proof on short texts that we wrote and labelled, traps among them.

`pytest -s tests/rules/test_proof.py -k measured` prints precision and recall for each kind.
"""

import csv
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.drafts.lists import shipped
from handlers.rules.proof import Finding, Found, Item, Leader, Lists, proof
from storage.vocabulary import DraftKind

TODAY = date(2026, 9, 21)  # a Monday
LEADERS = (
    Leader(name="黄建国", titles=("党组书记", "局长")),
    Leader(name="刘伟", titles=("党组成员", "副局长")),
)
LISTS = Lists(leaders=LEADERS, slips=shipped("slips"), sensitive=shipped("sensitive"))


def item(title: str, body: str, kind: str = "dynamic", today: date = TODAY) -> Item:
    return Item(
        title=title,
        body=body,
        kind=DraftKind(kind),
        today=today,
        is_workday=lambda day: day.weekday() < 5,
    )


def labelled() -> list[tuple[Item, Counter[str]]]:
    with Path(__file__).with_name("proof_items.tsv").open(encoding="utf-8") as lines:
        return [
            (
                item(row["title"], row["body"], row["kind"]),
                Counter(row["expected"].split()) - Counter("-"),
            )
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def codes(found: list[Found]) -> Counter[str]:
    return Counter(one.code.name.lower() for one in found)


ITEMS = labelled()


@pytest.mark.parametrize(("given_item", "expected"), ITEMS)
def test_what_is_found(given_item: Item, expected: Counter[str]) -> None:
    found = proof(given_item, LISTS)
    assert codes(found) == expected, found


def test_measured() -> None:
    """At least 60 texts, every kind among them, none missed and none found in vain."""
    assert len(ITEMS) >= 60
    hits, said, wanted = Counter[str](), Counter[str](), Counter[str]()
    for given_item, expected in ITEMS:
        found = codes(proof(given_item, LISTS))
        said += found
        wanted += expected
        hits += found & expected
    unmeasured = {Finding.TOO_LONG, Finding.TOO_SHORT}  # counted, not judged: below
    assert {code.name.lower() for code in Finding if code not in unmeasured} <= set(wanted)
    print(f"\n{'kind':22}{'precision':>10}{'recall':>8}{'texts':>7}")  # noqa: T201 - the figures
    for code in sorted(wanted | said):
        precision = hits[code] / said[code] if said[code] else 1.0
        print(  # noqa: T201 - the figures
            f"{code:22}{precision:10.2f}{hits[code] / max(wanted[code], 1):8.2f}{wanted[code]:7}"
        )
    assert hits.total() / said.total() >= 0.95
    assert hits.total() / wanted.total() >= 0.95


@pytest.mark.parametrize(
    ("title", "body", "code", "words", "instead"),
    [
        ("检查", "区住建局布署检查。", Finding.SLIP, "布署", "部署"),
        (
            "检查",
            "副局长黄建国到场。",
            Finding.LEADER_TITLE,
            "副局长黄建国",
            "党组书记、局长黄建国",
        ),
        (
            "检查",
            "黄建国局长、刘伟主任到场。",
            Finding.LEADER_TITLE,
            "刘伟主任",
            "党组成员、副局长刘伟",
        ),
        ("检查", "隐患23处，其中甲18处、乙2处。", Finding.SUM, "23处", "20处"),
        ("检查", "隐患20处，已整改18处，整改率95%。", Finding.RATE, "整改率95%", "90%"),
        ("检查12家企业", "检查企业13家。", Finding.DIFFERS, "12家", "13家"),
        ("检查", "9月21日（周二）检查。", Finding.WEEKDAY, "9月21日（周二）", "星期一"),
    ],
)
def test_where_it_stands_and_what_should(
    title: str, body: str, code: Finding, words: str, instead: str
) -> None:
    [found] = [one for one in proof(item(title, body), LISTS) if one.code is code]
    assert (found.words, found.instead) == (words, instead)
    text = title if found.in_title else body
    assert words in text[found.start : found.end]


def test_the_length_of_its_kind() -> None:
    lists = Lists(lengths={DraftKind.DYNAMIC: (10, 20), DraftKind.RESEARCH: (100, 0)})

    def said(body: str, kind: str = "dynamic") -> set[str]:
        found = codes(proof(item("检查", body, kind), lists))
        return {code for code in found if code.startswith("too")}

    assert said("长" * 9) == {"too_short"}
    assert said("长 " * 10) == set()
    assert said("长" * 21) == {"too_long"}
    assert said("长" * 21, "research") == {"too_short"}
    assert said("长" * 9999, "research") == set()
    assert said("长", "problem") == set()


def test_the_turn_of_the_year() -> None:
    january = date(2027, 1, 4)
    late = proof(item("检查", "12月25日，检查企业12家。", today=january), LISTS)
    assert "stale" in codes(late)
    fresh = proof(item("检查", "12月31日，检查企业12家。", today=january), LISTS)
    assert "stale" in codes(fresh)
    day_before = proof(item("检查", "1月3日，检查企业12家。", today=january), LISTS)
    assert "stale" not in codes(day_before)


def test_without_lists_nobody_is_named() -> None:
    found = proof(item("检查", "9月21日，副局长黄建国布署检查。"), Lists())
    assert not {one.code.group for one in found} & {"leader", "slip", "sensitive"}


def pieces() -> Iterator[str]:
    yield from (
        "9月21日",
        "，",
        "。",
        "共",
        "其中",
        "12家",
        "1,200户",
        "黄建国",
        "局长",
        "“",
        "》",
        "\n",
        "整改率5%",
    )
    yield from (
        "2月30日（周三）",
        "布署",
        "的的",
        "近日",
        "将",
        "，，",
        "99999999999999999999处",
        "13月41日",
    )


@given(st.lists(st.sampled_from(list(pieces())) | st.text(max_size=3), max_size=40).map("".join))
def test_any_text_has_findings_with_places_in_it(text: str) -> None:
    for one in proof(item(text[:20], text), LISTS):
        whole = text[:20] if one.in_title else text
        assert 0 <= one.start <= one.end <= len(whole)
        assert Found.read(one.write()) == one


def test_a_long_text_takes_no_time() -> None:
    """Fifty thousand characters, most of them numbers, marks and names."""
    body = (
        "9月21日，局长黄建国、副局长刘伟在幸福小区检查企业12家、商户8家，共20家，其中甲18家、乙2家。"
        * 1000
    )
    began = time.process_time()
    proof(item("检查", body), LISTS)
    assert time.process_time() - began < 3
