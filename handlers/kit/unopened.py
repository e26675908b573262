"""The answer to what is understood and not built yet: said plainly, with whom to ask instead."""

from handlers.kit.asked import Asked
from handlers.kit.context import Context
from handlers.kit.registry import Answer

NOT_OPEN = "听懂了：您想{purpose}。这件事还不能在这里办，请先联系办公室。发送 帮助 看现在能办什么。"


def not_open(purpose: str) -> Answer:
    """Return an answer that says that *purpose* cannot be done here yet."""

    def answer(_ctx: Context, _asked: Asked) -> str:
        return NOT_OPEN.format(purpose=purpose)

    return answer
