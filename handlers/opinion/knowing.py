"""Whether posts were found before: who says the same, what is about the same matter.

Posts that come together are looked up together, and then each sees those before it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache

from handlers.kit.context import Context
from handlers.kit.events import ItemFound
from handlers.opinion.coming import READ_AHEAD, Coming
from handlers.opinion.watching import Watch
from handlers.rules.opinion import alike
from handlers.rules.opinion.numbers import Numbers
from handlers.rules.opinion.plain import plain, spelled
from handlers.rules.similarity import likeliest
from storage.queries.opinion import Earlier
from storage.queries.prints import MOST_HOLDERS, Print
from storage.vocabulary import CaseId, ItemId, UnitId

WINDOW = timedelta(days=30)
_AT_ONCE = timedelta(hours=2)
_READ_AGAIN = 1 << 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was known of a post when it came.

    *kin* are items whose case is its own, *like* those whose case it may belong to. *rising*: its
    heat doubled within two hours.
    """

    copy_of: ItemId | None = None
    thread: ItemId | None = None
    kin: tuple[ItemId, ...] = ()
    like: tuple[ItemId, ...] = ()
    rising: bool = False


NOTHING = Known()


class Past:
    """What a bureau found in the last 30 days, as far as some new posts have to do with it.

    *cases* and *perhaps* are the cases that items belong to, or may; whoever learns of more adds
    them.
    """

    def __init__(
        self,
        bureau: UnitId,
        watch: Watch,
        rarity: alike.Rarity,
        looks: Mapping[ItemId, alike.Look],
    ) -> None:
        self.cases: dict[ItemId, CaseId] = {}
        self.perhaps: dict[ItemId, CaseId] = {}
        self._bureau, self._watch, self._rarity, self._looks = bureau, watch, rarity, looks
        self._holders: dict[int, list[int]] = {}
        self._found: dict[frozenset[int], Sequence[int]] = {}
        self._added: set[int] = set()
        self._seen: dict[int, _Seen] = {}
        self._new: list[Print] = []
        self._day = 0

    @classmethod
    def of(
        cls,
        ctx: Context,
        bureau: UnitId,
        watch: Watch,
        rarity: alike.Rarity,
        coming: Sequence[Coming],
    ) -> "Past":
        """Look up what new posts may have to do with: two queries, however many they are.

        What is nobody's business is not looked for.
        """
        looks = {
            one.id: look_at(bureau, one.title, one.found.words, one.found.url, rarity).at(
                bureau, one.place, watch.fields(one.topics)
            )
            for one in coming
            if one.concerns
        }
        past = cls(bureau, watch, rarity, looks)
        if looks:
            past._load(ctx, min(one.found.found_at for one in coming) - WINDOW, coming)
        return past

    def _load(self, ctx: Context, since: datetime, coming: Sequence[Coming]) -> None:
        marks = {mark for look in self._looks.values() for mark in look.marks}
        self._holders = ctx.uow.prints.holders(self._bureau, marks, since.toordinal())
        self._day = max(one.found.found_at for one in coming).toordinal()
        for look in self._looks.values():
            self._found[look.prints] = likeliest(self._of(look.prints), alike.COMPARED)
            self._found[look.keys] = likeliest(self._of(look.keys), alike.MEMBERS)
        likely = {item for items in self._found.values() for item in items}
        for one in ctx.uow.opinion.earlier(likely, since).values():
            self._seen[one.id] = _Seen(one, self._watch, self._rarity)
            if one.case_id is not None:
                self.cases[one.id] = one.case_id
            if one.perhaps is not None:
                self.perhaps[one.id] = one.perhaps

    def known(self, one: Coming) -> Known:
        """Say what is known of a post; from now on it is what those after it may repeat."""
        if (look := self._looks.get(one.id)) is None:
            return NOTHING
        known = self._copy(one, look) or self._thread(one, look)
        found = one.found
        item = Earlier(
            id=one.id,
            title=one.title,
            words=found.words,
            place=one.place,
            topics=one.topics,
            thread=known.thread,
            case_id=None,
            perhaps=None,
            repost_of=known.copy_of,
            heat=found.heat,
            found_at=found.found_at,
        )
        self._seen[one.id] = _Seen(item, self._watch, self._rarity, look)
        self._added |= look.marks
        for mark in look.marks:
            holders = self._holders.setdefault(mark, [])
            holders.append(one.id)
            if len(holders) > MOST_HOLDERS:
                del holders[:-MOST_HOLDERS]
            self._new.append((mark, one.id))
        return known

    def keep(self, ctx: Context) -> None:
        """Let the new posts be found again."""
        ctx.uow.prints.keep(self._bureau, self._new, self._day)

    def case_of(self, known: Known) -> CaseId | None:
        """Return the case that a post belongs to, as far as is known by now."""
        return next((self.cases[one] for one in known.kin if one in self.cases), None)

    def perhaps_of(self, known: Known) -> CaseId | None:
        """Return the case that it may belong to."""
        if known.copy_of is not None:
            return self.perhaps.get(known.kin[0])
        return next((self.cases[one] for one in known.like if one in self.cases), None)

    def _copy(self, one: Coming, look: alike.Look) -> Known | None:
        for seen in self._likeliest(look.prints, alike.COMPARED):
            item = seen.item
            if not seen.is_elsewhere(one.place, look) and alike.says_the_same(
                look.pairs, seen.pairs
            ):
                return Known(
                    copy_of=item.repost_of or item.id,
                    thread=item.thread or item.id,
                    kin=(item.id,),
                    rising=_rises(one.found, item),
                )
        return None

    def _thread(self, one: Coming, look: alike.Look) -> Known:
        likely = self._likeliest(look.keys, alike.MEMBERS)
        near = [seen for seen in likely if not seen.is_elsewhere(one.place, look)]
        fields = self._watch.fields(one.topics)
        members = [seen.member for seen in near]
        belongs = alike.belongs(look.matter, one.place, look.text, members, fields)
        return Known(
            thread=belongs.thread,
            kin=_of_thread(belongs.thread, near),
            like=_of_thread(belongs.perhaps, near),
        )

    def _likeliest(self, marks: frozenset[int], most: int) -> Sequence["_Seen"]:
        """Return who shares the most of *marks*, with those that came since it was looked up."""
        found = self._found[marks]
        if not self._added.isdisjoint(marks):
            found = likeliest(self._of(marks), most)
        return [self._seen[item] for item in found if item in self._seen]

    def _of(self, marks: frozenset[int]) -> Mapping[int, Sequence[int]]:
        return {mark: self._holders[mark] for mark in marks if mark in self._holders}


class _Seen:
    """A post that came before, as far as those after it are compared with it.

    What costs more than its text is made when it is first needed; *look* has all, of one that has
    just come.
    """

    def __init__(
        self, item: Earlier, watch: Watch, rarity: alike.Rarity, look: alike.Look | None = None
    ) -> None:
        self.item = item
        self.text = look.text if look else _spelled(item.title, item.words)
        self._watch, self._rarity, self._look = watch, rarity, look

    def is_elsewhere(self, place: str, look: alike.Look) -> bool:
        """Tell whether a new post is about another place."""
        return alike.contradict(place, look.text, self.item.place, self.text)

    @cached_property
    def pairs(self) -> Numbers:
        return self._look.pairs if self._look else _pairs(self.text)

    @cached_property
    def member(self) -> alike.Member:
        item = self.item
        return alike.Member(
            thread=item.thread or item.id,
            matter=(
                self._look.matter if self._look else _matter(item.title, item.words, self._rarity)
            ),
            place=item.place,
            text=self.text,
            fields=self._watch.fields(item.topics),
        )


@lru_cache(READ_AHEAD)
def look_at(bureau: UnitId, title: str, words: str, url: str, rarity: alike.Rarity) -> alike.Look:
    """Look at a post that comes; what was looked at ahead, before its transaction, is at hand."""
    named, whole = spelled(title), plain(f"{title}\n{words}").text
    said = whole.removeprefix(f"{named}\n")
    matter = alike.matter_of(alike.runs_of(named, said), rarity)
    return alike.look_at(bureau, whole, matter, url=url)


def _of_thread(thread: ItemId | None, near: Sequence[_Seen]) -> tuple[ItemId, ...]:
    items = (seen.item for seen in near)
    return tuple(one.id for one in items if thread and thread in {one.thread, one.id})


def _rises(found: ItemFound, copy: Earlier) -> bool:
    now, before = (max(each.values(), default=0) for each in (found.heat, copy.heat))
    return bool(before) and now >= 2 * before and found.found_at - copy.found_at <= _AT_ONCE


@lru_cache(_READ_AGAIN)
def _spelled(title: str, words: str) -> str:
    return f"{spelled(title)}\n{spelled(words)}"


@lru_cache(_READ_AGAIN)
def _pairs(text: str) -> Numbers:
    return alike.pairs_of(text)


@lru_cache(_READ_AGAIN)
def _matter(title: str, words: str, rarity: alike.Rarity) -> alike.Matter:
    named, _, said = _spelled(title, words).partition("\n")
    return alike.matter_of(alike.runs_of(named, said), rarity)
