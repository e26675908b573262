"""The second look at posts, where it is switched on: its package, and its process."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.doctor.findings import Finding, ok, warning
from bot.embedding.model import INSTALL, is_installed
from handlers.opinion.capability import OpinionPolicy
from storage.unit_of_work import UnitOfWork

_CHECK = "second look"
_LATE, _LOOKED_AT = timedelta(minutes=15), timedelta(days=1)


def examine(uow: UnitOfWork, policy: OpinionPolicy, now: datetime) -> Iterator[Finding]:
    if policy.embedding == "off":
        return
    if not is_installed():
        text = f'opinion.embedding is "{policy.embedding}" and its package is not installed'
        yield warning(_CHECK, text, INSTALL)
        return
    bureaus = [one.id for one in uow.members.bureaus()]
    span = (now - _LOOKED_AT, now - _LATE)
    if waiting := sum(uow.opinion_vectors.waiting(each, *span) for each in bureaus):
        text = f"{waiting} posts of the last day wait for a second look since 15 minutes or more"
        remedy = "see that `xinshi embed` runs (`xinshi up` starts it) and what it logs"
        yield warning(_CHECK, text, remedy)
        return
    yield ok(_CHECK, "posts get a second look by their meaning")
