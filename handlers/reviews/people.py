"""Naming people."""

from collections.abc import Collection

from handlers.kit.context import Context
from storage.vocabulary import UserId


def names(ctx: Context, members: Collection[UserId]) -> str:
    return "、".join(ctx.uow.members.names(members).values())
