"""Trainings and meetings: the office asks to them, people answer or do not, some are moved."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from benchmarks.living import days
from benchmarks.living.wecom import Sending
from benchmarks.living.world import World
from handlers.kit.messages import ButtonCard
from storage.vocabulary import UserId

_NUMBER = re.compile(r"(\d+)号会")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A gathering as it was announced."""

    number: int
    guests: frozenset[UserId]
    organiser: UserId


@dataclass(kw_only=True)
class Meetings:
    """Announces, moves and calls off."""

    world: World
    random: Random
    surprises: list[str]
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world.heard.append(self._hear)

    def plan(self, first: date, last: date, times: int) -> None:
        for _ in range(times):
            day = days.workday_from(first + days.DAY * self.random.randrange((last - first).days))
            hour = self.random.randrange(9, 17)
            self.world.at(days.at(day, hour, self.random.randrange(60)), self._announce)

    def _announce(self) -> None:
        bureau = self.world.bureau
        office = bureau.office[0]
        day = days.day_of(self.world.now) + days.DAY * self.random.randrange(0, 12)
        when = days.at(day, *self.random.choice(((9, 0), (14, 30), (19, 0), (8, 0))))
        if when <= self.world.now + timedelta(minutes=5) or day.year > self.world.now.year:
            return
        whom, guests = self.random.choice(
            (
                ("全体信息员", bureau.officers),
                ("各科室负责人", bureau.heads),
                self._some_by_name(),
            )
        )
        said = f"会议通知 {_written(when)} 三楼会议室 业务培训{self.random.randrange(999)} {whom}"
        answer = self.world.say(office, said)
        found = _NUMBER.search(answer)
        if found is None or "已通知" not in answer:
            self.surprises.append(answer)
            return
        here = frozenset(guests) - self.world.left.keys() - {office}
        number = int(found[1])
        self.asked.append(Asked(number=number, guests=here, organiser=office))
        dice = self.random.random()
        between = (when - self.world.now) * self.random.uniform(0.1, 0.9)
        if dice < 0.15:
            self.world.at(self.world.now + between, lambda: self._call_off(office, number))
        elif dice < 0.4:
            later = when + days.DAY
            self.world.at(self.world.now + between, lambda: self._move(office, number, later))

    def _some_by_name(self) -> tuple[str, list[UserId]]:
        bureau = self.world.bureau
        some = [one for one in self.random.sample(bureau.heads, 4) if one not in self.world.left]
        return "、".join(bureau.people[one].name for one in some), some

    def _call_off(self, office: UserId, number: int) -> None:
        self.world.say(office, f"取消会议 {number} 另行通知")

    def _move(self, office: UserId, number: int, when: datetime) -> None:
        if when.year == self.world.now.year:
            self.world.say(office, f"会议改期 {number} {_written(when)} 二楼会议室")

    def _hear(self, sending: Sending) -> None:
        content = sending.content
        if isinstance(content, ButtonCard) and content.buttons[0].key.startswith("gathering:come:"):
            (number,) = _NUMBER.findall(content.title)
            for who in sorted(sending.reached):
                self._will_answer(who, int(number))

    def _will_answer(self, who: UserId, number: int) -> None:
        dice = self.random.random()
        hours = self.random.uniform(0.1, 12)
        moment = days.after_office_hours(self.world.now, hours) + timedelta(seconds=11)
        if dice < 0.7:
            self.world.at(moment, lambda: self.world.say(who, f"参加 {number}"))
        elif dice < 0.85:
            self.world.at(moment, lambda: self.world.say(who, f"请假 {number} 出差"))


def _written(when: datetime) -> str:
    here = when.astimezone(days.CHINA)
    return f"{here.month}月{here.day}日{here:%H:%M}"
