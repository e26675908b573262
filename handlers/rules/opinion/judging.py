"""What the machine thinks of a post: topics, whose it is, how grave and why; from its words.

A person decides. Everything that is thought comes with the words that it was read from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from handlers.rules.opinion.casualties import Casualties, casualties
from handlers.rules.opinion.grading import Event, Suggestion, suggest
from handlers.rules.opinion.matching import Hit, Post
from handlers.rules.opinion.relevance import LOCAL, OWN, OWN_FIELD, Ground, Relevance
from handlers.rules.opinion.risk import Spreading, shares
from handlers.rules.opinion.signs import Signs, signs
from handlers.rules.opinion.tone import Tone, complains, tone
from handlers.rules.opinion.top import SHIPPED, Top

ELSEWHERE = "写的是外地（{words}），不预警，只进日报的外地同类"
NO_PLACE = "没有写到本地的地名"
ADVERT = "像广告"
ADDED = "按本单位标注调整{points:+}"
_SHOWN, _SENSITIVE = 8, 2
_READ_AGAIN = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What was read from a post; *parts* of its risk are 0 to 1 by their names.

    *alarming*: by itself it is worth a case; *eligible*: it would be if it were grave. *words* are
    what topics were found by. *added* points, from the weights of version *model*, are in the
    grade.
    """

    topics: tuple[tuple[str, int], ...]
    signs: Signs
    harm: Casualties
    tone: Tone
    relevance: Relevance
    suggestion: Suggestion
    risk: float
    parts: Mapping[str, float]
    alarming: bool
    eligible: bool = False
    words: tuple[str, ...] = ()
    model: int = 0
    added: float = 0.0

    @property
    def why(self) -> tuple[str, ...]:
        """What the grade comes from, in words."""
        found = [f"{part.said}{part.points:+}" for part in self.suggestion.parts]
        if self.added:
            found.append(ADDED.format(points=self.added))
        found += self.suggestion.floors
        if self.relevance.elsewhere:
            found.append(ELSEWHERE.format(words="、".join(self.relevance.words[:3])))
        elif self.relevance.value == LOCAL:
            found.append(NO_PLACE)
        if self.tone.advert:
            found.append(ADVERT)
        return tuple(found)

    @property
    def weighed(self) -> Mapping[str, Any]:
        """What the weights were given besides the parts, and their version; ``elsewhere`` if so."""
        weighed = {
            "model": self.model,
            "points": self.suggestion.points,
            "added": self.added,
            "floor": self.suggestion.floor,
            "eligible": self.eligible,
        }
        return weighed | ({"elsewhere": True} if self.relevance.elsewhere else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is known beside the words: who says it, how far it has come, when."""

    source: str = ""
    heat: int = 0
    rising: bool = False
    sensitive_period: bool = False
    spreading: Spreading = field(default_factory=Spreading)


def judge(
    post: Post,
    hits: Sequence[Hit],
    ground: Ground,
    beside: Beside,
    top: Top = SHIPPED,
    *,
    ours: Relevance | None = None,
) -> Judgement:
    """Judge a post by its words, the topics that fit it, what is beside, and how that is weighed.

    What decides in the end, *top*, is what a bureau's own marks made of it. *ours* is whose it is,
    where that has been read.
    """
    text = post.plain.sent
    topics = tuple(dict.fromkeys((hit.topic.name, hit.topic.severity) for hit in hits))
    seen, spoken, harm = read_signs(text, beside.heat)
    reported = beside.spreading.reported
    relevance = ours or ground.of(
        post, source=beside.source, on_topic=bool(topics), reported=reported
    )
    severity = max((severity for _, severity in topics), default=0)
    complaint = severity < _SENSITIVE and relevance.value == OWN and _complains(text, spoken)
    severity = _SENSITIVE if complaint else severity
    parts = shares(severity, harm, seen, spoken, beside.spreading)
    event = Event(
        topics=topics,
        signs=seen,
        harm=harm,
        trapped=seen.trapped and not seen.retold,
        complaint=complaint,
        rising=beside.rising,
        sensitive_period=beside.sensitive_period,
    )
    added = top.added(parts)
    suggestion = suggest(event, added=added, steps=top.steps)
    stake = top.risk(relevance.value, parts)
    eligible = _may_alarm(relevance, suggestion, seen, spoken, ground)
    return Judgement(
        topics=topics,
        signs=seen,
        harm=harm,
        tone=spoken,
        relevance=relevance,
        suggestion=suggestion,
        risk=stake,
        parts=parts,
        alarming=reported or (eligible and top.alarms(stake, suggestion.grade)),
        eligible=eligible,
        words=_words(post, hits),
        model=top.version,
        added=added,
    )


@lru_cache(_READ_AGAIN)
def read_signs(text: str, heat: int) -> tuple[Signs, Tone, Casualties]:
    """Read what a post says of crowds, media and heat, how it speaks, and whom it says was harmed.

    *text* is as it was written, its title before a line break.
    """
    seen = signs(text, heat)
    title, _, body = text.partition("\n")
    return seen, tone(text), Casualties() if seen.retold else casualties(title, body)


def _complains(text: str, spoken: Tone) -> bool:
    return not spoken.advert and not spoken.routine and complains(text)


def _may_alarm(
    relevance: Relevance, suggestion: Suggestion, seen: Signs, spoken: Tone, ground: Ground
) -> bool:
    """Tell whether what a machine found may be worth a case: our own, and not told as done."""
    done = (spoken.routine and not seen.disputed) or seen.softened or seen.retold
    if relevance.elsewhere or spoken.advert or (done and not suggestion.floors):
        return False
    least = OWN_FIELD if ground.known and not suggestion.floors else LOCAL
    return relevance.value >= least and bool(suggestion.parts)


def _words(post: Post, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the words that topics were found by, as they were written."""
    spans = dict.fromkeys(span for hit in hits for span in hit.spans)
    quoted = filter(None, (post.plain.quoted(*span) for span in spans))
    found: dict[str, None] = {}
    while len(found) < _SHOWN and (word := next(quoted, "")):
        found[word] = None
    return tuple(found)
