"""紧急信息：…: one line begins it, whether by its command, in free words, or once it is settled."""

import re

from handlers.incidents import either, meanings, texts
from handlers.incidents.beginning import begin
from handlers.incidents.listing import list_open
from handlers.incidents.registry import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.events import EmergencySaid

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
    return begin(ctx, words) if words else list_open(ctx)


@registry.on(EmergencySaid)
def take_what_is_said(ctx: Context, event: EmergencySaid) -> str:
    """Register an emergency that is told in free words; ask what happened, if it is not said."""
    words = _ANNOUNCED.sub("", event.words).strip(" ：:，,！!\n")
    if not words:
        return ctx.ask(texts.ASK_WORDS, "incident_words", "report_incident", Asked())
    return begin(ctx, words)
