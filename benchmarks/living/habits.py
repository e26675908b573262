"""What the people of the bureau do in a year, by chance, and how they answer what they hear."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

from benchmarks.living import days
from benchmarks.living.alarms import Alarms
from benchmarks.living.briefings import Briefings
from benchmarks.living.cases import Cases
from benchmarks.living.emergencies import Emergencies
from benchmarks.living.meetings import Meetings
from benchmarks.living.plans import Plans
from benchmarks.living.uses import Uses
from benchmarks.living.watch import Watch
from benchmarks.living.wecom import Sending
from benchmarks.living.world import World
from handlers.kit.messages import ButtonCard, Text
from storage.vocabulary import UserId

_MATTERS = ("燃气安全", "物业服务", "老旧小区改造", "工地扬尘", "房屋征收", "海绵城市", "节能改造")
_ACTS = ("专项检查", "现场推进会", "业务培训", "问题整改", "经验交流", "入户走访", "联合执法")
_WORDS = (
    "组织力量对重点点位逐一核查",
    "发现隐患当场交办限期整改",
    "邀请专家到场指导把关",
    "向居民发放宣传资料并解答疑问",
    "建立台账实行销号管理",
    "压实街道社区和企业责任",
    "总结可复制的做法报上级部门",
)
_NUMBER = re.compile(r"(\d+)号")
_RETURNED = re.compile(r"您的(\d+)号.*退回：")
_FRIDAY = 4
KEEN, TARGET = 20, 2
"""Sections that write most of what is written, and how many a month each is to hand in."""


def quotas(sections: Sequence[str]) -> str:
    """Return the rules of a bureau whose keen sections are to hand in something each month."""
    targets = ", ".join(f'"{one}" = {TARGET}' for one in sections[:KEEN])
    quota = f'{{ measure = "submitted", targets = {{ {targets} }} }}'
    return f'[[rule_set]]\nname = "bureau"\nbase = 0\nquota = [{quota}]\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much happens: drafts a month; of everything else, how often a year."""

    drafts_a_month: int = 25
    reminders: int = 800
    delegations: int = 30
    leavers: int = 40
    calls: int = 60
    silences: int = 120
    swaps: int = 120
    alerts: int = 60
    notices: int = 12
    gatherings: int = 40
    plan_items: int = 24
    emergencies: int = 12
    cases: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What somebody wanted to be reminded of, and when."""

    who: UserId
    asked_at: datetime
    at: datetime
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A stretch in which somebody does not want to hear what is not urgent."""

    who: UserId
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A section took its part of a call, or said something else of it."""

    call: int
    section: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    number: int
    who: UserId
    at: datetime


@dataclass(kw_only=True)
class Habits:
    """Plans the year of a bureau; keeps what people may expect of the bot."""

    world: World
    first: date
    last: date
    scale: Scale
    random: Random
    reminders: list[Reminder] = field(default_factory=list)
    handed_in: list[HandedIn] = field(default_factory=list)
    silences: list[Silence] = field(default_factory=list)
    claimed: list[Claimed] = field(default_factory=list)
    surprises: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._held: set[int] = set()
        self.world.heard.append(self._hear)
        self.watch = Watch(world=self.world, random=self._dice(1), surprises=self.surprises)
        self.alarms = Alarms(world=self.world, random=self._dice(2), surprises=self.surprises)
        self.meetings = Meetings(world=self.world, random=self._dice(3), surprises=self.surprises)
        self.plans = Plans(world=self.world, random=self._dice(4), surprises=self.surprises)
        self.emergencies = Emergencies(
            world=self.world, random=self._dice(5), surprises=self.surprises
        )
        self.uses = Uses(world=self.world, random=self._dice(6), surprises=self.surprises)
        self.cases = Cases(world=self.world, random=self._dice(7), surprises=self.surprises)
        Briefings(world=self.world, random=self._dice(8), surprises=self.surprises)

    def _dice(self, number: int) -> Random:
        """Return dice of their own, so that what one does more often changes nobody else's year."""
        return Random(f"{self.random.random()} {number}")  # noqa: S311 - a made-up year

    def plan(self) -> None:
        """Put down what will be done on which day; answers to the bot come on their own."""
        share = ((self.last - self.first).days + 1) / 365
        for times, act in (
            (self.scale.drafts_a_month * 12, self._write),
            (self.scale.reminders, self._want_a_reminder),
            (self.scale.reminders // 40, self._want_one_every_week),
            (self.scale.delegations, self._go_on_leave),
            (self.scale.leavers, self._leave),
            (self.scale.silences, self._want_silence),
            (self.scale.calls, self._order_drafts),
        ):
            for _ in range(round(times * share)):
                self.world.at(self._some_time(), act)
        often = {
            name: round(getattr(self.scale, name) * share)
            for name in (
                *("swaps", "alerts", "notices", "gatherings", "plan_items"),
                *("emergencies", "cases"),
            )
        }
        self.watch.plan(self.first, self.last, often["swaps"])
        self.alarms.plan(self.first, self.last, often["alerts"], often["notices"])
        self.meetings.plan(self.first, self.last, often["gatherings"])
        self.plans.plan(self.first, self.last, often["plan_items"])
        self.emergencies.plan(self.first, self.last, often["emergencies"])
        self.cases.plan(self.first, self.last, often["cases"])

    def _some_time(self) -> datetime:
        """Return a moment in office hours, sometimes in the evening, seldom on a day off."""
        day = self.first + days.DAY * self.random.randrange((self.last - self.first).days)
        late = self.random.random()
        if late > 0.03:
            day = min(days.workday_from(day), self.last)
        hour = self.random.randrange(18, 24) if late < 0.1 else self.random.randrange(8, 18)
        return days.at(day, hour, self.random.randrange(60)) + timedelta(
            seconds=self.random.randrange(60)
        )

    def _in_office(self, least: float, most: float) -> datetime:
        hours = self.random.uniform(least, most)
        return days.after_office_hours(self.world.now, hours) + timedelta(seconds=7)

    def _text(self) -> tuple[str, str]:
        matter, act = self.random.choice(_MATTERS), self.random.choice(_ACTS)
        section = self.random.choice(self.world.bureau.sections)
        body = "，".join(self.random.sample(_WORDS, 4))
        count = self.random.randrange(10, 900)
        return (
            f"{section}{matter}{act}{self.random.randrange(10_000)}",
            f"近日，区住建局{section}开展{matter}{act}，{body}，共涉及{count}处点位。",
        )

    def _write(self) -> None:
        officers = self.world.bureau.officers
        keen = self.random.random() < 0.6
        who = self.random.choice(officers[:KEEN] if keen else officers)
        if who in self.world.left:
            return
        title, body = self._text()
        self.world.say(who, f"投稿 {title}\n{body}")
        self._finish(who)

    def _finish(self, who: UserId) -> None:
        answer = self.world.say(who, "完成")
        if "？" in answer and not answer.startswith("已提交"):
            answer = self.world.say(who, "是")
        if not answer.startswith("已提交"):
            self.surprises.append(answer)
            return
        number = int(_NUMBER.findall(answer)[0])
        self.handed_in.append(HandedIn(number=number, who=who, at=self.world.now))

    def _want_a_reminder(self) -> None:
        who = self.random.choice(list(self.world.bureau.people))
        if who in self.world.left:
            return
        day = days.day_of(self.world.now) + days.DAY * self.random.randrange(1, 40)
        hour, minute = self.random.choice(((9, 0), (14, 30), (7, 15), (20, 0), (23, 30)))
        what = f"办{self.random.randrange(1000)}号事"
        answer = self.world.say(who, f"提醒我 {day.month}月{day.day}日{hour}:{minute:02} {what}")
        if not answer.startswith("好的"):
            self.surprises.append(answer)
            return
        moment = days.at(day, hour, minute)
        self.reminders.append(Reminder(who=who, asked_at=self.world.now, at=moment, what=what))

    def _want_one_every_week(self) -> None:
        """Ask for a reminder on Fridays, and drop it after some weeks."""
        who = self.random.choice(self.world.bureau.duty)
        if who in self.world.left:
            return
        what = f"交{self.random.choice(_MATTERS)}小结{self.random.randrange(1000)}"
        if not self.world.say(who, f"每周五16:00提醒我{what}").startswith("好的"):
            self.surprises.append(self.world.said[-1].answer)
            return
        day, asked_at = days.day_of(self.world.now), self.world.now
        weeks = self.random.randrange(2, 6)
        fridays = [
            moment
            for one in days.days(day, day + 7 * weeks * days.DAY)
            if one.weekday() == _FRIDAY and (moment := days.at(one, 16)) > asked_at
        ]
        for moment in fridays:
            self.reminders.append(Reminder(who=who, asked_at=asked_at, at=moment, what=what))
        self.world.at(fridays[-1] + days.DAY, lambda: self._drop_reminder(who, what))

    def _drop_reminder(self, who: UserId, what: str) -> None:
        listed = self.world.say(who, "我的提醒")
        for line in listed.splitlines():
            number, _, words = line.partition(". ")
            if what in words:
                self.world.say(who, f"取消提醒 {number}")

    def _want_silence(self) -> None:
        """Want to be left alone until a moment that is said."""
        heads = [*self.world.bureau.heads, *self.world.bureau.officers]
        who = self.random.choice(heads)
        here = self.world.now.astimezone(days.CHINA)
        until = days.at(here.date() + days.DAY * self.random.randrange(3), 17)
        if who in self.world.left or until <= self.world.now:
            return
        moment = until.astimezone(days.CHINA)
        said = f"{moment.month}月{moment.day}日17点前别打扰我"
        if "不再主动" not in self.world.say(who, said):
            self.surprises.append(self.world.said[-1].answer)
            return
        self.silences = [
            replace(one, until=min(one.until, self.world.now)) if one.who == who else one
            for one in self.silences
        ]  # what is said last holds
        self.silences.append(Silence(who=who, since=self.world.now, until=until))

    def _order_drafts(self) -> None:
        (office, *_), sections = self.world.bureau.office, self.world.bureau.sections
        matter, act = self.random.choice(_MATTERS), self.random.choice(_ACTS)
        day = days.day_of(self.world.now) + days.DAY * self.random.randrange(1, 12)
        asked = self.random.sample(sections, min(len(sections), self.random.randrange(1, 5)))
        said = f"约稿 {matter}{act}做法 {day.month}月{day.day}日17:00前 {' '.join(asked)} 各1篇"
        answer = self.world.say(office, said)
        if not answer.startswith("已下"):
            self.surprises.append(answer)

    def _go_on_leave(self) -> None:
        heads = [one for one in self.world.bureau.heads if one not in self.world.left]
        who, instead = self.random.sample(heads, 2)
        first = days.day_of(self.world.now) + days.DAY * self.random.randrange(1, 5)
        last = first + days.DAY * self.random.randrange(3, 10)
        name = self.world.bureau.people[instead].name
        said = f"代审 {name} {first.month}月{first.day}日到{last.month}月{last.day}日"
        answer = self.world.say(who, said)
        if "代您" not in answer and "代审" not in answer:
            self.surprises.append(answer)

    def _leave(self) -> None:
        """Let somebody go; seldom an officer or a head, whose work then waits for others."""
        bureau, dice = self.world.bureau, self.random.random()
        among = bureau.duty if dice > 0.2 else bureau.heads if dice > 0.1 else bureau.officers
        staying = [one for one in among if one not in self.world.left]
        if staying:
            self.world.leave(self.random.choice(staying))

    def _hear(self, sending: Sending) -> None:
        content = sending.content
        if isinstance(content, ButtonCard) and content.buttons[0].key.startswith("review:approve:"):
            number = int(_NUMBER.findall(content.title)[0])
            for who in sorted(sending.reached):
                self._will_decide(who, number)
        elif isinstance(content, ButtonCard) and content.buttons[0].key.startswith("call:claim:"):
            number = int(_NUMBER.findall(content.title)[0])
            for who in sorted(sending.reached):
                self._will_answer_a_call(who, number)
        elif isinstance(content, Text) and (returned := _RETURNED.match(content.text)):
            (author,) = sending.reached
            number = int(returned[1])
            self.world.at(self._in_office(1, 10), lambda: self._revise(author, number))

    def _will_decide(self, who: UserId, number: int) -> None:
        dice = self.random.random()
        if dice < 0.03:
            return
        moment = self._in_office(0.1, 3) if dice < 0.8 else self._in_office(3, 24)
        self.world.at(moment, lambda: self._decide(who, number))

    def _will_answer_a_call(self, who: UserId, number: int) -> None:
        """Claim it mostly, and write; seldom say that there is nothing, or nothing at all."""
        dice, moment = self.random.random(), self._in_office(0.1, 6)
        if dice < 0.75:
            self.world.at(moment, lambda: self._take_call(who, f"认领 {number}", number))
            later = self._in_office(6, 40)
            if dice < 0.65:
                self.world.at(later, lambda: self._write_for(who, number))
        elif dice < 0.85:
            self.world.at(moment, lambda: self._take_call(who, f"无内容 {number}", number))

    def _take_call(self, who: UserId, said: str, number: int) -> None:
        if self.world.say(who, said):
            section = self.world.bureau.people[who].unit.rpartition("/")[2]
            self.claimed.append(Claimed(call=number, section=section, at=self.world.now))

    def _write_for(self, who: UserId, number: int) -> None:
        if who in self.world.left:
            return
        title, body = self._text()
        self.world.say(who, f"投稿 {title}\n{body}")
        self.world.say(who, f"应约 {number}")
        self._finish(who)

    def _decide(self, who: UserId, number: int) -> None:
        dice = self.random.random()
        if dice < 0.04 and number not in self._held:
            self._held.add(number)
            self.world.say(who, f"暂放 {number}")
            self.world.at(self._in_office(1, 40), lambda: self._decide(who, number))
        elif dice < 0.12:
            self.world.say(who, f"退回 {number} 请补充具体数据")
        else:
            self.world.say(who, f"通过 {number}")

    def _revise(self, who: UserId, number: int) -> None:
        _, body = self._text()
        self.world.say(who, f"修改 {number}\n{body}")
