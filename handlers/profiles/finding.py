"""Whom and which unit a text means: in the sender's bureau, by full or short name."""

from collections.abc import Callable, Sequence

from handlers.kit.asked import Asked
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.people import called
from handlers.kit.writers import unit_said
from handlers.profiles import texts
from storage.models import Unit
from storage.queries.members import Named
from storage.vocabulary import UnitId

_MOST = 9
"""From how many people one is chosen."""


def unit_meant(ctx: Context, said: str) -> Unit:
    """Return the unit of the sender's bureau that is called so.

    Raises:
        UserError: there is none, or several could be meant.
    """
    by_name = {unit.name: unit for unit in ctx.uow.members.units_of(ctx.sender.bureau)}
    meant = unit_said(said, by_name)
    if meant is None:
        raise UserError(texts.NO_SUCH_UNIT.format(said=said))
    return by_name[meant]


def one_of(
    ctx: Context, asked: Asked, do: Callable[[Named], str], *, first_in: UnitId | None = None
) -> str:
    """Do something with the member who is named, or was chosen; ask which where several are.

    Those who belong to *first_in* go before all others of that name.

    Raises:
        UserError: nobody is called so.
    """
    everybody = ctx.uow.members.of_bureau(ctx.sender.bureau)
    if chosen := asked.slots.get("userid"):
        return do(next(one for one in everybody if one.userid == chosen))
    said = str(asked.slots["name"])
    mine = [one for one in everybody if one.userid == ctx.sender.userid and said == one.name]
    found = [*mine, *called(ctx, said)]
    if not found:
        raise UserError(texts.NO_SUCH_PERSON.format(said=said))
    found = [one for one in found if one.unit == first_in] or found
    if len(found) == 1:
        return do(found[0])
    return _which(ctx, asked, said, found[:_MOST])


def _which(ctx: Context, asked: Asked, said: str, found: Sequence[Named]) -> str:
    units = ctx.uow.members.unit_names([one.unit for one in found])
    options = [
        Option(
            label=texts.PERSON_OF.format(name=one.name, unit=units[one.unit]),
            command="profile",
            slots={**asked.slots, "userid": one.userid},
        )
        for one in found
    ]
    return ctx.offer(texts.WHICH_PERSON.format(count=len(found), said=said), *options)
