"""members sync: bring the members in line with who is within the app's range in WeCom."""

import csv
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Annotated

import typer

from bot.channel.client import WeComClient
from bot.channel.port import ChannelError
from bot.cli.common import DEFAULT_CONFIG, ConfigPath, console, fail, opened
from bot.contacts import api_settings, found_one_by_one, listed
from bot.doctor.refusals import in_words
from bot.services import Services
from handlers.members.capability import SyncPlan, apply_sync, compare, is_drastic, known_members
from handlers.members.roster import COLUMNS
from storage.models import Unit
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import UserId

app = typer.Typer()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    add: bool
    unit: str
    dry_run: bool
    force: bool


@app.command("sync")
def sync_members(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report only.")] = False,
    add: Annotated[
        bool, typer.Option("--add", help="Take in who is new, without any role.")
    ] = False,
    unit: Annotated[
        str, typer.Option(help="Where --add puts them; by default the only bureau.")
    ] = "",
    force: Annotated[
        bool, typer.Option("--force", help="Even if nobody, or less than half, would be left.")
    ] = False,
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Compare the members with the app's range in WeCom. Roles stay as they are.

    Who left the range becomes inactive, who is back active again, changed names are taken over. Who
    is new is listed as CSV on standard output, to be completed and imported.
    """
    wishes = Wishes(add=add, unit=unit, dry_run=dry_run, force=force)
    with opened(config) as services:
        plan = _plan(services, wishes)
        with services.database.begin() as uow:
            home = _home(uow, wishes)
            _report(uow, plan)
            if not dry_run:
                apply_sync(services.context(uow), plan, home if add else None)
    if not add:
        _list_unknown(plan.unknown, home.path if home else "")
    if dry_run:
        console.print("nothing was changed: this was a dry run")


def _plan(services: Services, wishes: Wishes) -> SyncPlan:
    """Ask WeCom, with no transaction open, and compare; refuse what looks like a mishap."""
    try:
        contacts = listed(services.channel)
        if not contacts and not wishes.force:
            raise fail("WeCom lists nobody within the app's range; see to 可见范围, or use --force")
        with services.database.begin() as uow:
            known = known_members(services.context(uow), contacts)
        missing = compare(known, contacts).departed
        with closing(WeComClient(api_settings(services.config.wecom), services.redis)) as client:
            contacts |= found_one_by_one(client, missing)
    except ChannelError as error:
        raise fail(f"WeCom does not tell who is within range: {in_words(error)}") from error
    plan = compare(known, contacts)
    if is_drastic(plan, known) and not wishes.force:
        raise fail(
            f"{len(plan.departed)} of {sum(one.active for one in known)} members would become "
            "inactive; if 可见范围 is right, use --force"
        )
    return plan


def _home(uow: UnitOfWork, wishes: Wishes) -> Unit | None:
    """Return the unit for who is new: the one that is named, or the only bureau."""
    if wishes.unit:
        if unit := uow.members.unit_at(wishes.unit):
            return unit
        raise fail(f"no such unit: {wishes.unit}")
    bureaus = {member.bureau for member, _ in uow.members.everybody()}
    if len(bureaus) == 1:
        return uow.members.unit(bureaus.pop())
    if wishes.add:
        raise fail(f"there are {len(bureaus)} bureaus: name the unit for new members with --unit")
    return None


def _report(uow: UnitOfWork, plan: SyncPlan) -> None:
    for userid in plan.departed:
        console.print(f"left the range, inactive: {_described(uow, userid)}", markup=False)
    for userid in plan.returned:
        console.print(f"back, active: {_described(uow, userid)}", markup=False)
    for userid, name in plan.renamed:
        console.print(f"renamed {name}: {_described(uow, userid)}", markup=False)
    for userid, name in plan.unknown:
        console.print(f"new: {userid} {name}", markup=False)
    if plan.departed:
        console.print("whether somebody is left for each part: xinshi doctor")
    if plan.is_empty:
        console.print("the members are those within range")


def _described(uow: UnitOfWork, userid: UserId) -> str:
    """Return who it is and what he holds, for roles that wait for nobody are the danger here."""
    member = uow.members.get(userid)
    if member is None:
        return userid
    roles = "|".join(sorted(uow.members.roles_of(userid))) or "no role"
    return f"{userid} {member.name} ({uow.members.unit(member.unit).path}, {roles})"


def _list_unknown(unknown: Iterable[tuple[UserId, str]], unit: str) -> None:
    """Print who is new as lines of the members' CSV, in which roles are still missing."""
    rows = [(userid, name, unit, "", "") for userid, name in unknown]
    if rows:
        console.print("complete unit and roles, then: xinshi members import FILE.csv")
        csv.writer(sys.stdout, lineterminator="\n").writerows([COLUMNS, *rows])
