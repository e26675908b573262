"""Which statements each test gives PostgreSQL, and which tests give it nothing of their own.

    make test RUN_ARGS="-p tests.harness.statements --statements=/tmp/asked -k postgresql"
    .venv/bin/python -m tests.harness.statements /tmp/asked >> tests/asked_elsewhere.txt

What is named in that file runs on SQLite alone: tests, or single examples of one. Empty it first to
reckon all anew. What is about the database itself is never named.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping
from os import getpid
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

ON_BOTH = (
    "tests/faults/",
    "tests/storage/",
    "tests/bot/test_backup.py",
    "tests/bot/test_cost_of_a_message.py",
    "tests/bot/test_doctor.py",
    "tests/bot/test_probes.py",
    "tests/scenarios/test_any_course.py",
    "tests/scenarios/test_life_of_a_draft.py",
    "tests/scenarios/test_many_at_once.py",
)
"""What is about the database, whatever it asks."""

_NUMBERED = re.compile(r"_\d+(?:__\d+)?\b")
_MANY = re.compile(r"%\((\w+)\)s(::\w+)?(?:, %\(\1\)s(::\w+)?)+")
_asked: dict[str, set[str]] = defaultdict(set)
_running = [""]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--statements", type=Path, help="folder to write what each test asked into")


def pytest_runtest_logstart(nodeid: str) -> None:
    _running[0] = nodeid


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--statements") is None:
        return

    @event.listens_for(Engine, "before_cursor_execute")
    def note(connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if connection.dialect.name == "postgresql":
            _asked[_running[0]].add(_MANY.sub(r"%(\1)s", _NUMBERED.sub("", statement)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    folder: Path | None = session.config.getoption("--statements")
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        record = {test: sorted(statements) for test, statements in _asked.items() if test}
        (folder / f"{getpid()}.json").write_text(json.dumps(record), encoding="utf-8")


def asked_elsewhere(asked: Mapping[str, set[str]]) -> list[str]:
    """Return the tests without which PostgreSQL is still given every statement.

    Of a test that gives it one example only, the example is not named.
    """
    needed = {test for test in asked if test.startswith(ON_BOTH)}
    given = set().union(*(asked[test] for test in needed))
    left = dict(asked)
    while more := max(left, key=lambda test: (len(left[test] - given), test), default=""):
        if not left[more] - given:
            break
        needed.add(more)
        given |= left.pop(more)
    examples = Counter(map(_function_of, asked))
    return sorted(
        test if examples[_function_of(test)] > 1 else _function_of(test)
        for test in asked.keys() - needed
    )


def _function_of(test: str) -> str:
    return test.partition("[")[0]


if __name__ == "__main__":
    every: dict[str, set[str]] = {}
    for file in Path(sys.argv[1]).glob("*.json"):
        for test, statements in json.loads(file.read_text("utf-8")).items():
            every.setdefault(test, set()).update(statements)
    print("\n".join(asked_elsewhere(every)))  # noqa: T201 - what it is for
