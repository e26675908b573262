"""Taking `[[rule_set]]` tables: how a bureau counts from a day on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.kit.context import SYSTEM, Context
from handlers.kit.rulefile import Fault, Table, Taken
from handlers.rules.calendar import local
from handlers.rules.scoring.checking import warnings
from handlers.rules.scoring.directory import COUNTED, Known, strangers
from handlers.rules.scoring.model import RuleSet
from handlers.rules.scoring.periods import last_day
from handlers.rules.scoring.reading import Finding, read_table
from handlers.rules.toml_lines import Place
from handlers.scores.anew import RECOUNT
from handlers.scores.commands import registry
from handlers.scores.facts import measured
from storage.models import StoredRuleSet, Unit
from storage.vocabulary import RuleSetId, UnitId, UnitKind

ALWAYS = date(1, 1, 1)
NO_NAME = "规则要有 name / a rule set needs a name"
WEEKS_ALONE = "按周的任务只能写在按周计分的规则里 / quotas by the week need rules by the week"
NOT_BY_WEEK = (
    "{measure} 是按月导入的，不能按周计；请改用 submitted、approved、adopted、points"
    " / such figures come by the month"
)
TRIGGERS_BY_MONTH = "通报按月出，请按月写，如 no_submission >= 1 month / count months here"
OF_GROUPS = (
    '按组计分还不能入账；请按单位计（subject = "unit"），组内名次用 groups'
    " / groups cannot be scored in the ledger: count units and rank them by groups"
)
TOO_LONG = "任务的周期不能长于规则的周期 / a quota's period cannot be longer than the rule set's"
USED = (
    "{name} 从 {since} 起的规则已用于计分，不能再改；改动请写新的 valid_from"
    " / it was used already: write a change with another valid_from"
)

_LENGTHS = ("month", "quarter", "half", "year")


@registry.rules("rule_set")
def take_rule_sets(ctx: Context, bureau: Unit, tables: Sequence[Table]) -> Taken:
    """Take the rule sets of a file of rules; warnings are said, faults refuse them all."""
    made = import_rule_sets(ctx, bureau.id, [(table.values, table.place) for table in tables])
    if faults := [finding for finding in made.findings if finding.error]:
        return Taken(
            faults=tuple(
                Fault(line=fault.line, text=f"{fault.rules}: {fault.message}") for fault in faults
            )
        )
    head = f"rule sets of {bureau.path}: {', '.join(made.added) or 'nothing new'}"
    warned = [f"  line {each.line}: {each.rules}: {each.message}" for each in made.findings]
    return Taken(said="\n".join([head, *warned]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of rule sets: which are new, and what was found; errors undo it all."""

    added: tuple[str, ...]
    findings: tuple[Finding, ...]


def import_rule_sets(
    ctx: Context, bureau: UnitId, tables: Sequence[tuple[Mapping[str, Any], Place]]
) -> Imported:
    """Make each table a version of its rule set, in force from its `valid_from` on.

    One that was not used yet is replaced; one that says what is stored already stays. With an
    error among the findings nothing is stored.
    """
    known = {(each.name, each.valid_from): each for each in ctx.uow.scores.rule_sets(bureau)}
    directory = _directory(ctx, bureau)
    findings: list[Finding] = []
    ready: list[tuple[str, date, dict[str, Any]]] = []
    for table, place in tables:
        name, rules, found = _read(table, place, directory)
        findings += found
        if rules is None:
            continue
        since, kept = rules.valid_from or ALWAYS, _storable(table)
        old = known.get((name, since))
        if old is not None and old.used_at is not None and old.table != kept:
            message = USED.format(name=name, since=since)
            findings.append(Finding(line=place.line, message=message, rules=name))
        elif old is None or old.table != kept:
            ready.append((name, since, kept))
    if any(finding.error for finding in findings):
        return Imported(added=(), findings=tuple(sorted(findings)))
    for name, since, table in ready:
        _store(ctx, bureau, known.get((name, since)), name, since, table)
    if ready:
        _count_this_year(ctx, bureau, min(since for _, since, _ in ready))
    return Imported(added=tuple(name for name, *_ in ready), findings=tuple(sorted(findings)))


def _directory(ctx: Context, bureau: UnitId) -> Known:
    """Return whom and what the bureau knows by name."""
    units, outside = ctx.uow.members.units_of(bureau), ctx.uow.outside
    latest = outside.of_bureau(bureau, [outside.last_month(bureau)])
    return Known(
        units=[unit.name for unit in units if unit.kind is UnitKind.SECTION],
        people=ctx.uow.members.names_in(bureau),
        channels={
            each.name: each.level for each in ctx.uow.adoptions.channels(bureau) if each.active
        },
        measures={measured(figure) for figure in latest},
    )


def _count_this_year(ctx: Context, bureau: UnitId, since: date) -> None:
    """Let every month of this year be counted that the new rules are about."""
    today = local(ctx.now).date()
    for number in range(1, today.month + 1):
        first = today.replace(month=number, day=1)
        if last_day(first, "month") >= since:
            month = f"{first:%Y-%m}"
            stage = f"{month} {ctx.now.isoformat()}"
            ctx.set_timer(RECOUNT, bureau, ctx.now, stage=stage, month=month)


def _read(
    table: Mapping[str, Any], place: Place, directory: Known
) -> tuple[str, RuleSet | None, Sequence[Finding]]:
    name = table.get("name")
    if not isinstance(name, str) or not name:
        return "", None, [Finding(line=place.line, message=NO_NAME)]
    rules, findings = read_table(name, table, place)
    if rules is None:
        return name, None, findings
    if fault := _unkeepable(rules):
        path, message = fault
        return name, None, [Finding(line=place.line_of(path), message=message, rules=name)]
    unknown = [
        Finding(line=place.line_of(path), message=message, rules=name, error=False)
        for path, message in strangers(rules, directory)
    ]
    return name, rules, [*findings, *warnings(name, rules, place), *unknown]


def _unkeepable(rules: RuleSet) -> tuple[tuple[str | int, ...], str] | None:
    """Return what the ledger cannot do, and where that stands."""
    if rules.subject == "group":
        return ("subject",), OF_GROUPS
    if rules.period == "week" and (fault := _unkeepable_weekly(rules)):
        return fault
    for number, quota in enumerate(rules.quota):
        if quota.period in {None, rules.period}:
            continue
        if "week" in {quota.period, rules.period}:
            return ("quota", number, "period"), WEEKS_ALONE
        if _LENGTHS.index(quota.period) > _LENGTHS.index(rules.period):
            return ("quota", number, "period"), TOO_LONG
    return None


def _unkeepable_weekly(rules: RuleSet) -> tuple[tuple[str | int, ...], str] | None:
    """Return what of rules by the week is only there by the month."""
    for number, quota in enumerate(rules.quota):
        if quota.measure not in COUNTED:
            return ("quota", number, "measure"), NOT_BY_WEEK.format(measure=quota.measure)
    for number, row in enumerate(rules.notice):
        if "week" in row.when:
            return ("notice", number, "when"), TRIGGERS_BY_MONTH
    return None


def _store(
    ctx: Context,
    bureau: UnitId,
    old: StoredRuleSet | None,
    name: str,
    since: date,
    table: dict[str, Any],
) -> None:
    by = ctx.me.userid if ctx.me is not None else SYSTEM
    if old is not None:
        before = old.table
        old.table, old.imported_at, old.imported_by = table, ctx.now, by
        ctx.audit("rule_set:replace", old.id, before=before, after=table)
        return
    stored = StoredRuleSet(
        id=RuleSetId(ctx.new_id()),
        bureau=bureau,
        name=name,
        valid_from=since,
        table=table,
        imported_at=ctx.now,
        imported_by=by,
    )
    ctx.uow.scores.add_rule_set(stored)
    ctx.audit("rule_set:import", stored.id, after={"name": name, "since": since.isoformat()})


def _storable(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return the table without its name, as JSON has it: days as text."""
    return {key: _plain(value) for key, value in table.items() if key != "name"}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [_plain(inside) for inside in value]
    return value.isoformat() if isinstance(value, date) else value
