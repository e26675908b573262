"""What takes a harm back: it is feared, might come, was long ago, or was only a rumour.

Characters that say so stand in other words as well: 消防员, 业委会, 未成年, 刚才, 张某等3人.
"""

import re

from handlers.rules.opinion.people import COUNT

_NO = (
    "没(?:能让|能?让|有?(?!想到?|护栏|栏杆|扶手|防护|警示|井?盖|围挡|路?灯|人管|安全|戴|系))"
    "|未(?!成年|婚|满|来|央|戴|系)|无(?![锡证照业牌防名良]|人机)|零(?![工点时售件])"
)
_MAY = (
    "会(?<![委协社工大商]会)(?![议所场展计])|要是|如果|万一|可能|容易|假如|假设|真要|否则|不然|难道"
)
_FEARED = (
    "差点|险些|差一点|防(?<![消人国]防)(?![盗护水火暑汛空疫腐])|避免|免得|谨防|警惕|怕|早晚|迟早|谁敢|非[要得]"
    "|别(?![墅人的处家])|小心(?<!不小心)|才(?<![刚人]才)(?![0-9一二三四五六七八九十])|想(?<!没想)(?!不开|到)"
)
_UNTIL = "等(?<![^\n,。!?;:要得就能别]等)|等(?!人|[0-9一二两三四五六七八九十])"
_WARDED = re.compile(f"(?:{_NO}|{_MAY}|{_FEARED}|{_UNTIL})[^,;:。!?]{{0,4}}.$")
"""Ends with the first character of the harm: 张某等|3人死亡 is no waiting."""
_WOULD = re.compile(
    "(?:再不|哪天|要是|如果|万一|假如|倘若|一旦)(?P<so>(?<=再不)|(?<=哪天))?[^\n。!?;已]{0,16}$"
)
_WHOEVER = re.compile("(?:[几多]?个)?人(?![员数])|谁")
_REACH = 24
"""How far before a harm that may stand."""
_ONCE = re.compile(
    "(?:去年|前年|前几年|早些年|[几多]年前|上次|上回|年前(?<=[0-9一二两三四五六七八九十]年前)|年(?<=[0-9]{4}年))[^\n。!?;]{0,24}?"
    "(?:(?:发生|[出坠死塌着炸掉砸伤摔漏爆断])过[^\n。!?;]*?(?=,(?:如今|现在|目前|今|昨|这|此|眼下|最近|又)|[\n。!?;]|$)"
    "|[^\n。!?;]*?(?=,(?:今年|这[次回]|此次|[^\n,。!?;]{0,4}又)))"
)
_DENIED = re.compile(
    r"(?<!还说)(?<!说是)(?<!竟说)(?<!居然说)(?<!硬说)(?:系|为|是|均为|均系|属于?)?(?:谣言|不实(?:信息|消息|传言)?|误传|假消息|假的|子虚乌有)|辟谣[:，,]|不属实"
    rf"|实际上?(?:[为是系]|(?=[有仅]?{COUNT}))|实为|经核[实查](?=[^\n。!?;]{{0,12}}?{COUNT})"
)
_RUMOUR = re.compile(r"网传|有人(?:说|称|传)|传[言闻]|谣传|流传|[热疯]传|爆料|消息称|传出|辟谣")
_HARM = re.compile("[死伤亡埋困难毒]")
_TOLD = re.compile("[^?]*[。!;\n]")


def is_warded(text: str, begins: int, ends: int) -> bool:
    """Tell whether what stands around the harm from *begins* says that it has not happened."""
    first = max(0, begins - _REACH)
    if _WARDED.search(text, first, begins + 1):
        return True
    would = _WOULD.search(text, first, begins)
    return would is not None and (
        would["so"] is not None or text[ends - 1] == "人" or bool(_WHOEVER.match(text, ends))
    )


def of_now(text: str) -> str:
    """Return a text without what it tells of former years beside what it is about."""
    return _ONCE.sub("", text) if "年" in text or "上" in text else text


def undenied(text: str) -> str:
    """Return a text without the rumours in it that it denies, and all where none is denied."""
    if not (rumour := _RUMOUR.search(text)):
        return text
    ends = [denied.end() for denied in _DENIED.finditer(text, rumour.start())]
    if not ends:
        return text
    says_itself = _HARM.search(text, rumour.end(), ends[0])
    told = text[: rumour.start()] if says_itself else _before_asked(text, rumour.start())
    return told + text[ends[-1] :]


def _before_asked(text: str, ends: int) -> str:
    """Return what is told before there, without a question that it answers."""
    told = _TOLD.match(text, 0, ends)
    return told[0] if told else ""
