"""Patterns that are compiled when they are first searched for, not when a module is imported.

What can be said takes some five hundred patterns; to compile them is half of a start.
"""

import re
from typing import cast

_METHODS = frozenset({"search", "match", "fullmatch", "finditer", "findall", "sub", "split"})
_waiting: set["_Later"] = set()


class _Later:
    """Stands in for a compiled pattern; each method takes its own place at its first use."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self.flags = flags
        _waiting.add(self)

    def __getattr__(self, name: str) -> object:
        if name not in _METHODS:
            raise AttributeError(name)
        self.compile()
        return self.__dict__[name]

    def compile(self) -> None:
        compiled = re.compile(self.pattern, self.flags)
        self.__dict__ |= {method: getattr(compiled, method) for method in _METHODS}
        _waiting.discard(self)


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return *pattern*, compiled when it is first used.

    Raises:
        re.error: at that first use, if it is no pattern.
    """
    return cast("re.Pattern[str]", _Later(pattern, flags))


def compile_waiting() -> None:
    """Compile now what would be compiled at its first use; for a service that is starting."""
    for each in list(_waiting):
        each.compile()
