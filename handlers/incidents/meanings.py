"""What is said about an incident in hand: the answer to what is asked, reported, signed."""

import re

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared

_NAMED = re.compile(r"紧急(?:信息)?\s?第?(\d{1,4})")


def _incident(heard: Heard) -> Slots:
    """Read the incident that is named, else the one whose report is before the sender."""
    if found := _NAMED.search(heard.plain):
        return {"incident": int(found[1])}
    situation = heard.situation
    if situation.kind == "incident_report" and len(situation.numbers) == 1:
        return {"incident": situation.numbers[0]}
    return {}


begin = Meaning(name="report_incident", cues=(), asks=("incident_words",))

fill = Meaning(name="fill_incident", cues=(), asks=("incident_element",))

phone = Meaning(
    name="incident_phoned",
    words=("已电话报告",),
    cues=(
        cue(
            r"^(?:我)?(?:已经?|刚|刚才)?(?:打)?(?:电话|口头)(?:已经?|刚)?"
            r"(?:报告?|上报|汇报)(?:了|过|给|到)",
            9,
            unless=r"[?]|吗|怎么|谁|稿",
        ),
    ),
    asks=("incident_to",),
)

written = Meaning(name="incident_sent", cues=(), asks=("incident_sent_to",))

_FOLLOWED = re.compile(r"^\s*(?:紧急)?续报(?:紧急)?[\s,:]*")

follow = Meaning(
    name="follow_incident",
    cues=(
        cue(
            r"^续报[\s,:]+(?!\d{1,4}(?:号|[\s,:]|$))\S", 9, unless=r"[?]|吗|舆情|怎么|什么时候|几点"
        ),
    ),
)


def news(heard: Heard) -> str:
    """Return what is new, without the word that announces it."""
    found = _FOLLOWED.match(heard.plain)
    return heard.raw[found.end() :] if found else heard.raw


late = Meaning(name="explain_delay", cues=(), asks=("incident_late",))

_YES = (
    r"(?:同意|签发|签字?|可以|通过|批准|没问题|照此|按此|就这样)"
    r"(?:[,\s]|签发|上报|报送?|报出|发出?|吧|了|的)*"
)

sign = Meaning(
    name="sign_incident",
    words=("签发紧急",),
    cues=(
        cue(rf"^{_YES}[.!~]*$", 9, during="incident_report"),
        cue(
            r"^(?:同意|签发|签|通过|批准|可以)(?:一下)?紧急(?:信息)?\s?第?\d{1,4}号?(?:的)?"
            r"(?:初报|续报|终报)?[.!]*$",
            9,
        ),
        cue(rf"^紧急(?:信息)?\s?第?\d{{1,4}}号?(?:的)?(?:初报|续报|终报)?[,\s]*{_YES}[.!]*$", 9),
    ),
    slots=(_incident,),
    guarded=True,
)

DECLARED = declared(__file__, begin, fill, phone, written, follow, late, sign)
