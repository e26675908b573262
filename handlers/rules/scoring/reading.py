"""Reads rule sets from TOML and tells every fault at once, each with its line.

A file holds `[rules.NAME]` tables, or `[[rule_set]]` tables with a `name`; other tables of the file
(routes, say) are others' business.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from handlers.rules.scoring.model import RuleSet
from handlers.rules.toml_lines import Place, places

_KINDS: Mapping[str, str] = {
    "missing": "缺少 {key} / {key} is missing",
    "extra_forbidden": "不认识的键 {key}{hint} / unknown key {key}",
    "literal_error": "{key} 只能是 {expected} / {key} must be one of these",
    "less_than_equal": "{key} 不能大于 {le} / {key} must not be above {le}",
    "greater_than_equal": "{key} 不能小于 {ge} / {key} must not be below {ge}",
    "decimal_max_places": "{key} 最多 {decimal_places} 位小数 / too many decimal places",
    "string_type": "{key} 要写文字 / {key} must be text",
    "int_type": "{key} 要写整数 / {key} must be a whole number",
    "tuple_type": "{key} 要写成列表 [...] / {key} must be a list",
    "mapping_type": "{key} 要写成表 / {key} must be a table",
    "model_type": "{key} 要写成表 {{...}} / {key} must be a table",
    "model_attributes_type": "{key} 要写成表 {{...}} / {key} must be a table",
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """Something in a rule file; an *error* makes its rule set unusable."""

    line: int
    message: str
    rules: str = ""
    error: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file of rule sets: those that can be used, and what was found wrong, in order of lines."""

    rule_sets: Mapping[str, RuleSet]
    places: Mapping[str, Place]
    findings: tuple[Finding, ...]


def read_rule_sets(content: bytes) -> Sheet:
    """Read a file of rule sets; never raises, whatever *content* is."""
    try:
        text = content.decode("utf-8-sig")
        raw = tomllib.loads(text, parse_float=Decimal)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return _unreadable(line, "不是 UTF-8 / this is not UTF-8")
    except tomllib.TOMLDecodeError as error:
        return _unreadable(_line_in(str(error)), f"不是 TOML / this is not TOML: {error}")
    except (ValueError, RecursionError) as error:
        return _unreadable(1, f"数字太长或嵌套太深 / too long or too deep: {error}")
    found: dict[str, RuleSet] = {}
    findings: list[Finding] = []
    where: dict[str, Place] = {}
    for name, table, place in _tables(raw, places(text)):
        if name in where:
            message = f"规则名 {name} 重复 / this name is taken"
            findings.append(Finding(line=place.line, message=message, rules=name))
            continue
        where[name] = place
        rules, faults = read_table(name, table, place)
        findings += faults
        if rules is not None:
            found[name] = rules
    if not where:
        message = "没有规则：要有 [rules.名称] / no rule set: [rules.NAME] is expected"
        findings.append(Finding(line=1, message=message))
    return Sheet(rule_sets=found, places=where, findings=tuple(sorted(findings)))


def read_table(name: str, table: Any, place: Place) -> tuple[RuleSet | None, list[Finding]]:
    """Read one table, with or without its `name` in it; without a rule set there are faults."""
    if isinstance(table, Mapping):
        table = {key: value for key, value in table.items() if key != "name"}
    try:
        return RuleSet.model_validate(table), []
    except ValidationError as error:
        return None, list(_faults(name, error, place))


def _tables(raw: Mapping[str, Any], root: Place) -> Iterator[tuple[str, Any, Place]]:
    rules = raw.get("rules", {})
    if isinstance(rules, Mapping):
        for name, table in rules.items():
            yield name, table, root.inside["rules"].inside[name]
    rows = raw.get("rule_set", [])
    if not isinstance(rows, list):
        return
    for number, table in enumerate(rows):
        if isinstance(table, Mapping):
            place = root.inside["rule_set"].inside[number]
            yield str(table.get("name", number + 1)), table, place


def _faults(name: str, error: ValidationError, place: Place) -> Iterator[Finding]:
    for fault in error.errors(include_url=False):
        path = fault["loc"]
        yield Finding(line=place.line_of(path), message=_told(fault, path), rules=name)


def _told(fault: Any, path: Sequence[str | int]) -> str:
    context = dict(fault.get("ctx", {}))
    key = next((str(step) for step in reversed(path) if isinstance(step, str)), "rules")
    if fault["type"] == "value_error":
        return f"{key}：{context['error']}"
    form = _KINDS.get(fault["type"])
    if form is None:
        return f"{key}：写得不对 / {fault['msg']}"
    return form.format(**{**context, "key": key, "hint": _hint(key, path)})


def _hint(key: str, path: Sequence[str | int]) -> str:
    near = get_close_matches(key, _keys_at(path[:-1]), n=1)
    return f"，是不是 {near[0]}？" if near else ""


def _keys_at(path: Sequence[str | int]) -> list[str]:
    """Return the keys that may stand at *path*."""
    here: type[BaseModel] = RuleSet
    for step in path:
        if isinstance(step, str) and step in here.model_fields:
            here = _model_in(here.model_fields[step].annotation) or here
    return list(here.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = (_model_in(each) for each in getattr(annotation, "__args__", ()))
    return next((each for each in inner if each), None)


def _line_in(message: str) -> int:
    words = message.partition("(at line ")[2]
    number = words.partition(",")[0]
    return int(number) if number.isdigit() else 1


def _unreadable(line: int, message: str) -> Sheet:
    return Sheet(rule_sets={}, places={}, findings=(Finding(line=line, message=message),))
