"""A case that hundreds of posts are about is shown, explained, merged and ended as a small one."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event, insert, select

from bot.config import Config, Server
from bot.services import Services
from handlers.cases.forms import case_on_page
from storage.models import CaseEvent, OpinionItem
from storage.queries.tables import table_of
from storage.vocabulary import CaseMove, CaseState, UserId
from tests.harness.offline import offline, saying
from tests.harness.rows import all_rows
from tests.harness.service import ROSTER

POSTS = 300
MOST = 51


def heats_up(services: Services) -> None:
    """Let the first case have hundreds of posts more, each with its line in the ledger."""
    with services.database.begin() as uow:
        session = uow._session
        item, line = table_of(OpinionItem), table_of(CaseEvent)
        [row] = session.execute(select(item).where(item.c.number == 1)).mappings()
        more = [
            {
                **row,
                "id": 1000 + one,
                "number": 1000 + one,
                "source": f"网友{one}",
                "risk": one / 100,
            }
            for one in range(POSTS)
        ]
        session.execute(insert(item), more)
        said = {
            "case": row["case_id"], "at": row["found_at"], "move": CaseMove.ADD,
            "state": CaseState.REGISTERED, "actor": UserId(""), "words": "又一条",
            "evidence": "", "minutes": None, "limit": None, "before": {}, "on_behalf_of": "",
        }  # fmt: skip
        session.execute(insert(line), [said] * POSTS)


@contextmanager
def loaded() -> Iterator[list[object]]:
    """Collect the posts and lines of ledgers that are read whole."""
    found: list[object] = []

    def note(target: object, _context: object) -> None:
        found.append(target)

    for kind in (OpinionItem, CaseEvent):
        event.listen(kind, "load", note)
    try:
        yield found
    finally:
        for kind in (OpinionItem, CaseEvent):
            event.remove(kind, "load", note)


def test_what_is_read_of_a_hot_case_does_not_grow_with_it(config: Config) -> None:
    server = Server(public_url="http://127.0.0.1:1", secret_key="k3y" * 12)
    with offline(config.model_copy(update={"server": server}), ROSTER) as services:
        say = saying(services)
        say("alice", "报舆情 翠湖小区物业收费涨价业主不满")
        say("alice", "报舆情 桂花苑电梯坏了半个月没人修")
        heats_up(services)

        def answer(member: str, words: str) -> str:
            with loaded() as found:
                said = say(member, words)
            assert len(found) <= MOST, (words, len(found))
            return said

        assert "风险" in answer("carol", "定级依据 1")
        assert "又一条" in answer("carol", "舆情 1")
        first = next(row for row in all_rows(services.database)["cases"] if row["number"] == 1)
        with loaded() as found, services.database.reading() as uow:
            page = case_on_page(
                services.context(uow, me=uow.members.person(UserId("carol"))), first["id"]
            )
        assert page is not None
        assert (page.count, len(page.items), page.items[-1].number) == (301, 50, 1299)
        assert len(found) <= 50 + 200
        assert "条目1299已从1号舆情" in answer("carol", "拆分舆情 1 条目1299")
        assert "300条来源一起转过去" in answer("carol", "合并舆情 1 2")

        def of(number: int) -> list[int]:
            rows = all_rows(services.database)
            case = next(row["id"] for row in rows["cases"] if row["number"] == number)
            return [row["number"] for row in rows["opinion_items"] if row["case_id"] == case]

        assert (len(of(1)), len(of(2))) == (0, 301)
        assert "已撤销" in answer("carol", "撤销")
        assert (len(of(1)), of(2)) == (300, [2])
        answer("carol", "专报 1")
        assert "已按误报办结" in say("carol", "误报 1 经核实是旧视频")
        assert len(all_rows(services.database)["opinion_marks"]) == 200
