"""A second look at posts by their meaning: shown beside the first, and whoever may say is asked."""

import threading
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete

from bot.embedding.looking import Looker, loop
from bot.embedding.model import load
from handlers.opinion.second_look import WINDOW
from storage.models import OpinionVector
from tests.harness.databases import on_sqlite
from tests.harness.finding import found
from tests.harness.rows import all_rows
from tests.harness.service import Chat

DEARER = "桂花苑物业费从一块二涨到两块五，没有开过业主大会"
DOUBLED = "没经过我们同意桂花苑的物业就张贴告示说要涨价，翻了一倍还多呢"


def posted(bureau: Chat, *words: str) -> None:
    """Let a machine find posts of a forum, each at its own address."""
    for each in words:
        found(bureau, each, source="论坛", url=each[:4])


def looked_at(bureau: Chat) -> dict[int, int | None]:
    rows = all_rows(bureau.services.database)["opinion_vectors"]
    return {row["item"]: row["kin"] for row in rows}


def test_the_same_matter_in_other_words_is_suggested_and_a_person_merges(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    alice.says(f"报舆情 {DEARER}")
    alice.hears("已登记1号舆情")
    alice.says(f"报舆情 {DOUBLED}")
    alice.hears("已登记2号舆情")
    carol.hears_all()
    carol.says("定级依据 2")
    assert "语义" not in carol.hears("2号舆情").text
    before = all_rows(bureau.services.database)

    looker = Looker(bureau.services, load())
    assert (looker.round(), looker.round()) == (2, 0)
    assert looked_at(bureau) == {1: None, 2: 1}
    after = all_rows(bureau.services.database)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"opinion_vectors", "case_doubts", "outbox"}
    carol.hears("2号舆情《没经过我们同意", "可能与1号舆情《桂花苑物业费", "不是同一件事 2 1")

    carol.says("定级依据 2")
    carol.hears(
        "语义复核：",
        "占30%），只作参考，不改级别",
        "疑似同一事件：条目1《桂花苑物业费从一块二涨到两块五，没有开过业主大会》（1号舆情），相似",
        "是同一件事，发送 合并舆情 2 1",
    )
    carol.says("合并舆情 2 1")
    carol.hears("1号舆情")
    carol.says("条目2")
    assert "疑似同一事件" not in carol.hears("语义复核").text
    Looker(bureau.services, load()).round()
    assert looked_at(bureau) == {1: None, 2: 1}, "a process that starts anew does nothing twice"


@on_sqlite
def test_what_somebody_told_apart_is_not_likened_again(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    alice.says(f"报舆情 {DEARER}")
    alice.says(f"报舆情 {DOUBLED}")
    carol.hears_all()
    carol.says("不是同一件事 1 2")
    carol.hears("不再问")
    Looker(bureau.services, load()).round()
    assert looked_at(bureau) == {1: None, 2: 1}
    carol.hears_nothing()
    carol.says("定级依据 2")
    assert "疑似同一事件" not in carol.hears("语义复核").text


@on_sqlite
def test_what_is_in_no_case_may_belong_to_that_of_its_kin(bureau: Chat) -> None:
    alice, carol = bureau.phones("alice", "carol")
    alice.says(f"报舆情 {DEARER}")
    alice.hears("已登记1号舆情")
    posted(bureau, DOUBLED, "篮球比赛昨晚结束，三中夺冠", DOUBLED)
    Looker(bureau.services, load()).round()
    assert looked_at(bureau) == {1: None, 2: 1}, "what is not ours and copies are left out"
    rows = all_rows(bureau.services.database)
    (case,) = rows["cases"]
    assert [row["perhaps"] for row in rows["opinion_items"]][1] == case["id"]
    carol.hears_all()
    carol.says("条目2")
    carol.hears(
        "疑似同一事件：条目1《桂花苑物业费从一块二涨到两块五，没有开过业主大会》（1号舆情），相似"
    )


@on_sqlite
def test_vectors_are_forgotten_with_the_days_that_posts_are_compared_within(bureau: Chat) -> None:
    posted(bureau, DEARER)
    looker = Looker(bureau.services, load())
    looker.round()
    bureau.clock.advance(WINDOW + timedelta(days=1))
    posted(bureau, DOUBLED)
    assert looker.round() == 1
    assert looked_at(bureau) == {2: None}


@on_sqlite
def test_what_another_transaction_committed_late_is_not_left_out(bureau: Chat) -> None:
    posted(bureau, DEARER)
    looker = Looker(bureau.services, load())
    looker.round()
    looker.round()
    with bureau.services.database.begin() as uow:
        uow._session.execute(delete(OpinionVector))
    assert looker.round() == 1


@on_sqlite
def test_a_round_that_fails_is_logged_and_taken_again(bureau: Chat) -> None:
    posted(bureau, DEARER)
    stop, embed, asked = threading.Event(), load(), []

    def stumbling(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        asked.append(texts)
        if len(asked) == 1:
            raise MemoryError
        stop.set()
        return embed(texts)

    patience = threading.Timer(60, stop.set)
    patience.start()
    loop(Looker(bureau.services, stumbling), stop, 0.0)
    patience.cancel()
    assert asked == [[DEARER], [DEARER]]
    assert looked_at(bureau) == {1: None}
