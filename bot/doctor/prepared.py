"""What a bureau brings itself before it is needed: names of its places, emergency plans."""

from collections.abc import Iterator

from bot.doctor.findings import Finding, ok, warning
from handlers.contingencies.capability import PLANS
from handlers.rules.opinion.relevance import Kind
from handlers.rules.opinion.topics import read_topics
from storage.models import Unit
from storage.unit_of_work import UnitOfWork

_PLACES = frozenset({Kind.FULL.value, Kind.ESTATE.value, Kind.SHORT.value, Kind.SHARED.value})


def examine(uow: UnitOfWork) -> Iterator[Finding]:
    for bureau in uow.members.bureaus():
        yield places(uow, bureau)
        yield plans(uow, bureau)


def places(uow: UnitOfWork, bureau: Unit) -> Finding:
    """Look whether posts can be told to be about the bureau's own ground."""
    lists = read_topics(uow.opinion.topics(bureau.id)).lists
    if names := sum(len(words) for kind, words in lists.items() if kind in _PLACES):
        return ok("place names", f"{bureau.path} has {names} names of places for public opinion")
    text = f"{bureau.path} has no names of places: whether a post is its own cannot be told"
    remedy = "write its places and estates into a file of topics ([词表 本地], [词表 小区]) and run"
    return warning("place names", text, f"{remedy} `xinshi topics import FILE`")


def plans(uow: UnitOfWork, bureau: Unit) -> Finding:
    if uow.rule_tables.in_force(bureau.id, PLANS):
        return ok("emergency plans", f"{bureau.path} has emergency plans")
    text = f"{bureau.path} has no emergency plans: an emergency starts none by itself"
    remedy = "adapt handlers/contingencies/examples/housing.toml and run `xinshi rules import FILE`"
    return warning("emergency plans", text, remedy)
