"""Three weeks of the sample bureau's life, lived through its own phones and rules.

Nothing is written into the tables: officers, heads, office and deputies say what they would say,
the web application answers, timers fire, pushes are sent. What comes out is always valid.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

import httpx

from bot import delivery, scheduler, vitals
from bot.app import create_app
from bot.clock import Now
from bot.demo.bureau import OFFICERS
from bot.demo.counting import count_by_rules
from bot.demo.listening import Listening, happenings
from bot.demo.matters import FRESH, MATTERS, Matter
from bot.demo.preparing import arrange_duty, bring_rules, plan_the_year
from bot.demo.publishing import Publishing
from bot.demo.stories import REASONS, STORIES, Story
from bot.services import Services
from bot.simulator.server import serve
from bot.simulator.world import World
from handlers.rules.calendar import SHANGHAI, local
from storage.models import Draft
from storage.vocabulary import DraftStatus, UserId

DAYS = 21
_BEGUN = time(8)
_HOURS = (time(9, 20), time(11, 10), time(14, 40), time(16, 50))
_SEED = 20260921
_DECIDE, _RETURN, _MEND, _WITHDRAW = 0.2, 0.25, 0.3, 0.01


class HistoryClock:
    """Shows a moment of the past while the history is lived, and then the real clock."""

    def __init__(self, real: Now) -> None:
        self.real = real
        self.moment: datetime | None = None

    def __call__(self) -> datetime:
        return self.moment or self.real()


@dataclass(slots=True)
class _Life:
    """Who has what still to write, and the dice."""

    services: Services
    world: World
    stories: list[Story]
    dice: random.Random = field(default_factory=lambda: random.Random(_SEED))  # noqa: S311 - a story

    def write(self, sittings_left: int) -> None:
        """Let officers hand in items, so that they last to the end; and mend returned ones."""
        while self.stories and self.dice.random() < len(self.stories) / sittings_left:
            story = self.stories.pop(self.dice.randrange(len(self.stories)))
            officer = next(userid for userid, section in OFFICERS if section == story.section)
            phone = self.world.phone(officer)
            phone.says(f"投稿 {story.title}\n{story.body}")
            if self.stories:  # the last one is still being written
                phone.says("完成")
        for draft in self._drafts(DraftStatus.RETURNED):
            if self.dice.random() > _MEND:
                continue
            body = next(story.body for story in STORIES if story.title == draft.title)
            more = "有关做法已在全区推广，群众反映良好。"
            self.world.phone(draft.author).says(f"修改 {draft.number}\n{body}\n{more}")
        for draft in self._drafts(DraftStatus.IN_REVIEW):
            if self.dice.random() < _WITHDRAW:
                self.world.phone(draft.author).says(f"撤稿 {draft.number}")

    def decide(self) -> None:
        """Let reviewers answer some of what waits for them."""
        for account in self.world.directory.accounts():
            with self.services.database.reading() as uow:
                waiting = uow.reviews.waiting_for(UserId(account.userid))
            for item in waiting:
                if self.dice.random() > _DECIDE:
                    continue
                number, phone = item.draft.number, self.world.phone(account.userid)
                if self.dice.random() < _RETURN:
                    phone.says(f"退回 {number} {self.dice.choice(REASONS)}")
                else:
                    phone.says(f"通过 {number}")

    def signed(self) -> list[Draft]:
        """Return the drafts that have every signature, the oldest first."""
        drafts = self._drafts(DraftStatus.SIGNED, DraftStatus.DISPATCHED)
        return sorted(drafts, key=lambda draft: draft.number)

    def reach(self, clock: HistoryClock, moment: datetime | None) -> None:
        """Go on to *moment*, at last to the real one: the time between is no outage."""
        clock.moment = moment
        with self.services.database.begin() as uow:
            uow.timers.foresee(clock())
        self.send()
        self.settle()

    def settle(self) -> None:
        """Let what is due happen, and send what is to be said."""
        scheduler.tick(self.services)
        self.send()

    def send(self) -> None:
        """Be the worker, who is seen to work."""
        vitals.worker_works(self.services.redis, self.services.now())
        with self.services.database.reading() as uow:
            unsent = uow.outbox.has_unsent(self.services.now())
        if unsent:
            delivery.drain(self.services)

    def _drafts(self, *statuses: DraftStatus) -> list[Draft]:
        with self.services.database.reading() as uow:
            drafts = [
                draft
                for author, _ in OFFICERS
                for draft in uow.drafts.of_author(UserId(author), len(STORIES))
            ]
        return [draft for draft in drafts if draft.status in statuses]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What there is to live through: in how many days, what is written, what is said in public."""

    days: int = DAYS
    stories: Sequence[Story] = STORIES
    matters: Sequence[Matter] = MATTERS


def live_through(
    services: Services,
    world: World,
    clock: HistoryClock,
    tell: Callable[[str], object],
    past: Past = Past(),
) -> None:
    """Live through the *past* up to this morning; *tell* hears how far it has come."""
    services, now = replace(services, now=clock), clock.real()
    with services.database.begin() as uow:
        calendar = services.context(uow).calendar()
    moments = [*_sittings(now, past.days)]
    days = sorted({moment.date() for moment in moments})
    workdays = [day for day in days if calendar.is_workday(day)]
    clock.moment = datetime.combine(days[0], _BEGUN, SHANGHAI)
    count_by_rules(services)
    bring_rules(services)
    life = _Life(services=services, world=world, stories=[*past.stories])
    office = Publishing(services=services, world=world)
    with web(services), httpx.Client() as client:
        public = Listening(services=services, world=world, client=client)
        public.begin()
        arrange_duty(world, days[0] + timedelta(days=1), local(now).date())
        happening = happenings(past.matters, days, workdays, now)
        sittings = [moment for moment in moments if moment.date() in workdays]
        for moment in sorted({*sittings, *happening}):
            life.reach(clock, moment)
            for place, step in happening.get(moment, ()):
                public.happens(place, step)
                life.settle() if step.posts else life.send()
            if moment in sittings:
                tell(f"{moment:%m-%d %H:%M}")
                _sit(life, office, len(sittings) - sittings.index(moment))
        office.leave_open(life.signed())
        life.settle()
        life.reach(clock, None)
        public.arrive(FRESH)
        plan_the_year(services, world)
        life.settle()


def _sit(life: _Life, office: Publishing, sittings_left: int) -> None:
    """Let people look at their phones, each for what waits for him."""
    life.write(sittings_left)
    life.decide()
    office.go_on(life.signed())
    life.settle()


def _sittings(now: datetime, days: int) -> Iterator[datetime]:
    """Yield the moments of the last *days* at which people look at their phones."""
    for back in range(days, -1, -1):
        day = local(now).date() - timedelta(days=back)
        for hour in _HOURS:
            moment = datetime.combine(day, hour, SHANGHAI)
            if moment < now:
                yield moment


@contextmanager
def web(services: Services) -> Iterator[None]:
    """Answer the simulator's callbacks where the web process will listen later."""
    host, _, port = services.config.server.bind.rpartition(":")
    server = serve(create_app(services), host, int(port))
    server.start()
    try:
        yield
    finally:
        server.stop()
