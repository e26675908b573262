"""What waits for a reviewer is found by what waits, not by all that he ever held."""

from sqlalchemy import select, text

from storage.models import ReviewHolder, ReviewTask
from storage.vocabulary import TaskStatus, UserId
from tests.harness.drafting import handed_in
from tests.harness.service import Chat


def test_a_place_waits_as_long_as_its_task_is_open(bureau: Chat) -> None:
    alice, bob, carol = bureau.phones("alice", "bob", "carol")
    for title in ("一", "二", "三", "四"):
        handed_in(bureau, title=f"消防检查{title}")
    bob.says("通过 1")
    bob.says("退回 2 缺时间")
    alice.says("撤稿 3")
    carol.says("通过 1")
    bureau.settle()
    with bureau.services.database.begin() as uow:
        rows = uow._session.execute(
            select(ReviewTask.status, ReviewHolder.waiting).join(
                ReviewHolder, ReviewHolder.task == ReviewTask.id
            )
        ).all()
    assert {status for status, _ in rows} > {TaskStatus.OPEN, TaskStatus.CANCELLED}
    assert [waiting is (status is TaskStatus.OPEN) for status, waiting in rows] == [True] * len(
        rows
    )
    bob.says("待审")
    assert "有1篇" in bob.hears("等您审核").text


def test_sqlite_finds_it_by_the_index_of_what_waits(bureau: Chat) -> None:
    """Its planner keeps no statistics: the condition has to be the index's own, word for word."""
    engine = bureau.services.database.engine
    if engine.dialect.name != "sqlite":
        return
    asked: list[str] = []
    with bureau.services.database.reading() as uow:
        connection = uow._session.connection()
        connection.connection.driver_connection.set_trace_callback(asked.append)  # type: ignore[union-attr]
        uow.reviews.waiting_for(UserId("bob"))
        uow.pages.pending(UserId("bob"), 20, 0)
        connection.connection.driver_connection.set_trace_callback(None)  # type: ignore[union-attr]
        for statement in [one for one in asked if one.startswith("SELECT")]:
            plan = connection.execute(text(f"EXPLAIN QUERY PLAN {statement}")).all()
            assert "ix_review_holders_waiting" in str(plan)
    assert asked
