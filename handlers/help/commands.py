"""帮助: what can be said, by role."""

from collections.abc import Sequence

from handlers.help import meanings
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context, Usage
from handlers.kit.refusals import REFUSALS
from handlers.kit.registry import Registry

HELLO = "{name}您好，我是信使。用自己的话说就行，也可以发送：\n{lines}\n{more}"
THEME = "{theme}：{words}{more}"
MORE = "一类里还有什么：帮助 {theme}。一条怎么用：帮助 {word}"
SHOWN = 7
LINE = "{usage}：{purpose}"
ONE = "{purpose}。\n用法：{usage}"
NO_SUCH = "没有“{word}”这条命令。发送 帮助 看可以说什么。"

OFF_TOPIC = "这个帮不上忙。我只管信息宣传的事，发送 帮助 看可以说什么。"
COURTESY = "不客气。要办事直接说，或发送 帮助 看可以说什么。"

_HELP = "帮助"
OTHERS = "其他"

registry = Registry()


@registry.command(
    _HELP,
    takes=Takes.WORDS,
    usage="帮助（或：帮助 审核）",
    purpose="看可以说什么",
    means=meanings.help_,
    reads=lambda _heard: "",
    changes=False,
)
def show_help(ctx: Context, asked: Asked) -> str:
    """Name what the sender can say: by themes, of one theme, or one command."""
    mine = ctx.uow.members.roles_of(ctx.sender.userid).keys()
    by_theme: dict[str, list[Usage]] = {}
    for usage in ctx.around.usages:
        if usage.shown_to & mine and usage.word != _HELP:
            by_theme.setdefault(usage.theme or OTHERS, []).append(usage)
    word = asked.text or str(asked.slots.get("about", ""))
    if usages := by_theme.get(word):
        return "\n".join(LINE.format(usage=one.usage, purpose=one.purpose) for one in usages)
    if word:
        return _one(word, ctx.around.usages)
    lines = "\n".join(_theme(theme, usages) for theme, usages in by_theme.items())
    theme, usages = next(iter(by_theme.items()))
    more = MORE.format(theme=theme, word=usages[0].word)
    return HELLO.format(name=ctx.sender.name, lines=lines, more=more)


def _theme(theme: str, usages: Sequence[Usage]) -> str:
    # A word of one character, as in 第12期, says nothing by itself.
    words = "、".join(
        usage.word if len(usage.word) > 1 else usage.usage for usage in usages[:SHOWN]
    )
    more = f"等{len(usages)}条" if len(usages) > SHOWN else ""
    return THEME.format(theme=theme, words=words, more=more)


@registry.meaning(meanings.smalltalk)
def answer_courtesy(_ctx: Context, _asked: Asked) -> str:
    return COURTESY


@registry.meaning(meanings.off_topic)
def stay_on_topic(_ctx: Context, _asked: Asked) -> str:
    return OFF_TOPIC


@registry.meaning(meanings.refusals)
def refuse(_ctx: Context, asked: Asked) -> str:
    """Refuse what the product never does (ARCHITECTURE rule 10)."""
    return REFUSALS.get(str(asked.slots.get("guard", "")), REFUSALS["no_deletion"])


def _one(word: str, usages: tuple[Usage, ...]) -> str:
    for usage in usages:
        if usage.word == word:
            return ONE.format(usage=usage.usage, purpose=usage.purpose)
    return NO_SUCH.format(word=word)
