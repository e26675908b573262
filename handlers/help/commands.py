"""帮助: what can be said, by role."""

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context, Usage
from handlers.kit.registry import Registry

HELLO = "{name}您好，我是信使。您可以发送：\n{lines}\n某一条怎么用：帮助 {example}"
LINE = "{usage}：{purpose}"
ONE = "{purpose}。\n用法：{usage}"
NO_SUCH = "没有“{word}”这条命令。发送 帮助 看全部。"

registry = Registry()


@registry.command("帮助", takes=Takes.WORDS, usage="帮助", purpose="看可以说什么")
def show_help(ctx: Context, asked: Asked) -> str:
    mine = ctx.uow.members.roles_of(ctx.sender.userid).keys()
    usages = [usage for usage in ctx.around.usages if usage.shown_to & mine]
    if asked.text:
        return _one(asked.text, ctx.around.usages)
    lines = "\n".join(LINE.format(usage=one.usage, purpose=one.purpose) for one in usages)
    example = usages[0].word if usages else "投稿"
    return HELLO.format(name=ctx.sender.name, lines=lines, example=example)


def _one(word: str, usages: tuple[Usage, ...]) -> str:
    for usage in usages:
        if usage.word == word:
            return ONE.format(usage=usage.usage, purpose=usage.purpose)
    return NO_SUCH.format(word=word)
