"""The shelf's index means the same on both databases, whatever is asked."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from storage.models import Draft, Member, Unit
from storage.queries.library import Search
from storage.queries.wordindex import normal, runs_of
from storage.unit_of_work import Database, open_database
from storage.vocabulary import DraftId, DraftKind, Importance, UnitId, UnitKind, UserId

NOW = datetime(2026, 9, 21, 2, tzinfo=UTC)
BUREAU = UnitId("bureau")
SHELF = (
    ("电梯", "既有住宅加装电梯12部。"),
    ("燃气", "电梯间张贴燃气安全提示"),
    ("物业", "电力、梯子都已检查。ＬＥＤ灯1024盏；DROP TABLE library_items"),
    ("征收", "𠮷祥小区（生僻字：𠮷祥）征收补偿"),
)

HOSTILE = (
    "\"电梯\" OR '燃", "NEAR(电 梯)", "a' | b & !c:*", "words:电梯*", "\x00电", "%_\\",
    "电" * 30_000,
)  # fmt: skip


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = open_database(database_url)
    with opened.begin() as uow:
        uow._session.add(
            Unit(
                id=BUREAU,
                bureau=BUREAU,
                name="甲局",
                path="甲局",
                parent=None,
                kind=UnitKind.BUREAU,
            )
        )
        uow._session.flush()
        uow._session.add(
            Member(userid=UserId("a"), name="甲", unit=BUREAU, bureau=BUREAU, aliases=[])
        )
        uow._session.flush()
        for number, (title, _) in enumerate(SHELF, 1):
            uow._session.add(drafted(number, title))
        uow._session.flush()
        uow.library.put([row(number, *texts) for number, texts in enumerate(SHELF, 1)])
    yield opened
    opened.close()


def drafted(number: int, title: str) -> Draft:
    return Draft(
        id=DraftId(f"d{number}"),
        bureau=BUREAU,
        year=2026,
        number=number,
        author=UserId("a"),
        unit=BUREAU,
        title=title,
        importance=Importance.ORDINARY,
        created_at=NOW,
    )


def row(number: int, title: str, body: str) -> dict[str, object]:
    return {
        "draft": f"d{number}",
        "bureau": BUREAU,
        "kind": DraftKind.DYNAMIC,
        "used_on": date(2026, 9, number),
        "remarked": False,
        "title": title,
        "title_words": normal(title),
        "body_words": normal(body),
    }


def numbers(database: Database, said: str, limit: int = 9, offset: int = 0) -> list[int]:
    wanted = Search(runs=tuple(runs_of(said)))
    with database.begin() as uow:
        return [one.number for one in uow.library.search(BUREAU, wanted, limit, offset)]


def test_a_text_is_found_by_what_stands_in_it_and_by_nothing_else(database: Database) -> None:
    assert numbers(database, "") == [4, 3, 2, 1]
    assert numbers(database, "电梯") == [1, 2]  # that in the title first, though it is older
    assert numbers(database, "电梯", 1, 1) == [2]
    assert numbers(database, "梯") == [1, 3, 2]
    assert numbers(database, "加装电梯12部") == [1]
    assert numbers(database, "装电加梯") == []  # all its pairs but in another order
    assert numbers(database, "部") == [1]  # the last of a run begins no pair
    assert numbers(database, "电梯 燃气") == [2]
    assert numbers(database, "led") == [3]
    assert numbers(database, "024") == [3]
    assert numbers(database, "𠮷祥小") == [4]
    assert numbers(database, "𠮷") == [4]
    assert numbers(database, "征") == [4]


def test_a_query_is_only_ever_words(database: Database) -> None:
    for hostile in HOSTILE:
        numbers(database, hostile)
    assert numbers(database, "电梯") == [1, 2]


def test_what_changes_or_goes_leaves_nothing_in_the_index(database: Database) -> None:
    with database.begin() as uow:
        uow.library.put([row(1, "锅炉", "锅炉检查")])
        uow.library.remove([DraftId("d2"), DraftId("d2"), DraftId("none")])
    assert numbers(database, "电梯") == []
    assert numbers(database, "锅炉") == [1]
    assert numbers(database, "") == [4, 3, 1]
