"""Which meaning a text has, by what the capabilities declare and by nothing else.

Every cue that is found speaks with its strength; the strongest wins, and of equals the one that
explains more of the text. What decides about others' work (`Meaning.guarded`) is not heard in a
question, a quotation or talk about the matter.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from operator import itemgetter

from bot.language.courtesy import without_courtesy
from bot.language.cues import Cues
from bot.language.heard import Heard
from bot.language.likeness import Likeness
from bot.language.slips import Slips
from handlers.kit.examples import Example
from handlers.kit.meaning import Meaning, Slots
from handlers.kit.patterns import compile_waiting, later
from handlers.kit.words import NO, NUMBER, YES

CUES_READ = 300
"""Characters that cues are looked for in: what a request is, its beginning tells."""

_QUESTION = later(
    r"(?:[?]|吗|么|嘛|呢|没|没有|不|否)[?.!~\s]*$|[了过]没|能不能|可不可以"
    r"|是不是|要不要|行不行|好不好"
    r"|有没有|会不会|是否|能否|可否|该不该|为什么|为啥|凭什么|怎[么样]|如何|咋|何时|几号"
    r"|什么时候|啥时候|多久|多少|(?<![这那前后头另])几[篇条个时]|哪[些里个位天]|谁"
)
_QUOTED = later(
    r"(?<!我)(?:(?<![再另好先不没啥话可])说(?!明|清|[的头](?:$|[\s,.]))|讲|问(?![题候])|表示|觉得|认为|吩咐|交代|答应|要求"
    r"|指示|点头|口头|(?<!我)(?<!我也)(?<!这边)(?<!这里)同意了(?!吧))|听说|据说|据.{1,4}反映|(?:局长|领导"
    r"|书记|主任|(?<!其)他|她|(?<![请报呈转由送])[一-鿿]局)(?:刚|已经?|都|也|会|要|应该)?(?:同意|通过|批"
    r"|签)"
)
_TALKED = later(
    r"(?:通过|过审|退回|退稿|合格|采用|签发|撤稿)率|(?:通过|退回|撤稿|签发"
    r"|审核|办结).{0,3}(?:流程|程序|条件|标准|要求|规定|权限|按钮|功能|原因"
    r"|理由是什么)"
)
_SECOND = later(
    rf"(?:再|另外|还有|顺便|然后|那|把|其|剩)?.{{0,2}}(?:第?{NUMBER}|其[他余它]|剩|看|还有|催)"
)
_YES, _NO = later(YES), later(NO)
_GIVEN_UP = later(r"[不莫别罢算停免弃]|当没|取消|作废|撤")
_SURE = 8
_CERTAIN = 8
_CLEARLY = 7
_LIKELY = 5
_CUE_WEIGHT = 0.5
_MENDED_BELOW = 6
_GUESSED = 3  # characters; what is shorter is like too much
_CLAUSE = later(
    r"[,;.]\s?|\s+|(?<=[过退回意准批了吧以行])(?=第?(?:\d|[一二三四五六七八九十]{1,3}号)|其[他余它]|剩下|别的)"
)
_REST = later(
    r"(?:[但那]|另外)?(?:其[他余它]|剩下|别的)的?(?:[一二两三四五六七八九几\d]*[个篇条])?"
)
_OTHERS = later(r"其[他余它]|剩|余下|别的|另外[几两三]")
_ONLY_NUMBERS = later(rf"(?:第|{NUMBER}|[号稿\s,和跟及与把将还有以]|通过|同意|退回|签发)*")
_LIST = later(rf"(?:第|{NUMBER}|[号稿\s,和跟及与])*")
_LATER = later(r"(?:都|就|我)*(?:再|先|等|待|回头|明天|下午|晚点|缓|放)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """An intent of domain-rules §8 with its slots; *strength* is that of its strongest cue.

    *heard* is the part of the text that said it; *second* what else the same line says; *answers*
    tells that it is the answer to what the bot asked for.
    """

    intent: str
    slots: Slots = field(default_factory=dict)
    strength: int = 0
    meaning: Meaning | None = None
    heard: Heard | None = None
    second: "Understood | None" = None
    answers: bool = False

    @property
    def clarify(self) -> bool:
        """Tell whether the bot has to ask."""
        return "clarify" in self.slots


class Understanding:
    """Finds the meaning of a text among the declared ones."""

    def __init__(self, meanings: Iterable[Meaning], examples: Iterable[Example]) -> None:
        said = tuple(examples)
        self._likeness = Likeness(said)
        self._brief = frozenset(each.text for each in said if len(each.text) < _GUESSED)
        self._meanings = tuple(meanings)
        self._cues = Cues(self._meanings)
        self._doubts = {
            meaning.name: later(meaning.doubt) for meaning in self._meanings if meaning.doubt
        }
        self._by_name = {each.name: each for each in reversed(self._meanings)}
        self._by_name.pop("unknown", None)
        self._slips = Slips(word for each in self._meanings for word in each.words)
        self._asking = {slot: each for each in self._meanings for slot in each.asks}
        self._beside = {each.name: later(each.beside) for each in self._meanings if each.beside}

    def prepare(self) -> None:
        """Do now what the first texts would otherwise wait for; a service calls it at its start."""
        compile_waiting()
        self._slips.prepare()

    def understand(self, heard: Heard) -> Understood:
        """Say what was meant; `unknown` where nothing was."""
        situation = heard.situation
        if situation.group and not situation.mentioned:
            return Understood(intent="smalltalk")
        if situation.kind != "composing":
            heard = heard.part(*without_courtesy(heard.plain))
        found = self._whole(heard)
        if found.strength >= _MENDED_BELOW or situation.kind == "composing":
            return found
        if mended := self._slips.mend(heard.plain):
            again = self._whole(Heard(mended, situation, heard.roles, heard.clock))
            if again.strength > found.strength:
                return again
        return found

    def ranked(self, heard: Heard) -> list[tuple[int, int, Meaning]]:
        """Return the meanings that are heard, the likeliest first."""
        best = self._cues.strongest(heard.plain[:CUES_READ], heard.situation, heard.roles)
        found = [(*best[at], self._meanings[at]) for at in sorted(best)]
        if len(found) > 1:
            found.sort(key=itemgetter(0, 1), reverse=True)
        return found

    def _of(self, heard: Heard, *, alone: bool = True) -> Understood:
        every = self.ranked(heard)
        joined = next((each[2] for each in every if each[2].also), None)
        if alone and joined and (both := self._both(heard, joined)):
            return both
        if alone and not joined and (first := self._before_the_rest(heard)):
            return first
        ranked = [each for each in every if not self._is_talk(each[2], heard)]
        ranked = self._settled(heard, ranked)
        if alone and (answered := self._answer(heard, ranked)):
            return answered
        if not ranked:
            return Understood(intent="unknown")
        strength, _, meaning = ranked[0]
        if meaning.only and not meaning.only & heard.roles:
            return Understood(
                intent="unknown",
                slots={"guard": "no_permission"},
                meaning=meaning,
                strength=strength,
            )
        slots: Slots = {}
        for slot in meaning.slots:
            slots = slot(heard) | slots
        mixed = meaning.guarded and meaning.also and not heard.drafts_stand_together()
        if mixed or (meaning.needs and meaning.needs not in slots):
            return Understood(
                intent="unknown", slots={"clarify": "which"}, meaning=meaning, strength=strength
            )
        return Understood(
            intent=meaning.name, slots=slots, strength=strength, meaning=meaning, heard=heard
        )

    def _settled(
        self, heard: Heard, ranked: list[tuple[int, int, Meaning]]
    ) -> list[tuple[int, int, Meaning]]:
        """Put first what the cues and the likeness to examples together speak for.

        A meaning without any cue may come first too, unless it is guarded.
        """
        if ranked and ranked[0][0] > _CERTAIN:
            return ranked
        brief = len(heard.plain) < _GUESSED and not heard.situation.kind
        if brief and not ranked and heard.plain not in self._brief:
            return ranked
        scores = self._likeness.scores(heard.plain, heard.situation.written, heard.roles)
        cued = {}
        for strength, length, meaning in reversed(ranked):
            cued[meaning.name] = (strength, length, meaning)
        least = min(scores.values())
        for name, (strength, *_) in cued.items():
            scores[name] = scores.get(name, least) + _CUE_WEIGHT * strength
        name = max(scores, key=scores.__getitem__)
        if name in cued:
            best = cued[name]
            return [best, *(each for each in ranked if each is not best)]
        liked = self._by_name.get(name)
        if liked is None:  # like nothing that can be asked for
            return [each for each in ranked if _stays_open(each[2], heard)]
        if liked.guarded:  # what decides about others' work is never guessed
            return [each for each in ranked if each[0] >= _MENDED_BELOW]
        return [(_LIKELY, 0, liked), *ranked]

    def _is_talk(self, meaning: Meaning, heard: Heard) -> bool:
        """Tell whether a guarded meaning is only talked about: asked, quoted, discussed."""
        if not meaning.guarded:
            return False
        text = heard.plain[:CUES_READ]
        if doubt := self._doubts.get(meaning.name):
            return doubt.search(text) is not None
        return bool(_QUESTION.search(text) or _QUOTED.search(text) or _TALKED.search(text))

    def _answer(self, heard: Heard, ranked: list[tuple[int, int, Meaning]]) -> Understood | None:
        """Take the text as the answer to what the bot asked, unless it says something else."""
        situation = heard.situation
        best = ranked[0] if ranked else None
        if situation.kind == "confirm" and not (best and best[0] > _SURE):
            if _NO.search(heard.plain):
                return self._as("cancel", heard)
            if _YES.search(heard.plain):
                intent, _, scope = situation.word.partition("_all")
                whole = {"all": True} if situation.word.endswith("_all") else {}
                return Understood(intent=intent or scope, slots=whole, strength=_SURE)
        if situation.kind == "ask" and situation.word in self._asking:
            if best and (best[0] > _CERTAIN or _gives_up(best, heard)):
                return None
            meaning = self._asking[situation.word]
            if best and best[2] is not meaning and self._says_else(heard, meaning, best[0]):
                return None
            slots: Slots = {}
            for slot in meaning.slots:
                slots = slot(heard) | slots
            slots.setdefault(situation.word, heard.raw)
            return Understood(
                intent=meaning.name, slots=slots, strength=_SURE, meaning=meaning, answers=True
            )
        return None

    def _says_else(self, heard: Heard, asked: Meaning, strength: int) -> bool:
        """Tell whether what is understood otherwise with that *strength* is no answer."""
        beside = self._beside.get(asked.name)
        if beside and beside.search(heard.plain):
            return True
        return strength >= _CLEARLY and _asks_back(heard)

    def _as(self, intent: str, heard: Heard) -> Understood:
        meaning = next(each for each in self._meanings if each.name == intent)
        slots: Slots = {}
        for slot in meaning.slots:
            slots = slot(heard) | slots
        return Understood(intent=intent, slots=slots, strength=_SURE, meaning=meaning)

    def _both(self, heard: Heard, meaning: Meaning) -> Understood | None:
        """Read a line that says two things: 12、15号过，9号退回. The first is the intent."""
        allowed = {meaning.name, *meaning.also}
        for gap in _CLAUSE.finditer(heard.plain):
            listed = _LIST.fullmatch(heard.plain, 0, gap.start())  # 二十八、|三十号都过
            if listed or not _SECOND.match(heard.plain, gap.end()):
                continue
            first = self._of(heard.part(0, gap.start()), alone=False)
            if first.intent not in allowed:
                if unclear := self._others_first(heard, gap, first) or self._unread(
                    heard, gap, meaning
                ):
                    return unclear
                continue
            if _of_the_rest(heard.plain, gap.end(), _LATER):
                return first
            second = self._second(heard.part(gap.end()), first)
            if second.intent not in allowed or second.strength < _SURE:
                continue
            if both := _joined(first, second):
                return both
        return None

    def _others_first(
        self, heard: Heard, gap: re.Match[str], first: Understood
    ) -> Understood | None:
        """Read 其他都同意，5号不行: who the others are is said behind it."""
        if not (first.clarify and first.meaning) or not _OTHERS.match(heard.plain):
            return None
        second = self._of(heard.part(gap.end()), alone=False)
        named = second.slots.get("ids", [])
        others = [number for number in heard.situation.numbers if number not in named]
        if second.strength < _SURE or not named or len(others) == len(heard.situation.numbers):
            return None
        slots = first.slots | {"ids": others, "all": True, "except": named}
        slots.pop("clarify")
        of_others = replace(first, intent=first.meaning.name, slots=slots)
        return _joined(of_others, second) if second.intent in first.meaning.also else None

    def _whole(self, heard: Heard) -> Understood:
        rest = heard.rest()
        return (rest and self._leaving_out(heard, rest)) or self._of(heard)

    def _leaving_out(self, heard: Heard, rest: Heard) -> Understood | None:
        """Read 都同意，5号先不动 by what is said of the others; None if that decides nothing."""
        found = self._of(rest)
        meaning, left_out = found.meaning, heard.excepted()
        if meaning is None or not meaning.guarded:
            return None
        shown = heard.situation.numbers if heard.situation.kind == "pending" else ()
        named = found.slots.get("ids") or shown
        ids = [number for number in named if number not in left_out]
        if found.clarify and (not ids or not _OTHERS.search(rest.plain)):
            return found
        if not ids or (shown and not set(left_out) <= set(shown)):
            slots: Slots = {"clarify": "which"}
            return Understood(intent="unknown", slots=slots, meaning=meaning)
        slots = {name: value for name, value in found.slots.items() if name != "clarify"}
        slots["ids"] = ids
        if not rest.drafts() or found.slots.get("all"):
            slots |= {"all": True, "except": [*left_out]}
        return replace(found, intent=meaning.name, slots=slots, heard=rest)

    def _unread(self, heard: Heard, gap: re.Match[str], meaning: Meaning) -> Understood | None:
        """Ask which, where a decision follows on drafts of which something else was said before."""
        before, after = heard.part(0, gap.start()), heard.part(gap.end())
        if not (before.drafts() and after.drafts()) or _ONLY_NUMBERS.fullmatch(before.plain):
            return None
        if self._of(after, alone=False).intent not in {meaning.name, *meaning.also}:
            return None
        return Understood(intent="unknown", slots={"clarify": "which"}, meaning=meaning)

    def _before_the_rest(self, heard: Heard) -> Understood | None:
        """Read 12和7可以发，其他再看 by what it says of the first."""
        for gap in _CLAUSE.finditer(heard.plain):
            if _of_the_rest(heard.plain, gap.end(), _LATER):
                first = self._of(heard.part(0, gap.start()), alone=False)
                return first if first.meaning and first.meaning.also and not first.clarify else None
        return None

    def _second(self, heard: Heard, first: Understood) -> Understood:
        """Understand what follows; 其余 is what was shown and is not named by *first*."""
        second = self._of(heard, alone=False)
        named = first.slots.get("ids", [])
        rest = [n for n in heard.situation.numbers if n not in named]
        meaning = second.meaning
        if second.intent != "unknown" or not (meaning and named and rest):
            return second
        if meaning.needs != "ids" or not _REST.match(heard.plain):
            return second
        slots: Slots = {"ids": rest, "all": True}
        for slot in meaning.slots:
            slots = slot(heard) | slots
        return replace(second, intent=meaning.name, slots=slots)


def _stays_open(meaning: Meaning, heard: Heard) -> bool:
    """Tell whether all that can come of it is a question or a refusal."""
    if meaning.name == "unknown":
        return True
    shown = heard.situation
    nothing_shown = shown.kind == "" or (shown.kind == "pending" and len(shown.numbers) > 1)
    return bool(meaning.needs) and nothing_shown and not heard.drafts()


def _gives_up(best: tuple[int, int, Meaning], heard: Heard) -> bool:
    """Tell whether it is a 算了: heard as one, or at least like one and with a no in it."""
    liked = best[0] <= _LIKELY
    return best[2].name == "cancel" and not (liked and not _GIVEN_UP.search(heard.plain))


def _asks_back(heard: Heard) -> bool:
    """Tell whether it asks something: 这个月谁垫底 is no answer to what was asked."""
    return _QUESTION.search(heard.plain) is not None


def _joined(first: Understood, second: Understood) -> Understood | None:
    """Return one meaning of two clauses: of 12号通过，15号通过 one with both drafts."""
    if first.intent != second.intent:
        decided = set(first.slots.get("ids", []))
        if decided and decided <= set(second.slots.get("ids", [])):  # both of the same drafts
            return Understood(intent="unknown", slots={"clarify": "which"}, meaning=first.meaning)
        slots = _apart(first.slots, second.slots) | {"also": {second.intent: second.slots}}
        return replace(first, slots=slots, second=second)
    if "ids" not in first.slots or "ids" not in second.slots:
        return None
    named = dict.fromkeys([*first.slots["ids"], *second.slots["ids"]])
    return replace(first, slots=first.slots | second.slots | {"ids": [*named]})


def _apart(first: Slots, second: Slots) -> Slots:
    """Leave out of a whole what another thing is said of: 全部通过，5号退回."""
    others = second.get("ids", [])
    if not set(others) & set(first.get("ids", [])):
        return first
    return first | {"ids": [n for n in first["ids"] if n not in others], "except": [*others]}


def _of_the_rest(plain: str, at: int, then: re.Pattern[str]) -> bool:
    """Tell whether 其余 begins at *at*, and *then* follows."""
    found = _REST.match(plain, at)
    return found is not None and then.match(plain, found.end()) is not None
