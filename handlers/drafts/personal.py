"""Ask before a text with somebody's numbers in it is handed in."""

from handlers.drafts import texts
from handlers.drafts.looking import HandedIn, Remark
from handlers.kit.context import Context
from handlers.rules.personal_data import PersonalData, masked, personal_data

_SHOWN = 3


def ask_about(_ctx: Context, handed_in: HandedIn) -> Remark | None:
    """Ask where there is an identity, a mobile or a card number; the numbers are masked."""
    text = f"{handed_in.draft.title}\n{handed_in.body}"
    found = personal_data(text)
    if not found:
        return None
    shown = "、".join(_shown(text, each) for each in found[:_SHOWN])
    more = texts.AND_MORE.format(count=len(found)) if len(found) > _SHOWN else ""
    return Remark(question=texts.PERSONAL.format(shown=shown, more=more))


def _shown(text: str, found: PersonalData) -> str:
    number = masked(found.kind, text[found.start : found.end])
    return f"{texts.PERSONAL_KINDS[found.kind]}{number}"
