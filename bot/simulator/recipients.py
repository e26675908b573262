"""Whom a message is for: userids, departments and tags of the simulated corp."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.simulator.corp import Directory
from bot.simulator.errcodes import Errcode, Refusal

_MOST_USERS = 1000
_MOST_PARTIES = 100
_MOST_TAGS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipients:
    """The members reached, in lower case, and what named nobody."""

    members: Sequence[str]
    bad_users: Sequence[str]
    bad_parties: Sequence[str]
    bad_tags: Sequence[str]


def find(
    directory: Directory, users: Sequence[str], parties: Sequence[str], tags: Sequence[str]
) -> Recipients:
    """Look everybody up; the simulated corp has no tags.

    Raises:
        Refusal: nobody was named, too many were, or none of them exists.
    """
    _check_sizes(users, parties, tags)
    if list(users) == ["@all"]:
        everybody = [account.userid.lower() for account in directory.accounts()]
        return Recipients(members=everybody, bad_users=(), bad_parties=(), bad_tags=())
    known = {str(department.id) for department in directory.departments()}
    members = [user.lower() for user in users if directory.knows(user)]
    for party in parties:
        if party in known:
            members += [one.userid.lower() for one in directory.within(int(party))]
    found = Recipients(
        members=list(dict.fromkeys(members)),
        bad_users=[user.lower() for user in users if not directory.knows(user)],
        bad_parties=[party for party in parties if party not in known],
        bad_tags=tags,
    )
    if not found.members:
        raise Refusal(Errcode.ALL_INVALID, "user & party & tag all invalid")
    return found


def _check_sizes(users: Sequence[str], parties: Sequence[str], tags: Sequence[str]) -> None:
    if not (users or parties or tags):
        raise Refusal(Errcode.NO_RECIPIENTS, "touser & toparty & totag all empty")
    if len(users) > _MOST_USERS:
        raise Refusal(Errcode.TOO_MANY_USERS, "invalid userid list size")
    if len(parties) > _MOST_PARTIES:
        raise Refusal(Errcode.TOO_MANY_PARTIES, "invalid party list size")
    if len(tags) > _MOST_TAGS:
        raise Refusal(Errcode.TOO_MANY_TAGS, "invalid tag list size")
