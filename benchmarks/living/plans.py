"""The year's plan: the office puts items in; some call upon their sections by themselves."""

from dataclasses import dataclass
from datetime import date
from random import Random

from benchmarks.living import days
from benchmarks.living.world import World

_TOPICS = (
    "国庆燃气安全宣传",
    "消防宣传月活动",
    "物业服务质量提升",
    "老旧小区改造进展",
    "节水宣传周",
)
_FARTHEST = 60


@dataclass(kw_only=True)
class Plans:
    """Keeps the plan of a bureau."""

    world: World
    random: Random
    surprises: list[str]

    def plan(self, first: date, last: date, items: int) -> None:
        for _ in range(items):
            day = days.workday_from(first + days.DAY * self.random.randrange((last - first).days))
            hour = self.random.randrange(9, 17)
            self.world.at(days.at(day, hour, self.random.randrange(60)), self._add)

    def _add(self) -> None:
        today = days.day_of(self.world.now)
        day = today + days.DAY * self.random.randrange(2, _FARTHEST)
        if day.year != today.year:
            return
        sections = self.world.bureau.sections
        asked = self.random.sample(sections, min(len(sections), self.random.randrange(1, 4)))
        calls = "" if self.random.random() < 0.5 else " 不约稿"
        topic = f"{self.random.choice(_TOPICS)}第{self.random.randrange(100)}期"
        said = f"加计划 {topic} {day.month}月{day.day}日 {' '.join(asked)}{calls}"
        answer = self.world.say(self.world.bureau.office[0], said)
        if not answer.startswith("已加"):
            self.surprises.append(answer)
