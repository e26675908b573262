"""calendar import, set, show: which days are working days."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigPath, console, fail, opened
from bot.services import Services
from handlers.kit.context import Context
from handlers.kit.recounting import recount_clocks
from handlers.rules.calendar import WorkCalendar
from handlers.rules.holiday_notice import WEEKDAYS, NoticeError, read_notice

app = typer.Typer(name="calendar", no_args_is_help=True, help="Which days are working days.")

_KINDS = {True: "上班", False: "放假", None: "照常"}
_Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"])]


@app.command("import")
def bring_in(
    file: Path,
    config: ConfigPath = DEFAULT_CONFIG,
    year: Annotated[
        int | None, typer.Option(min=2024, max=2100, help="where the title is missing")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="only say what would change")] = False,
) -> None:
    """Bring in the State Council's notice of a year's days off: its text, as it is published."""
    try:
        notice = read_notice(file.read_text("utf-8-sig"), year)
    except OSError as error:
        raise fail(f"{file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise fail(f"{file}: save it as text in UTF-8") from error
    except NoticeError as error:
        faults = "\n".join(f"{file}: {line}" for line in str(error).splitlines())
        raise fail(f"{faults}\nnothing was taken") from error
    moved = 0
    with opened(config) as services, services.database.begin() as uow:
        known = dict(uow.timers.calendar())
        dropped = {day for day in known if day.year == notice.year and day not in notice.days}
        changes: dict[date, bool | None] = dict.fromkeys(dropped)
        changes |= {day: kind for day, kind in notice.days.items() if known.get(day) is not kind}
        if not check:
            for day, kind in changes.items():
                uow.timers.set_day(day, kind)
            if changes:
                ctx = services.context(uow)
                ctx.audit("calendar:import", str(notice.year), after={"days": len(changes)})
                moved = _recount(services, ctx, known)
    for day in sorted(changes):
        console.print(f"{_named(day)} {_KINDS[changes[day]]}", markup=False)
    off = sum(not workday for workday in notice.days.values())
    done = "would change" if check else "changed"
    console.print(
        f"{notice.year}: {off} days off, {len(notice.days) - off} working weekends; "
        f"{len(changes)} {done}",
        markup=False,
    )
    _say_moved(moved)


@app.command("set")
def change(
    day: _Day, kind: Literal["off", "work", "usual"], config: ConfigPath = DEFAULT_CONFIG
) -> None:
    """Say what a DAY is: off, work, or usual (as its weekday says)."""
    moved = 0
    with opened(config) as services, services.database.begin() as uow:
        known = dict(uow.timers.calendar())
        before = known.get(day.date())
        after = {"off": False, "work": True, "usual": None}[kind]
        if before is not after:
            uow.timers.set_day(day.date(), after)
            ctx = services.context(uow)
            ctx.audit(
                "calendar:set",
                day.date().isoformat(),
                before={"workday": before},
                after={"workday": after},
            )
            moved = _recount(services, ctx, known)
    console.print(f"{_named(day.date())} {kind}", markup=False)
    _say_moved(moved)


@app.command("show")
def show(
    year: Annotated[int, typer.Argument(min=2024, max=2100)],
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """List the days of YEAR that differ from Monday-to-Friday."""
    with opened(config) as services, services.database.reading() as uow:
        days = uow.timers.calendar()
    for day in sorted(day for day in days if day.year == year):
        console.print(f"{_named(day)} {_KINDS[days[day]]}", markup=False)
    if not WorkCalendar(exceptions=days).knows(year):
        console.print(f"the notice for {year} is not in: `xinshi calendar import FILE`")


def _recount(services: Services, ctx: Context, known: Mapping[date, bool]) -> int:
    before = ctx.around.calendar_of(known)
    return recount_clocks(ctx, services.registry.counted.keys(), before)


def _say_moved(moved: int) -> None:
    if moved:
        console.print(f"{moved} clocks were set anew")


def _named(day: date) -> str:
    return f"{day} 周{WEEKDAYS[day.weekday()]}"
