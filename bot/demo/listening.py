"""What is said in public about the sample bureau, and what the bureau does about it.

Monitoring services send their posts, signed, to the web application, a worker judges them, and
people say by their phones what they would say, each thing at its own minute of the past.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain, cycle, pairwise

import httpx

from bot.demo.bureau import BUREAU, LIAISON
from bot.demo.matters import AMBIENT, SERVICES, Matter, Post, Step
from bot.feeds import taking
from bot.feeds.keys import SIGNATURE, TIMESTAMP, push_address, secret_of, signature
from bot.services import Services
from bot.simulator.world import World
from handlers.feeds.capability import LANES, keeping
from handlers.rules.calendar import SHANGHAI, local
from storage.models import Source
from storage.vocabulary import BriefingKind, BriefingStatus, UnitId, UserId

_OFFICE = "zhoumin"
_PERIODS, _MORNING, _DAILY, _SENT = time(9, 17), time(9, 20), time(16, 50), time(17, 31)
_RELEASES = {
    _PERIODS: {BriefingKind.WEEKLY: "发舆情周报", BriefingKind.MONTHLY: "发舆情月报"},
    _DAILY: {BriefingKind.DAILY: "发日报"},
}
"""When the liaison looks for what was drafted, and how he has it sent."""
_ROUTINE = -1


def happenings(
    matters: Sequence[Matter], days: Sequence[date], workdays: Collection[date], now: datetime
) -> Mapping[datetime, Sequence[tuple[int, Step]]]:
    """Return what happens on *days* before *now*: routine, and each matter that fits, by its place.

    A matter that began before the first day is left out: half of it would be none.
    """
    found: dict[datetime, list[tuple[int, Step]]] = {}
    before = sorted((day for day in workdays if day < local(now).date()), reverse=True)
    told = ((day, _ROUTINE, step) for day, step in _routine(days, sorted(workdays)))
    for day, place, step in chain(told, _fitting(matters, before)):
        moment = datetime.combine(day, step.at, SHANGHAI)
        if moment < now:
            found.setdefault(moment, []).append((place, step))
    return found


def _routine(days: Sequence[date], workdays: Sequence[date]) -> Iterator[tuple[date, Step]]:
    """Yield what comes every day, and when the liaison looks for what was drafted."""
    for day, post in zip(days, cycle(AMBIENT), strict=False):
        yield day, Step(back=0, at=_MORNING, posts=(post,))
    for day in workdays:
        yield day, Step(back=0, at=_DAILY)
        yield day, Step(back=0, at=_SENT)
    for last, day in pairwise(workdays):
        if day.month != last.month or day.isocalendar().week != last.isocalendar().week:
            yield day, Step(back=0, at=_PERIODS)


def _fitting(matters: Sequence[Matter], before: Sequence[date]) -> Iterator[tuple[date, int, Step]]:
    """Yield the steps of each matter with its place; *before*: the working days, the last first."""
    for place, matter in enumerate(matters):
        if max(step.back for step in matter) <= len(before):
            yield from ((before[step.back - 1], place, step) for step in matter)


@dataclass(frozen=True, slots=True)
class _Codes:
    """The codes of alerts that stand, by a word of their titles: `{code:关阀}`."""

    services: Services
    bureau: UnitId

    def __format__(self, word: str) -> str:
        with self.services.database.reading() as uow:
            codes = [one.code for one in uow.alerts.unended(self.bureau) if word in one.title]
        if not codes:
            raise LookupError(word)
        return f"{codes[-1]:02}"


@dataclass(slots=True, kw_only=True)
class Listening:
    """Lets posts come and people answer, and knows by its number which case is about a matter."""

    services: Services
    world: World
    client: httpx.Client
    _bureau: UnitId = field(init=False)
    _numbers: dict[int, int] = field(default_factory=dict)
    _count: int = 0

    def begin(self) -> None:
        """Make known who may send, as the administrator does on the server.

        Raises:
            LookupError: there is no such bureau.
        """
        with self.services.database.begin() as uow:
            bureau = uow.members.unit_at(BUREAU)
            if bureau is None:
                raise LookupError(BUREAU)
            self._bureau = bureau.id
            ctx = self.services.context(uow, me=uow.members.person(UserId(_OFFICE)))
            for name, platform in SERVICES.items():
                keeping.add_push(ctx, name, platform)

    def happens(self, place: int, step: Step) -> None:
        """Let a step of the matter in that place of the story happen.

        Raises:
            LookupError: the story names an alert that does not stand.
        """
        before = None if place in self._numbers else self._newest_case()
        if step.posts:
            self.arrive(step.posts)
        elif step.who:
            codes = _Codes(self.services, self._bureau)
            words = step.words.format(case=self._numbers.get(place, 0), code=codes)
            self.world.phone(step.who).says(words)
        else:
            self._release(_RELEASES.get(step.at, {}))
        if before is not None and (newest := self._newest_case()) != before:
            self._numbers[place] = newest

    def arrive(self, posts: Sequence[Post]) -> None:
        """Send each service's posts in a call of its own, and judge them as the worker would."""
        for name in dict.fromkeys(post.service for post in posts):
            with self.services.database.reading() as uow:
                source = uow.sources.named(self._bureau, name)
            if source is None:
                raise LookupError(name)
            self._send(source, [post for post in posts if post.service == name])
        for lane in LANES:
            taking.work(self.services, lane)

    def _send(self, source: Source, posts: Sequence[Post]) -> None:
        server, now = self.services.config.server, self.services.now()
        items = [self._item(post, now) for post in posts]
        body = json.dumps({"items": items}).encode()
        signed_at = str(int(now.timestamp()))
        headers = {
            "Content-Type": "application/json",
            TIMESTAMP: signed_at,
            SIGNATURE: signature(secret_of(server, source), signed_at, body),
        }
        address = push_address(server, source)
        self.client.post(address, content=body, headers=headers).raise_for_status()

    def _item(self, post: Post, now: datetime) -> dict[str, object]:
        self._count += 1
        return {
            "id": f"post-{self._count}",
            "content": post.words,
            "url": f"https://www.example.com/post/{self._count}",
            "platform": post.platform,
            "posted_at": (now - timedelta(minutes=post.ago)).isoformat(),
            "heat": {"likes": post.likes, "comments": post.comments, "views": post.views},
        }

    def _release(self, words: Mapping[BriefingKind, str]) -> None:
        with self.services.database.reading() as uow:
            latest = {
                kind: uow.briefings.lately(self._bureau, 1, sent=False, kinds=[kind])
                for kind in words
            }
        for kind, said in words.items():
            if [one for one in latest[kind] if one.status is BriefingStatus.DRAFTED]:
                self.world.phone(LIAISON).says(said)

    def _newest_case(self) -> int:
        year = local(self.services.now()).year
        with self.services.database.reading() as uow:
            return uow.ledger.last_number(self._bureau, year, "case")
