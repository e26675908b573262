"""The channels' CSV: one table for a bureau, taken as a whole or not at all."""

import csv
import io
from collections.abc import Sequence

from handlers.adoptions.channels import ChannelRow, default_channels, row_of
from handlers.kit.context import Context
from storage.vocabulary import UnitId

COLUMNS = ("name", "level", "family", "outward", "aliases")


class ChannelsError(Exception):
    """The table cannot be taken; the message names each line at fault."""


def read_channels(content: bytes) -> Sequence[ChannelRow]:
    """Read a table of channels.

    Raises:
        ChannelsError: it is no UTF-8 CSV, columns are missing, or lines are at fault.
    """
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True)
        missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
        if missing:
            raise ChannelsError(f"missing columns: {', '.join(missing)}")
        lines = [(reader.line_num, cells) for cells in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise ChannelsError(f"no CSV in UTF-8: {error}") from error
    good: dict[str, ChannelRow] = {}
    faults: list[str] = []
    for number, cells in lines:
        try:
            row = row_of({column: cells[column] or "" for column in COLUMNS})
        except ValueError as error:
            faults.append(f"line {number}: {error}")
            continue
        if row.name in good:
            faults.append(f"line {number}: {row.name} is there twice")
        good[row.name] = row
    if faults:
        raise ChannelsError("\n".join(faults))
    return list(good.values())


def import_channels(ctx: Context, bureau: UnitId, rows: Sequence[ChannelRow]) -> tuple[int, int]:
    """Make the bureau's channels what the rows say; return how many are new and how many changed.

    A channel that no row names stays in the register but is not offered any more.
    """
    had = {channel.name: channel for channel in ctx.uow.adoptions.channels(bureau)}
    fresh = [row for row in rows if row.name not in had]
    ctx.uow.adoptions.add_channels(
        [{"id": ctx.new_id(), "bureau": bureau, "active": True, **row.values()} for row in fresh]
    )
    wanted = {row.name: row for row in rows}
    changed = 0
    for name, channel in had.items():
        row = wanted.get(name)
        now = row.values() if row is not None else {}
        before = (channel.active, *(getattr(channel, key) for key in now))
        channel.active = row is not None
        for key, value in now.items():
            setattr(channel, key, value)
        changed += before != (channel.active, *now.values())
    ctx.audit(
        "channels:import",
        bureau,
        after={"names": sorted(wanted), "new": len(fresh), "changed": changed},
    )
    return len(fresh), changed


def written(rows: Sequence[ChannelRow]) -> str:
    """Return rows as the CSV that `read_channels` reads."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        outward = "yes" if row.outward else "no"
        writer.writerow([row.name, row.level, row.family, outward, "|".join(row.aliases)])
    return file.getvalue()


def exported(ctx: Context, bureau: UnitId) -> str:
    """Return a bureau's channels as CSV; the defaults, if it has none yet."""
    rows = [
        ChannelRow(
            name=channel.name,
            level=channel.level,
            family=channel.family,
            outward=channel.outward,
            aliases=tuple(channel.aliases),
        )
        for channel in ctx.uow.adoptions.channels(bureau)
        if channel.active
    ]
    return written(rows or default_channels())
