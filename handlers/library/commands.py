"""范文: models by word, kind, channel and level; one of them with what was changed in it."""

import re

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.listing import fitting
from handlers.kit.registry import Registry
from handlers.library import meanings, texts
from handlers.library.finding import search_of
from handlers.library.reading import lines_of, model_of
from handlers.rules.differences import short_form
from storage.queries.library import Shelved

registry = Registry(theme="采用")

_AT_ONCE = 10
_BODY, _CHANGES = 500, 700
_NUMBER = re.compile(r"(?:第?\s*)?(\d{1,6})\s*号?(?:稿件?)?")


@registry.command(
    "范文",
    takes=Takes.WORDS,
    usage="范文 电梯 省级（或：范文 12）",
    purpose="找采用过的范文，看刊用前改了什么",
    means=meanings.search,
    reads=meanings.words_looked_for,
    changes=False,
)
def search_models(ctx: Context, asked: Asked) -> str:
    """List what was adopted and has these words; a number shows that item.

    Raises:
        UserError: nothing can be looked for, or there is no such item.
    """
    said = str(asked.slots.get("words", asked.text)).strip()
    if asked.numbers and not said:
        said = str(asked.numbers[0])
    number = _NUMBER.fullmatch(said)
    if number and (one := ctx.uow.library.numbered(ctx.sender.bureau, int(number[1]))):
        return _shown(ctx, one)
    if number and not said.isdecimal():
        raise UserError(texts.NOT_FOUND.format(number=number[1]))
    return _listed(ctx, said, asked)


def _listed(ctx: Context, said: str, asked: Asked) -> str:
    wanted = search_of(ctx, said, asked.slots)
    offset = int(asked.slots.get("offset", 0))
    found = ctx.uow.library.search(ctx.sender.bureau, wanted.search, _AT_ONCE + 1, offset)
    if not found:
        raise UserError(texts.NO_MORE if offset else texts.NONE.format(what=wanted.named))
    lines = fitting(lines_of(ctx, found[:_AT_ONCE]))
    ctx.show("models", [one.number for one in found[: len(lines)]])
    last = offset + len(lines)
    head = texts.HEAD.format(wanted=wanted.named, first=offset + 1, last=last)
    foot = texts.HOW_TO_READ.format(number=found[0].number)
    if len(found) > len(lines):
        ctx.more("search_models", {**asked.slots, "words": said, "offset": last})
        foot = f"{texts.MORE}{foot}"
    return ctx.with_link("\n".join([head, *lines, foot]), "library")


def _shown(ctx: Context, one: Shelved) -> str:
    model = model_of(ctx, one.draft)
    if model is None:
        raise UserError(texts.NOT_FOUND.format(number=one.number))
    ctx.show("models", [one.number])
    changes = short_form(model.changes, _CHANGES)
    path = f"library/{one.draft}"
    return ctx.with_link(
        texts.SHOWN.format(
            number=one.number,
            title=model.title,
            unit=model.unit,
            author=model.author,
            kind=model.kind,
            uses="\n".join(model.uses),
            changes=texts.CHANGED.format(percent=model.percent, lines=changes)
            if changes
            else texts.SAME,
            body=_cut(ctx, model.body, path),
        ),
        path,
    )


def _cut(ctx: Context, body: str, path: str) -> str:
    if len(body) <= _BODY:
        return body
    rest = texts.CUT if ctx.link(path) else texts.CUT_NO_PAGE
    return body[:_BODY] + rest.format(count=len(body))
