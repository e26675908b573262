"""The questions that the board and the reports of public opinion ask, of both databases."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from storage.models import Briefing, Unit
from storage.unit_of_work import open_database
from storage.vocabulary import (
    BriefingId,
    BriefingKind,
    BriefingStatus,
    CaseId,
    UnitId,
    UnitKind,
    UserId,
)

BUREAU, CASE = UnitId("bureau"), CaseId("case")
NOW = datetime(2026, 9, 21, 2, 0, tzinfo=UTC)
DAY = date(2026, 9, 21)


def report(name: str, number: int, **more: Any) -> Briefing:
    facts: dict[str, Any] = {
        "id": BriefingId(name), "bureau": BUREAU, "kind": BriefingKind.SPECIAL, "subject": CASE,
        "number": number, "day": DAY, "begins_at": NOW, "ends_at": NOW, "due_at": NOW,
        "content": {}, "fresh": 0, "duty": [], **more,
    }  # fmt: skip
    return Briefing(**facts)


def test_reports_are_found_by_case_by_kind_and_by_who_released_them(database_url: str) -> None:
    database = open_database(database_url)
    with database.begin() as uow:
        unit = Unit(
            id=BUREAU, bureau=BUREAU, name="甲局", path="甲局", kind=UnitKind.BUREAU, parent=None
        )
        uow.members.add_unit(unit)
        uow.briefings.add(report("first", 1))
        released: dict[str, Any] = {"released_by": UserId("lena"), "released_at": NOW}
        uow.briefings.add(report("second", 2, status=BriefingStatus.RELEASED, **released))
        uow.briefings.add(report("week", 0, kind=BriefingKind.WEEKLY, subject=""))
        assert [one.id for one in uow.briefings.of_case(CASE)] == ["second", "first"]
        for member, since, found in (
            ("lena", NOW, "second"),
            ("lena", NOW + timedelta(minutes=1), None),
            ("carol", NOW, None),
        ):
            last = uow.briefings.released_by(BUREAU, UserId(member), since)
            assert (last and last.id) == found
        week = uow.briefings.of_day(BUREAU, DAY, BriefingKind.WEEKLY)
        assert week is not None
        assert uow.briefings.of_day(BUREAU, DAY) is None
        assert uow.briefings.latest(BUREAU, before=DAY, kind=BriefingKind.WEEKLY) is None
        kinds = [BriefingKind.SPECIAL]
        assert len(uow.briefings.lately(BUREAU, 5, sent=False, kinds=kinds)) == 2
        assert uow.briefings.lately(BUREAU, 5, sent=True, kinds=kinds) == []
        assert not uow.briefings.began_before(BUREAU, NOW)
        assert uow.briefings.steps(BUREAU, NOW, NOW) == []
        assert uow.opinion.spread([CASE], NOW) == {CASE: []}
        assert uow.opinion.platforms([CASE], NOW, NOW) == {}
    database.close()
