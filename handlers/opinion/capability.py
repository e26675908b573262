"""Its answers for now."""

from handlers.kit.asked import Asked
from handlers.kit.context import Context
from handlers.kit.events import AlertClosingAsked
from handlers.kit.registry import Registry
from handlers.kit.unopened import not_open
from handlers.opinion import meanings

registry = Registry()
registry.meaning(meanings.report)(not_open("报舆情"))
registry.meaning(meanings.listing)(not_open("查舆情"))
registry.meaning(meanings.dispose)(not_open("处置舆情"))


@registry.meaning(meanings.close)
def close(ctx: Context, asked: Asked) -> str:
    """An alert may be what is meant."""
    code = asked.slots.get("opinion_id")
    numbers = (int(code),) if code else ()
    ended = ctx.emit(AlertClosingAsked(numbers=numbers, words=asked.text))
    return "".join(ended) or not_open("办结舆情")(ctx, asked)
