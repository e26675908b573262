"""What happens that somebody has to take, and how people answer: at any hour, or not at all."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from benchmarks.living import days
from benchmarks.living.wecom import Sending
from benchmarks.living.world import World
from handlers.kit.events import AlertAsked
from handlers.kit.messages import ButtonCard, Text
from storage.vocabulary import Grade, UserId

_SOURCES = ("12345", "网信办", "值班电话", "监测")
_MATTERS = ("电梯困人", "供水爆管", "工地塌方", "燃气泄漏", "群众聚集", "道路塌陷")
_CODE = re.compile(r"(\d{2,4})")
_GRADES = (Grade.BLUE, Grade.YELLOW, Grade.YELLOW, Grade.ORANGE, Grade.ORANGE, Grade.RED)


@dataclass(kw_only=True)
class Alarms:
    """Raises alerts and 紧急通知, and lets people answer them."""

    world: World
    random: Random
    surprises: list[str]
    raised: int = 0
    _answering: set[tuple[UserId, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.world.heard.append(self._hear)

    def plan(self, first: date, last: date, alerts: int, notices: int) -> None:
        for times, act in ((alerts, self._raise), (notices, self._call_out)):
            for _ in range(times):
                day = first + days.DAY * self.random.randrange((last - first).days)
                minute = self.random.randrange(60)
                self.world.at(days.at(day, self.random.randrange(24), minute), act)

    def _raise(self) -> None:
        """Something happens in a section; where alerts come from is none of the bureau's acts."""
        self.raised += 1
        bureau, matter = self.world.bureau, self.random.choice(_MATTERS)
        section = self.random.choice(bureau.sections)
        services = self.world.services
        with services.database.begin() as uow:
            unit = uow.members.unit_at(bureau.people[bureau.heads[0]].unit.rpartition("/")[0])
            home = uow.members.unit_at(f"{unit.path}/{section}") if unit else None
            if home is None:
                raise LookupError(section)
            services.context(uow).emit(
                AlertAsked(
                    unit=home.id,
                    kind="outside",
                    key=str(self.raised),
                    grade=self.random.choice(_GRADES),
                    source=self.random.choice(_SOURCES),
                    title=f"{matter}{self.raised}",
                    text=f"{section}辖区{matter}",
                )
            )

    def _call_out(self) -> None:
        office = self.world.bureau.office[0]
        whom = self.random.choice(("局领导", "值班人员", "各科室负责人"))
        if whom == "值班人员":
            lead = self.world.bureau.lead_duty[self.random.randrange(3)]
            whom = f"局领导、{self.world.bureau.people[lead].name}"
            if lead in self.world.left:
                return
        self.world.say(office, f"紧急通知 {whom} 今晚停水应急{self.random.randrange(999)}")
        if not self.world.say(office, "是").startswith("已发出"):
            self.surprises.append(self.world.said[-1].answer)

    def _hear(self, sending: Sending) -> None:
        content = sending.content
        if isinstance(content, ButtonCard) and content.buttons[0].key.startswith("alert:take:"):
            code = _CODE.findall(content.title)[0]
            notice = content.title.startswith("紧急通知")
            for who in sorted(sending.reached):
                self._will_answer(who, code, likely=0.6 if notice else 0.1)
        elif isinstance(content, Text) and "还在处理吗" in content.text:
            code = _CODE.findall(content.text)[0]
            for who in sorted(sending.reached):
                self._will_say_more(who, code)

    def _will_answer(self, who: UserId, code: str, *, likely: float) -> None:
        dice, moment = self.random.random(), self._soon(0.5, 25)
        if dice < likely:
            self.world.at(moment, lambda: self._take(who, code))
        elif dice < likely + 0.01:
            self.world.at(moment, lambda: self.world.say(who, f"处理不了 {code}"))

    def _take(self, who: UserId, code: str) -> None:
        if not self.world.say(who, f"收到 {code}").startswith("已收到"):
            return
        dice, moment = self.random.random(), self._soon(20, 400)
        colleague = self.world.bureau.people[self.random.choice(self.world.bureau.heads)]
        if dice < 0.55:
            self.world.at(moment, lambda: self.world.say(who, f"解除 {code} 已处理到位"))
        elif dice < 0.65:
            self.world.at(self._soon(3, 40), lambda: self.world.say(who, f"处理不了 {code}"))
        elif dice < 0.75 and colleague.userid not in self.world.left:
            said = f"转警报 {code} {colleague.name}"
            self.world.at(self._soon(3, 40), lambda: self.world.say(who, said))

    def _will_say_more(self, who: UserId, code: str) -> None:
        dice, moment = self.random.random(), self._soon(0.5, 8)
        if dice < 0.4:
            self.world.at(moment, lambda: self.world.say(who, f"正在处理 {code}"))
        elif dice < 0.8:
            self.world.at(moment, lambda: self.world.say(who, f"解除 {code} 已处理到位"))

    def _soon(self, least: float, most: float) -> datetime:
        return self.world.now + timedelta(minutes=self.random.uniform(least, most), seconds=4)
