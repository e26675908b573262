"""What is said to what the product never does (ARCHITECTURE rule 10): fixed, with whom to ask."""

from handlers.kit.errors import UserError
from handlers.rules.cases.refusing import refused

REFUSALS = {
    "no_deletion": (
        "删帖、屏蔽、压热度的事不能办，也没有记下。网上信息的处置请按规定联系网信办。"
        "这里可以登记舆情，核实后公开回应。"
    ),
    "no_astroturf": (
        "组织刷评、控评的事不能办，也没有记下。网上引导请按规定联系网信办。"
        "需要说明情况时，请拟好口径、公开回应。"
    ),
    "no_profiling": (
        "不收集、不查询发帖人和群众的个人情况，也没有记下。涉嫌违法的请按规定联系网信办、公安。"
        "诉求本身请按舆情登记和处置。"
    ),
}


def refuse(text: str) -> None:
    """Let what is never done not be written down as something to do.

    Raises:
        UserError: the text asks for it.
    """
    kind = refused(text)
    if kind is not None:
        raise UserError(REFUSALS[kind])
