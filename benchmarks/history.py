"""Years of a large bureau, written straight into the tables: drafts, uses, their authors."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.demo.counting import RULES
from bot.services import Services
from handlers.kit.rulefile import read_rule_file
from handlers.members.capability import import_roster, read_roster
from storage.models import Adoption, AdoptionShare, Draft
from storage.models.base import Base
from storage.queries.tables import table_of
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
MOST_A_YEAR = 60_000
"""What all sections write in a year at most; more drafts than that are those of years before."""

LAST_YEAR = 2026
_LEVELS = (Level.COUNTY, Level.CITY, Level.PROVINCE, Level.NATION)
_AT_ONCE = 20_000
_FILLED = [table_of(model) for model in (Draft, Adoption, AdoptionShare)]
_YEAR = timedelta(days=365)


def roster() -> bytes:
    """Return a bureau of 160 sections, each with an officer and its head."""
    lines = ["userid,name,unit,roles,aliases", f"office,周敏,{BUREAU}/办公室,office,"]
    for number in range(UNITS):
        unit = f"{BUREAU}/第{number:03}科"
        lines.append(f"o{number},信息员{number},{unit},officer,")
        lines.append(f"h{number},负责人{number},{unit},section_head,")
    return "\n".join(lines).encode()


def live_through(services: Services, drafts: int, *, in_one_year: bool = False) -> None:
    """Fill an empty database with the bureau, its rules and *drafts*, a third of them used."""
    with services.database.begin() as uow:
        rows, bad = read_roster(roster())
        ctx = services.context(uow)
        import_roster(ctx, rows, bad)
        bureau = uow.members.unit_at(BUREAU)
        if bureau is None:
            raise LookupError(BUREAU)
        rules = RULES.replace("{since}", f"{LAST_YEAR}-01-01")
        taken = read_rule_file(rules.encode()).tables["rule_set"]
        services.registry.rulebooks["rule_set"](ctx, bureau, taken)
        channel = {"id": "website", "name": "市政府网站", "level": Level.CITY}
        more = {"family": Family.SITE, "outward": True, "aliases": [], "active": True}
        uow.adoptions.add_channels([{**channel, **more, "bureau": bureau.id}])
        units = [unit for unit in uow.members.units_of(bureau.id) if unit.name.startswith("第")]
        whose = [(unit.id, UserId(f"o{int(unit.name[1:4])}")) for unit in units]
    written = _drafts(bureau.id, whose, drafts, in_one_year=in_one_year)
    indexes = [index for table in _FILLED for index in table.indexes]
    with services.database.engine.begin() as connection:
        for index in indexes:
            index.drop(connection)
    while some := list(islice(written, _AT_ONCE)):
        used = [row for row in some if _is_used(row)]
        bulk(services.database.engine, Draft, some)
        bulk(services.database.engine, Adoption, [_use(row) for row in used])
        bulk(services.database.engine, AdoptionShare, [_share(row) for row in used])
    with services.database.engine.begin() as connection:
        for index in indexes:
            index.create(connection)
        connection.execute(text("ANALYZE"))


def bulk(engine: Engine, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Write *rows*, which have the same columns, by COPY or executemany, past SQLAlchemy."""
    if not rows:
        return
    columns = [table_of(model).c[name] for name in rows[0]]
    kinds = [column.type.dialect_impl(engine.dialect) for column in columns]
    bound = [kind.bind_processor(engine.dialect) for kind in kinds]
    names = ", ".join(column.name for column in columns)
    values = [
        tuple(
            bind(value) if bind else value for bind, value in zip(bound, row.values(), strict=True)
        )
        for row in rows
    ]
    into = f"{model.__tablename__} ({names})"
    raw = engine.raw_connection()
    cursor = raw.cursor()
    if engine.dialect.name == "sqlite":
        cursor.execute("PRAGMA cache_size = -1000000")
        cursor.execute("PRAGMA foreign_keys = OFF")
        marks = ", ".join("?" * len(columns))
        cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", values)  # noqa: S608 - our own names
    else:
        with cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for value in values:
                copy.write_row(value)
    raw.commit()
    raw.invalidate()


def _drafts(
    bureau: UnitId, whose: list[tuple[UnitId, UserId]], drafts: int, *, in_one_year: bool
) -> Iterator[dict[str, Any]]:
    """Yield drafts, the latest year's first; as many as a large bureau writes for each year."""
    random = Random(20_260_921)  # noqa: S311 - the same load each time
    a_year = drafts if in_one_year else min(drafts, MOST_A_YEAR)
    sample = Draft(
        id=DraftId(""),
        bureau=bureau,
        year=LAST_YEAR,
        number=0,
        author=UserId(""),
        unit=bureau,
        title="",
        importance=Importance.ORDINARY,
        created_at=datetime(LAST_YEAR, 1, 1, tzinfo=UTC),
        status=DraftStatus.DISPATCHED,
        kind=DraftKind.DYNAMIC,
    )
    alike = {column.key: getattr(sample, column.key) for column in Draft.__table__.columns}
    kinds = list(DraftKind)
    for count in range(drafts):
        year, number = LAST_YEAR - count // a_year, count % a_year + 1
        unit, author = random.choice(whose)
        sent = datetime(year, 1, 1, tzinfo=UTC) + random.random() * _YEAR
        yield alike | {
            "id": f"d{year}-{number}",
            "year": year,
            "number": number,
            "author": author,
            "unit": unit,
            "title": f"第{number}件事",
            "created_at": sent,
            "kind": random.choice(kinds),
            "submitted_at": sent,
            "signed_at": sent + timedelta(hours=5),
        }


def _is_used(draft: Mapping[str, Any]) -> bool:
    return int(draft["number"]) % 3 == 0


def _use(draft: Mapping[str, Any]) -> dict[str, Any]:
    day = draft["signed_at"].date()
    sample = _sample_use(draft["bureau"])
    return sample | {
        "id": _use_id(draft),
        "unit": draft["unit"],
        "draft": draft["id"],
        "level": _LEVELS[draft["number"] % len(_LEVELS)],
        "adopted_on": day,
        "counts_in": f"{day:%Y-%m}",
        "entered_at": draft["signed_at"],
        "decided_at": draft["signed_at"],
    }


@cache
def _sample_use(bureau: UnitId) -> dict[str, Any]:
    use = Adoption(
        id=AdoptionId(""),
        bureau=bureau,
        unit=bureau,
        draft=DraftId(""),
        channel=ChannelId("website"),
        level=Level.CITY,
        family=Family.SITE,
        form=Form.FULL,
        flags=[],
        adopted_on=date(LAST_YEAR, 1, 1),
        counts_in="",
        late=False,
        url="https://www.example.gov.cn/1",
        issue="",
        scan="",
        words="",
        entered_by=UserId("office"),
        entered_at=datetime(LAST_YEAR, 1, 1, tzinfo=UTC),
        status=EntryStatus.CONFIRMED,
        decided_by=UserId("office"),
        decided_at=datetime(LAST_YEAR, 1, 1, tzinfo=UTC),
    )
    return {column.key: getattr(use, column.key) for column in Adoption.__table__.columns}


def _use_id(draft: Mapping[str, Any]) -> str:
    return f"a{draft['year']}-{draft['number']}"


def _share(draft: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "adoption": _use_id(draft),
        "member": draft["author"],
        "unit": draft["unit"],
        "weight": 1,
    }
