"""A year of a large bureau, written straight into the tables: drafts, uses, their authors."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from bot.demo.counting import RULES
from bot.services import Services
from handlers.kit.rulefile import read_rule_file
from handlers.members.capability import import_roster, read_roster
from storage.models import Adoption, AdoptionShare, Draft
from storage.vocabulary import (
    AdoptionId,
    ChannelId,
    DraftId,
    DraftKind,
    DraftStatus,
    EntryStatus,
    Family,
    Form,
    Importance,
    Level,
    UnitId,
    UserId,
)

UNITS = 160
BUREAU = "区住建局"
_LEVELS = (Level.COUNTY, Level.CITY, Level.PROVINCE, Level.NATION)
_AT_ONCE = 5_000
_YEAR = timedelta(days=365)


def roster() -> bytes:
    """Return a bureau of 160 sections, each with an officer and its head."""
    lines = ["userid,name,unit,roles,aliases", f"office,周敏,{BUREAU}/办公室,office,"]
    for number in range(UNITS):
        unit = f"{BUREAU}/第{number:03}科"
        lines.append(f"o{number},信息员{number},{unit},officer,")
        lines.append(f"h{number},负责人{number},{unit},section_head,")
    return "\n".join(lines).encode()


def live_through(services: Services, drafts: int) -> None:
    """Fill an empty database with the bureau, its rules and a year of *drafts*, a third used."""
    with services.database.begin() as uow:
        rows, bad = read_roster(roster())
        ctx = services.context(uow)
        import_roster(ctx, rows, bad)
        bureau = uow.members.unit_at(BUREAU)
        if bureau is None:
            raise LookupError(BUREAU)
        taken = read_rule_file(RULES.encode()).tables["rule_set"]
        services.registry.rulebooks["rule_set"](ctx, bureau, taken)
        channel = {"id": "website", "name": "市政府网站", "level": Level.CITY}
        more = {"family": Family.SITE, "outward": True, "aliases": [], "active": True}
        uow.adoptions.add_channels([{**channel, **more, "bureau": bureau.id}])
        units = [unit for unit in uow.members.units_of(bureau.id) if unit.name.startswith("第")]
        whose = [(unit.id, UserId(f"o{int(unit.name[1:4])}")) for unit in units]
    written = _drafts(bureau.id, whose, drafts)
    while some := list(islice(written, _AT_ONCE)):
        used = [row for row in some if _is_used(row)]
        with Session(services.database.engine) as session, session.begin():
            session.execute(insert(Draft), some)
            if used:
                session.execute(insert(Adoption), [_use(row) for row in used])
                session.execute(insert(AdoptionShare), [_share(row) for row in used])
    with Session(services.database.engine) as session, session.begin():
        session.execute(text("ANALYZE"))


def _drafts(
    bureau: UnitId, whose: list[tuple[UnitId, UserId]], drafts: int
) -> Iterator[dict[str, Any]]:
    random = Random(20_260_921)  # noqa: S311 - the same load each time
    began = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(1, drafts + 1):
        unit, author = random.choice(whose)
        sent = began + random.random() * _YEAR
        draft = Draft(
            id=DraftId(f"d{number}"),
            bureau=bureau,
            year=2026,
            number=number,
            author=author,
            unit=unit,
            title=f"第{number}件事",
            importance=Importance.ORDINARY,
            created_at=sent,
            status=DraftStatus.DISPATCHED,
            kind=random.choice(list(DraftKind)),
            submitted_at=sent,
            signed_at=sent + timedelta(hours=5),
        )
        yield {column.key: getattr(draft, column.key) for column in Draft.__table__.columns}


def _is_used(draft: Mapping[str, Any]) -> bool:
    return int(draft["number"]) % 3 == 0


def _use(draft: Mapping[str, Any]) -> dict[str, Any]:
    day = draft["signed_at"].date()
    use = Adoption(
        id=AdoptionId(f"a{draft['number']}"),
        bureau=draft["bureau"],
        unit=draft["unit"],
        draft=draft["id"],
        channel=ChannelId("website"),
        level=_LEVELS[draft["number"] % len(_LEVELS)],
        family=Family.SITE,
        form=Form.FULL,
        flags=[],
        adopted_on=day,
        counts_in=f"{day:%Y-%m}",
        late=False,
        url="https://www.example.gov.cn/1",
        issue="",
        scan="",
        words="",
        entered_by=UserId("office"),
        entered_at=draft["signed_at"],
        status=EntryStatus.CONFIRMED,
        decided_by=UserId("office"),
        decided_at=draft["signed_at"],
    )
    return {column.key: getattr(use, column.key) for column in Adoption.__table__.columns}


def _share(draft: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "adoption": f"a{draft['number']}",
        "member": draft["author"],
        "unit": draft["unit"],
        "weight": 1,
    }
