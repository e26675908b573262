"""Finding the colleague whom a text calls 李娜, 小李, 李主任, 李局 or 分管领导."""

import re
from collections.abc import Sequence

from handlers.kit.context import Context
from storage.queries.members import Named
from storage.vocabulary import Role

_CALLED = re.compile(
    r"(?P<young>[小老])(?P<after>\S)|(?P<surname>\S{1,2}?)(?P<post>副?(?:局长?|科长?|处长?|股长?|所长|站长"
    r"|队长|主任|书记|总工?|工|秘书)|姐|哥)"
)
_LEADERS = frozenset({Role.DEPUTY, Role.PRINCIPAL})
_POSTS: tuple[tuple[str, frozenset[Role]], ...] = (
    ("局", _LEADERS),
    ("书记", _LEADERS),
    ("总", _LEADERS),
    ("主任", frozenset({Role.OFFICE, Role.SECTION_HEAD})),
    ("科", frozenset({Role.SECTION_HEAD, Role.OFFICE})),
)
_BY_POST = {
    Role.DEPUTY: re.compile(r"分管(?:副?局长|领导)"),
    Role.PRINCIPAL: re.compile(r"(?:主要|局)领导|局长|书记|一把手"),
}


def called(ctx: Context, said: str) -> Sequence[Named]:
    """Return the members of the sender's bureau who can be meant, himself left out.

    A full name or an alias first; then a surname with a post, where those who hold such a role go
    before others of that surname; then a post alone.
    """
    everybody = [
        member
        for member in ctx.uow.members.of_bureau(ctx.sender.bureau)
        if member.userid != ctx.sender.userid
    ]
    if exact := [one for one in everybody if said == one.name or said in one.aliases]:
        return exact
    for role, form in _BY_POST.items():
        if form.fullmatch(said):
            holding = ctx.uow.members.holding(role, ctx.sender.unit)
            return [one for one in everybody if one.userid in holding]
    found = _CALLED.fullmatch(said)
    if found is None:
        return []
    surname = found["after"] or found["surname"]
    namesakes = [one for one in everybody if one.name.startswith(surname)]
    return _in_post(ctx, namesakes, found["post"] or "")


def _in_post(ctx: Context, members: Sequence[Named], post: str) -> Sequence[Named]:
    """Keep those who hold a role that goes with the post; a 局长 of another role is none."""
    wanted = next((roles for word, roles in _POSTS if word in post), frozenset())
    holding = {userid for role in wanted for userid in ctx.uow.members.anywhere(role)}
    in_post = [one for one in members if one.userid in holding]
    return in_post if in_post or wanted == _LEADERS else members
