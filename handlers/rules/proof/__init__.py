"""机器校对: what a machine can see in a text before people read it. Hints, never a verdict.

快 (timeliness), 真 (numbers, dates, leaders), 准 (words), 简 (title, length), and the elements that
a report has. One module for each kind of finding; each is a pure function of the text.
"""

from handlers.rules.proof.dates import dates
from handlers.rules.proof.elements import missing_elements
from handlers.rules.proof.finding import Finding, Found, Item, Leader, Lists, Word
from handlers.rules.proof.leaders import leaders
from handlers.rules.proof.numbers import numbers
from handlers.rules.proof.shape import shape
from handlers.rules.proof.timeliness import timeliness
from handlers.rules.proof.wording import wording

__all__ = ["Finding", "Found", "Item", "Leader", "Lists", "Word", "proof"]


def proof(item: Item, lists: Lists) -> list[Found]:
    """Return what was found: what is missing first, then by place in title and body."""
    found = [
        *missing_elements(item),
        *shape(item, lists),
        *timeliness(item),
        *leaders(item, lists.leaders),
        *wording(item, lists.slips, lists.sensitive),
        *numbers(item),
        *dates(item),
    ]
    return sorted(found, key=lambda one: (one.end > 0, not one.in_title, one.start))
