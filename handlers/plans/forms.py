"""年度计划 on pages: what is done there is what is done in words; a sheet gets its yes."""

from collections.abc import Sequence
from datetime import date

from handlers.kit.asked import Asked, Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import CallMoved
from handlers.kit.sheets import confirm
from handlers.plans import texts
from handlers.plans.commands import add_plan, cancelled, dropped, finished, moved, switched
from handlers.plans.naming import due_of, keeps, named, open_nodes, owed_call, sees
from handlers.plans.registry import registry
from handlers.plans.sheet import BOOK
from storage.models import PlanNode
from storage.queries.plans import Planned
from storage.vocabulary import PlanItemId

registry.sheet(BOOK)


@registry.form("plans_sheet")
def enter_sheet(ctx: Context, form: Form) -> str:
    """Enter a sheet that was checked, by the word of whoever handed it in."""
    return confirm(ctx, BOOK, form.fields["sheet"])


@registry.form("plan_add")
def add_on_page(ctx: Context, form: Form) -> str:
    """Add the item of ``line``, as it is said in the chat.

    Raises:
        UserError: see `add_plan`.
    """
    return add_plan(ctx, Asked(text=form.fields["line"]))


@registry.form("plan")
def act_on_page(ctx: Context, form: Form) -> str:
    """Do ``do`` with ``item`` or its ``node``; ``day`` and ``words`` go with it.

    ``follow``: the call of the node is moved or cancelled with it.

    Raises:
        UserError: it is not the sender's to do or to see, or leads nowhere any more.
    """
    fields = form.fields
    planned = _kept(ctx, fields["item"])
    if fields["do"] in {"calls_on", "calls_off"}:
        return switched(ctx, planned, on=fields["do"] == "calls_on")
    words, follow = fields["words"].strip(), bool(fields["follow"])
    if fields["do"] == "cancel_all":
        return _cancelled(ctx, planned, open_nodes(planned), words, follow=follow)
    node = next((one for one in open_nodes(planned) if one.id == fields["node"]), None)
    if node is None:
        raise UserError(texts.UNSEEN)
    match fields["do"]:
        case "move":
            return _moved(ctx, planned, node, fields["day"], follow=follow)
        case "cancel":
            return _cancelled(ctx, planned, [node], words, follow=follow)
        case "done":
            return finished(ctx, planned, node, words)
        case _:
            raise UserError(texts.UNSEEN)


def _kept(ctx: Context, item: str) -> Planned:
    planned = ctx.uow.plans.lock(PlanItemId(item))
    if planned is None or not sees(ctx, [planned]):
        raise UserError(texts.UNSEEN)
    if not keeps(ctx):
        raise UserError(texts.MAY_NOT_KEEP)
    return planned


def _moved(ctx: Context, planned: Planned, node: PlanNode, said: str, *, follow: bool) -> str:
    if not said:
        raise UserError(texts.MOVE_HOW.format(number=planned.item.number))
    day = date.fromisoformat(said)
    answer = moved(ctx, planned, node, day, ask=False)
    call = owed_call(ctx, node)
    if call is None or not follow:
        return answer
    return "\n".join([answer, *ctx.emit(CallMoved(call=call.id, due_at=due_of(ctx, day)))])


def _cancelled(
    ctx: Context, planned: Planned, nodes: Sequence[PlanNode], words: str, *, follow: bool
) -> str:
    calls = [call.id for node in nodes if (call := owed_call(ctx, node)) is not None]
    if not nodes:
        raise UserError(texts.UNSEEN)
    answer = cancelled(ctx, planned, nodes, words, ask=False)
    if not calls or not follow:
        return answer
    return f"{answer}\n{dropped(ctx, calls, words or named(planned.item))}"
