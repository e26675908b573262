"""The context grammar of domain-rules §8 as text, for `xinshi understand --tsv`."""

import re

from handlers.kit.meaning import Situation

_CONTEXT = re.compile(
    r"(?P<kind>[a-z_]+)(?:@(?P<bot>bot))?(?::(?P<rest>\S+))?(?:\s+(?P<menu>\[.*\]))?"
)
_MENU = re.compile(r"(\d+)=(\w+)")


def parse_situation(text: str) -> Situation:
    """Read `review_card:12 [menu:1=approve,2=return]`, `pending:[3,5]`, `ask:deadline`, `-` ...

    Raises:
        ValueError: it has not that form.
    """
    text = text.strip()
    if text in {"", "-"}:
        return Situation()
    found = _CONTEXT.fullmatch(text)
    if found is None:
        raise ValueError(f"not a context: {text!r}")
    kind, rest = found["kind"], found["rest"] or ""
    if kind == "group":
        return Situation(group=True, mentioned=found["bot"] is not None)
    if kind in {"ask", "confirm", "report"}:
        return Situation(kind=kind, word=rest)
    numbers = tuple(int(each) for each in re.findall(r"\d+", rest))
    menu = {int(number): intent for number, intent in _MENU.findall(found["menu"] or "")}
    return Situation(kind=kind, numbers=numbers, menu=menu)
