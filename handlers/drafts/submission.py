"""What is looked at before a draft is handed in.

Each check gets the draft with the text that is about to become a version, and may add a line to
the answer, ask something first, or refuse by a UserError. A check changes nothing.
"""

from collections.abc import Callable, Sequence

from handlers.drafts import personal
from handlers.drafts.looking import HandedIn, Remark
from handlers.kit.context import Context

Check = Callable[[Context, HandedIn], Remark | None]

CHECKS: tuple[Check, ...] = (personal.ask_about,)
"""Every check, in the order in which they speak."""


def look_over(
    ctx: Context, handed_in: HandedIn, checks: Sequence[Check] = CHECKS
) -> tuple[list[str], list[str]]:
    """Return what must be asked first, and the lines for the answer.

    Raises:
        UserError: one of the checks refuses.
    """
    remarks = [remark for check in checks if (remark := check(ctx, handed_in))]
    questions = [remark.question for remark in remarks if remark.question]
    return questions, [remark.line for remark in remarks if remark.line]
