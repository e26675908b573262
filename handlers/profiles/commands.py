"""绑定, 我的资料: what the bot knows of somebody; what he says has changed is sorted out here."""

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.finding import role_names
from handlers.profiles import meanings, texts
from handlers.profiles.finding import unit_meant
from handlers.profiles.moving import move_other, report_own_move
from handlers.profiles.naming import name_officer
from handlers.profiles.registry import registry
from storage.vocabulary import Role


@registry.command(
    "绑定",
    takes=Takes.NOTHING,
    usage="绑定（或：我是物业科王芳）",
    purpose="看名单上自己是谁，不对的报给办公室",
    means=meanings.bind,
)
def bind(ctx: Context, asked: Asked) -> str:
    """Say who the sender is by the register, and what of it is not what he says.

    Accounts are bound by the channel itself: whoever can write is known already.

    Raises:
        UserError: there is no unit of the name he says.
    """
    lines = [_who(ctx)]
    said = str(asked.slots.get("name", ""))
    me = ctx.uow.members.get(ctx.sender.userid)
    if said and me is not None and said not in {me.name, *me.aliases}:
        lines.append(texts.NOT_THE_NAME.format(name=me.name, said=said))
    elif unit := asked.slots.get("unit"):
        lines += _moved_by_the_way(ctx, str(unit))
    if "phone" in asked.slots:
        lines.append(texts.IN_THE_DIRECTORY)
    return "\n".join(lines)


@registry.command(
    "我的资料",
    takes=Takes.NOTHING,
    usage="我的资料（我调到燃气科了；燃气科信息员换成李娜）",
    purpose="看自己的身份，报调动、换信息员",
    means=meanings.profile,
    lightly=True,
)
def profile(ctx: Context, asked: Asked) -> str:
    """Show who the sender is, or change what he says has changed.

    Raises:
        UserError: it is not his to change, or who or what is meant is not known.
    """
    slots = asked.slots
    if "set_role" in slots:
        return name_officer(ctx, asked)
    if "moved" in slots:
        return move_other(ctx, asked)
    if unit := slots.get("unit"):
        return report_own_move(ctx, unit_meant(ctx, str(unit)))
    if "phone" in slots or "position" in slots:
        return texts.IN_THE_DIRECTORY
    return f"{_who(ctx)}\n{texts.CHANGES}"


def _who(ctx: Context) -> str:
    me = ctx.sender
    roles = ctx.uow.members.roles_of(me.userid)
    said = texts.YOU_ARE.format(
        name=me.name,
        unit=ctx.uow.members.unit(me.unit).name,
        roles=role_names(roles.keys()) or texts.NO_ROLE,
    )
    if Role.OFFICER not in roles:
        return said
    heads = ctx.uow.members.names(ctx.uow.members.holding(Role.SECTION_HEAD, me.unit))
    return said + texts.REVIEWED_BY.format(heads="、".join(heads.values())) if heads else said


def _moved_by_the_way(ctx: Context, said: str) -> list[str]:
    unit = unit_meant(ctx, said)
    if unit.id == ctx.sender.unit:
        return []
    own = ctx.uow.members.unit(ctx.sender.unit).name
    return [texts.NOT_THE_UNIT.format(unit=own) + report_own_move(ctx, unit)]
