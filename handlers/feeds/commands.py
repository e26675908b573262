"""来源: list, add, try, stop and start what posts come from."""

import re

from handlers.feeds import keeping, meanings, texts
from handlers.feeds.registry import registry
from handlers.feeds.telling import KEEPERS, kind_words, state_of
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.listing import fitting
from handlers.kit.sheets import ONLY_OFFICE, may_hand_in
from handlers.rules.sources import WEEK
from storage.models import Source
from storage.vocabulary import Role

_NAME_AND_ADDRESS = re.compile(r"^(?P<name>\S.{0,59}?)\s+(?P<url>\S+)$")


@registry.command(
    "来源",
    "舆情来源",
    takes=Takes.NOTHING,
    usage="来源",
    purpose="看舆情来源是否正常",
    shown_to=KEEPERS,
    changes=False,
    means=meanings.listing,
)
def list_sources(ctx: Context, _asked: Asked) -> str:
    """List the bureau's sources with how they are.

    Raises:
        UserError: the sender does not keep them.
    """
    keeping.refuse_others(ctx)
    sources = ctx.uow.sources.of_bureau(ctx.sender.bureau)
    if not sources:
        return ctx.with_link(texts.NONE, "sources")
    lately = ctx.uow.sources.brought_since(ctx.sender.bureau, ctx.now - WEEK)
    lines = [
        texts.LINE.format(
            number=one.number,
            name=one.name,
            kind=kind_words(one),
            state=state_of(one, lately.get(one.id, 0)),
        )
        for one in sources
    ]
    said = texts.LIST.format(count=len(sources), lines="\n".join(fitting(lines)))
    return ctx.with_link(said, "sources")


@registry.command(
    "添加来源",
    takes=Takes.WORDS,
    usage="添加来源 市政府网站 https://www.example.gov.cn/rss.xml",
    purpose="添加一个自动读取的来源（RSS、Atom、JSON Feed）",
    shown_to=KEEPERS,
    means=meanings.add,
    reads=meanings.source_to_add,
)
def add_feed(ctx: Context, asked: Asked) -> str:
    """Add a feed by its name and address; it is tried at once.

    Raises:
        UserError: the sender does not keep them, the name is taken or the address none.
    """
    keeping.refuse_others(ctx)
    found = _NAME_AND_ADDRESS.match(asked.text.strip())
    if found is None:
        raise UserError(texts.FORM)
    return keeping.add_feed(ctx, found["name"], found["url"])


@registry.command(
    "试来源",
    "试读来源",
    takes=Takes.NUMBER,
    usage="试来源 3",
    purpose="马上读一次来源，告诉结果",
    shown_to=KEEPERS,
    means=meanings.try_one,
)
def try_source(ctx: Context, asked: Asked) -> str:
    """Ask a feed as soon as may be, and tell the sender how it went.

    Raises:
        UserError: the sender does not keep them, there is no such feed, or it is stopped.
    """
    return keeping.try_now(ctx, _meant(ctx, asked))


@registry.command(
    "停用来源",
    takes=Takes.NUMBER,
    usage="停用来源 3",
    purpose="不再读、不再收一个来源",
    shown_to=KEEPERS,
    means=meanings.stop,
)
def stop_source(ctx: Context, asked: Asked) -> str:
    """Stop a source; what waits to be told of it is over.

    Raises:
        UserError: the sender does not keep them, there is none, or it is stopped already.
    """
    return keeping.stop(ctx, _meant(ctx, asked))


@registry.command(
    "启用来源",
    takes=Takes.NUMBER,
    usage="启用来源 3",
    purpose="恢复停用的来源",
    shown_to=KEEPERS,
    means=meanings.start,
)
def start_source(ctx: Context, asked: Asked) -> str:
    """Let a stopped source bring posts again; its silence is counted from now.

    Raises:
        UserError: the sender does not keep them, there is none, or it is not stopped.
    """
    return keeping.start(ctx, _meant(ctx, asked))


@registry.command(
    "删除来源",
    takes=Takes.NUMBER,
    usage="删除来源 3",
    purpose="删除停用的来源，收到的条目留着",
    shown_to=KEEPERS,
    means=meanings.remove,
)
def remove_source(ctx: Context, asked: Asked) -> str:
    """Remove a stopped source; what it brought stays.

    Raises:
        UserError: the sender does not keep them, there is none, or it is not stopped.
    """
    return keeping.remove(ctx, _meant(ctx, asked))


def _meant(ctx: Context, asked: Asked) -> Source:
    return keeping.numbered(ctx, asked.numbers[0] if asked.numbers else int(asked.slots["source"]))


@registry.command(
    "导入舆情",
    takes=Takes.WORDS,
    usage="导入舆情",
    purpose="把别处的舆情表（Excel、CSV）导进来",
    shown_to=frozenset({Role.OFFICE}),
    changes=False,
    means=meanings.sheet,
)
def import_items(ctx: Context, _asked: Asked) -> str:
    """Say where a sheet of posts is handed in: chat brings no files.

    Raises:
        UserError: the sender does not keep the registers.
    """
    if not may_hand_in(ctx):
        raise UserError(ONLY_OFFICE)
    return ctx.with_link(texts.SHEET_WHERE, "items/import")
