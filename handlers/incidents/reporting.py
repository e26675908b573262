"""紧急信息：…: one line begins it, whether by its command, in free words, or once it is settled."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from handlers.incidents import either, meanings, texts
from handlers.incidents.beginning import begin
from handlers.incidents.listing import list_open
from handlers.incidents.registry import registry
from handlers.kit.asked import Asked, Takes, Upload
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import EmergencySaid
from handlers.kit.pictures import keep
from storage.vocabulary import AttachmentKind, ConversationState, PictureOf

_LINK_ALONE = re.compile(r"(?:https?://\S+\s*)+")
_LOOSE_FOR = timedelta(days=30)
"""How long pictures are kept before it is said what they are of."""

_ANNOUNCED = re.compile(
    r"^\s*(?:紧急[!！,，]?|急[!！,，]+)?\s*(?:我?(?:要|来)?(?:报告?|上报)|有)?(?:一?[个条件])?"
    r"(?:突发(?:情况|事件)?)?[,，]?(?:要|来)?(?:报告?|上报)?(?:一?[个条件])?(?:紧急信息|紧急情况|应急信息|险情|突发(?:事件|信息|情况)?)"
    r"(?:要报告?|报(?:告|一下)?|来了)?\s*[:：,，!！。\s]*"
)


@registry.command(
    "紧急信息",
    "报紧急信息",
    takes=Takes.TITLE_AND_BODY,
    usage="紧急信息：人民路燃气泄漏，2人受伤（只发 紧急信息：看在办的）",
    purpose="报突发紧急情况，马上计时并通知值班和领导",
    means=meanings.begin,
)
def report_incident(ctx: Context, asked: Asked) -> str:
    if "either" in asked.slots:
        return either.settle(ctx, asked)
    said = str(asked.slots.get("incident_words", ""))
    words = said or "\n".join(filter(None, (asked.title, asked.text)))
    if asked.free:
        words = _ANNOUNCED.sub("", words)
    words = words.strip(" ：:，,！!\n")
    if not words:
        return list_open(ctx)
    return _reported(ctx, words, asked.slots) if "pictures_of" in asked.slots else begin(ctx, words)


def _reported(ctx: Context, words: str, slots: Mapping[str, Any]) -> str:
    """Register what happened, with the link and the pictures that came before it was said."""
    if _LINK_ALONE.fullmatch(words):
        links = " ".join(filter(None, (slots.get("links", ""), words)))
        return _ask_what(ctx, {**slots, "links": links}, texts.ASK_BESIDE_LINK)
    key = str(slots["pictures_of"])
    said = begin(ctx, " ".join(filter(None, (words, slots.get("links", "")))), pictures_of=key)
    ctx.uow.pictures.drop(PictureOf.EITHER, key)
    return said


def _ask_what(ctx: Context, slots: Mapping[str, Any], question: str) -> str:
    given = {name: slots[name] for name in ("pictures_of", "links") if name in slots}
    return ctx.ask(question, "incident_words", "report_incident", Asked(slots=given))


@registry.upload(ConversationState.ASKING)
def keep_early_picture(ctx: Context, upload: Upload) -> str:
    """Keep a picture that comes before it is said what happened; else nothing is said.

    Raises:
        UserError: it is a file: those are not read here.
    """
    asked = ctx.talk.memory.get("asked") if ctx.talk is not None else None
    key = asked["slots"].get("pictures_of") if asked is not None else None
    if key is None:
        return ""
    if upload.kind is not AttachmentKind.PICTURE:
        raise UserError(texts.FILE_NOT)
    keep(ctx, PictureOf.EITHER, str(key), upload)
    return texts.PICTURE_EARLY


@registry.every("57 3 * * *")
def forget_loose_pictures(ctx: Context) -> None:
    """Forget pictures of what was never said to be anything: nobody has been shown them."""
    ctx.uow.forgetting.loose_pictures(ctx.now - _LOOSE_FOR)


@registry.on(EmergencySaid)
def take_what_is_said(ctx: Context, event: EmergencySaid) -> str:
    """Register an emergency that is told in free words; ask what happened, if it is not said."""
    words = _ANNOUNCED.sub("", event.words).strip(" ：:，,！!\n")
    if not words:
        return _ask_what(ctx, {"pictures_of": ctx.new_id()}, texts.ASK_WORDS)
    return begin(ctx, words)
