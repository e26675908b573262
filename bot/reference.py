"""What the documents say about commands and settings, taken from the code; used by cog."""

import json
from collections.abc import Iterator, Sequence
from datetime import time

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot import dispatch
from bot.capabilities import all_capabilities
from bot.config import Config
from bot.feeds.pushed import PushedBody
from handlers.help.commands import OTHERS
from handlers.kit.finding import ROLE_NAMES
from handlers.kit.pushes import PUSHES, RULES
from handlers.kit.registry import EVERYBODY, Command, join
from handlers.rules.cases import flow
from handlers.rules.cases.limits import LIMITS, Limits
from handlers.rules.cases.rights import MAY
from handlers.rules.review_flow import drawing, written_out
from storage.vocabulary import Grade, Role, Urgency


def push_schema() -> str:
    """Return the JSON Schema of what monitoring services send."""
    return json.dumps(PushedBody.model_json_schema(), ensure_ascii=False, indent=2)


def command_table() -> str:
    """Return the commands as Markdown tables, one for each theme."""
    by_theme: dict[str, list[Command]] = {}
    for command in all_capabilities().commands.values():
        by_theme.setdefault(command.theme or OTHERS, []).append(command)
    return "\n\n".join(_table(theme, commands) for theme, commands in by_theme.items())


def _table(theme: str, commands: Sequence[Command]) -> str:
    lines = [f"| {theme} | 做什么 | 谁用 |", "| --- | --- | --- |"]
    for command in commands:
        usage = command.usage.replace("|", "\\|")
        lines.append(f"| `{usage}` | {command.purpose} | {_who(command.shown_to)} |")
    return "\n".join(lines)


def settings_table() -> str:
    """Return the settings as a Markdown table, each with its default."""
    lines = ["| key | default | what it is |", "| --- | --- | --- |"]
    for key, field in settings_of(Config):
        default = (
            "required"
            if field.is_required()
            else f"`{_plain(field.get_default(call_default_factory=True))}`"
        )
        lines.append(f"| `{key}` | {default} | {field.description} |")
    return "\n".join(lines)


def case_drawing() -> str:
    """Return the life of a case as a Mermaid block."""
    return f"```mermaid\n{flow.drawing()}\n```"


def case_limits_table() -> str:
    """Return the limits of cases that ship as a Markdown table, one column for each grade."""
    names = list(Limits.__dataclass_fields__)
    head = [f"| limit | {' | '.join(Grade)} |", "| --- |" + " --- |" * len(Grade)]
    rows = [
        f"| `{name}` | {' | '.join(getattr(LIMITS[grade], name) or '–' for grade in Grade)} |"
        for name in names
    ]
    return "\n".join([*head, *rows])


def case_rights_table() -> str:
    """Return who may do what to a case as a Markdown table, one column for each grade."""
    head = [f"| move | {' | '.join(Grade)} |", "| --- |" + " --- |" * len(Grade)]
    rows = [
        f"| {move} | {' | '.join('、'.join(sorted(by[grade])) for grade in Grade)} |"
        for move, by in MAY.items()
    ]
    return "\n".join([*head, *rows])


def push_table() -> str:
    """Return every kind of push as a Markdown table: when, to whom, how urgent, may it wait."""
    kinds = join([all_capabilities(), dispatch.registry]).kinds
    lines = ["| kind | 叫作 | 何时 | 发给 | urgency | kept in a silence | rule |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for name, push in sorted(PUSHES.items()):
        if kind := kinds.get(name):
            kept = "yes" if kind.mutable and kind.urgency is not Urgency.ALERT else "never"
            lines.append(
                f"| `{name}` | {push.name} | {push.when} | {push.to} | {kind.urgency} | {kept} "
                f"| {push.rule} |"
            )
    return "\n".join(lines)


def rule_table() -> str:
    """Return the reminders R1 to R18 as a Markdown table, each with what does it."""
    lines = ["| id | 何时 | 发给 | source | done by |", "| --- | --- | --- | --- | --- |"]
    for name, rule in RULES.items():
        done = "、".join(f"`{kind}`" for kind in rule.kinds) or rule.without
        lines.append(f"| {name} | {rule.when} | {rule.to} | {rule.source} | {done} |")
    return "\n".join(lines)


def state_drawing() -> str:
    """Return the life of a draft as a Mermaid block."""
    return f"```mermaid\n{drawing()}\n```"


def transition_table() -> str:
    """Return every move of a draft as a Markdown table."""
    return written_out()


def settings_of(section: type[BaseModel], prefix: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Yield each setting below *section* with its full name."""
    for name, field in section.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from settings_of(kind, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", field


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return _span(value) or ", ".join(_plain(part) for part in value) or "none"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_plain(each)}" for key, each in value.items()) or "empty"
    return str(value) if value not in ("", None, {}) else "empty"


def _span(value: tuple[object, ...]) -> str:
    if value and all(isinstance(part, time) for part in value):
        return "-".join(f"{part:%H:%M}" for part in value)
    return ""


def _who(roles: frozenset[Role]) -> str:
    if roles == EVERYBODY:
        return "所有人"
    return "、".join(ROLE_NAMES[role] for role in Role if role in roles)
