"""What the people on duty and the office do: rosters, swaps, handing over, sensitive periods."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from benchmarks.living import days
from benchmarks.living.wecom import Sending
from benchmarks.living.world import World
from handlers.kit.messages import ButtonCard, Text
from storage.vocabulary import UserId

_SHIFT = re.compile(r"(\d+)月(\d+)日(白班|夜班|值班|带班|备班)")
_SWAP = re.compile(r"(\d+)号换班")
_BEGINS = {"夜班": (17, 30)}
_MORNING = (8, 30)
_LAST_OF_MONTH = 20
_PERIODS = (
    ("市两会", date(2026, 1, 26), date(2026, 1, 30)),
    ("省运会", date(2026, 9, 14), date(2026, 9, 19)),
    ("进博会", date(2026, 11, 4), date(2026, 11, 10)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """The office saved a roster of those days, both within it."""

    first: date
    last: date
    at: datetime


@dataclass(kw_only=True)
class Watch:
    """Keeps the roster of a bureau; knows who heard that he has which shift."""

    world: World
    random: Random
    surprises: list[str]
    mine: dict[UserId, dict[date, str]] = field(default_factory=lambda: defaultdict(dict))
    arranged: list[Arranged] = field(default_factory=list)
    substituted: list[tuple[date, UserId, UserId, datetime]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.world.heard.append(self._hear)

    def plan(self, first: date, last: date, swaps: int) -> None:
        """Arrange a roster for each month before it begins; declare what is sensitive in time."""
        self.world.at(days.at(first, 9), lambda: self._arrange(first + days.DAY, _ends(first)))
        month = _ends(first) + days.DAY
        while month <= last:
            made = days.workday_from(max(month - 12 * days.DAY, first))
            self.world.at(days.at(made, 10), partial(self._arrange, month, _ends(month)))
            month = _ends(month) + days.DAY
        for name, begins, ends in _PERIODS:
            if first + 10 * days.DAY <= begins and ends <= last:
                told = days.at(days.workday_from(begins - 8 * days.DAY), 11)
                said = f"重要时段 {name} {_written(begins)}到{_written(ends)}"
                self.world.at(told, partial(self._declare, said))
                again = told + timedelta(minutes=20)
                self.world.at(again, partial(self._arrange, begins, ends))
        for _ in range(swaps):
            day = first + days.DAY * self.random.randrange((last - first).days)
            hour = self.random.randrange(8, 21)
            self.world.at(days.at(day, hour, self.random.randrange(60)), self._swap)

    def _arrange(self, first: date, last: date) -> None:
        (office, *_) = self.world.bureau.office
        answer = self.world.say(office, f"排班 {_written(first)}到{_written(last)}")
        if "请回复 是" not in answer:
            self.surprises.append(answer)
            return
        answer = self.world.say(office, "是")
        if not answer.startswith("已保存"):
            self.surprises.append(answer)
            return
        self.arranged.append(Arranged(first=first, last=last, at=self.world.now))

    def _declare(self, said: str) -> None:
        if not self.world.say(self.world.bureau.office[0], said).startswith("已定重要时段"):
            self.surprises.append(self.world.said[-1].answer)

    def _swap(self) -> None:
        """Give a shift away, or exchange it for one of a colleague's."""
        today = days.day_of(self.world.now)
        having = [
            (who, day, what)
            for who, shifts in self.mine.items()
            for day, what in shifts.items()
            if day > today and who not in self.world.left
        ]
        if not having:
            return
        who, day, what = self.random.choice(having)
        leads = what == "带班"
        colleagues = [
            one
            for one in (self.world.bureau.lead_duty if leads else self.world.bureau.duty)
            if one != who and one not in self.world.left
        ]
        other = self.random.choice(colleagues)
        name = self.world.bureau.people[other].name
        answer = self.world.say(who, f"我{_written(day)}的{what}换给{name}")
        if "号换班：已问" not in answer and "不能再" not in answer and "在换了" not in answer:
            self.surprises.append(answer)

    def _hear(self, sending: Sending) -> None:
        content = sending.content
        if isinstance(content, ButtonCard) and content.buttons[0].key.startswith("dutyswap:yes:"):
            (number,) = _SWAP.findall(content.title)
            for who in sorted(sending.reached):
                self._will_answer(who, int(number), asked="等您同意" in content.title)
        elif isinstance(content, Text):
            for who in sorted(sending.reached):
                self._read(who, content.text)

    def _will_answer(self, who: UserId, number: int, *, asked: bool) -> None:
        dice = self.random.random()
        later = self.world.now + timedelta(minutes=self.random.uniform(2, 400), seconds=7)
        yes = 0.8 if asked else 0.7
        if dice < yes:
            self.world.at(later, lambda: self.world.say(who, f"同意换班 {number}"))
        elif dice < yes + 0.1:
            self.world.at(later, lambda: self.world.say(who, f"不同意换班 {number} 有事"))

    def _read(self, who: UserId, text: str) -> None:
        if "您排了值班" in text or "您现在的班" in text:
            lost = text.partition("不用值的：")[2]
            self._note(who, text.partition("不用值的：")[0])
            for month, day, _ in _SHIFT.findall(lost):
                self.mine[who].pop(_day(int(month), int(day)), None)
        elif "号换班批准了" in text or "办公室改了值班表" in text:
            self._note_swap(text)
        elif "到点了，请当面交班" in text:
            self._will_hand_over(who)
        elif "到岗后请发送 接班" in text or text.endswith("请发送 接班。"):
            self._will_take_over(who)
        elif "现在收不到消息或已不在本局" in text and who == self.world.bureau.office[0]:
            self._replace(text)

    def _note(self, who: UserId, text: str) -> None:
        for month, day, what in _SHIFT.findall(text):
            self.mine[who][_day(int(month), int(day))] = what

    def _note_swap(self, text: str) -> None:
        """Cross out what was given away; a shift that came is told on its eve."""
        names = {one.name: one.userid for one in self.world.bureau.people.values()}
        for name, month, day in re.findall(r"：?(\S{2,3}?)(\d+)月(\d+)日", text):
            if name in names:
                self.mine[names[name]].pop(_day(int(month), int(day)), None)

    def _will_hand_over(self, who: UserId) -> None:
        if self.random.random() < 0.75:
            what = "无遗留" if self.random.random() < 0.6 else "未办：城西停电未恢复"
            moment = self.world.now + timedelta(minutes=self.random.uniform(1, 25), seconds=3)
            self.world.at(moment, lambda: self.world.say(who, f"交班 {what}"))

    def _will_take_over(self, who: UserId) -> None:
        """Take over when the shift begins: mostly in time, sometimes late, sometimes never."""
        begins = [
            days.at(day, *_BEGINS.get(what, _MORNING))
            for day, what in self.mine[who].items()
            if days.at(day, *_BEGINS.get(what, _MORNING)) > self.world.now - timedelta(minutes=40)
        ]
        dice = self.random.random()
        if begins and dice < 0.9:
            late = self.random.uniform(-50, 20) if dice < 0.7 else self.random.uniform(35, 70)
            moment = max(min(begins) + timedelta(minutes=late, seconds=9), self.world.now)
            self.world.at(moment, lambda: self.world.say(who, "接班"))

    def _replace(self, text: str) -> None:
        """The office puts somebody else in the place of one who has left."""
        found = re.search(r"发送 ((\d+)月(\d+)日)(\S+?)跟张三换班", text)
        if found is None:
            return
        (office, *_) = self.world.bureau.office
        leads = "带班" in text.partition("（")[0]
        among = self.world.bureau.lead_duty if leads else self.world.bureau.duty
        other = self.random.choice([one for one in among if one not in self.world.left])
        name = self.world.bureau.people[other].name
        moment = self.world.now + timedelta(minutes=self.random.uniform(2, 30), seconds=5)
        said = f"{found[1]}{found[4]}跟{name}换班"
        self.world.at(moment, lambda: self._say_replace(office, said))

    def _say_replace(self, office: UserId, said: str) -> None:
        answer = self.world.say(office, said)
        if not answer.startswith(("已改", "")) and "已经有班" not in answer:
            self.surprises.append(answer)


def _ends(day: date) -> date:
    """Return the last day of a day's month."""
    return (day.replace(day=1) + 32 * days.DAY).replace(day=1) - days.DAY


def _written(day: date) -> str:
    return f"{day.month}月{day.day}日"


def _day(month: int, day: int) -> date:
    return date(2026, month, day)
