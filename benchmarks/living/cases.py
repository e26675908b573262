"""What is said of the bureau in public: found by officers at any hour, dealt with, late or not."""

import re
from datetime import timedelta

from benchmarks.living.mishaps import Mishaps
from storage.vocabulary import UserId

_REGISTERED = re.compile(r"已登记(\d+)号舆情《.*?》，建议(.)色", re.DOTALL)
_NAMES = "荷桂松竹梅兰翠金银紫青红蓝湖山河溪云霞锦"
_KINDS = ("花园", "家园", "小区", "公寓", "新城")
_LINES = (
    "有网友在论坛反映{estate}路灯不亮",
    "微博网友投诉{estate}物业乱收费",
    "抖音有人发视频说{estate}烂尾 点赞2万",
    "今日头条发文说{estate}电梯故障困人3人受伤",
    "抖音视频 {estate}燃气泄漏爆炸 2人死亡",
)
_WHO_GRADES = {"蓝": "office", "黄": "office", "橙": "principal", "红": "principal"}


class Cases(Mishaps):
    """Reports what is said, and lets the office do what is to be done about it, or forget it."""

    def happen(self) -> None:
        who = self.random.choice(self.world.bureau.officers)
        if who in self.world.left:
            return
        estate = "".join(self.random.sample(_NAMES, 3)) + self.random.choice(_KINDS)
        answer = self.world.say(who, self.random.choice(_LINES).format(estate=estate))
        found = _REGISTERED.match(answer)
        if found is None:
            self.surprises.append(answer)
            return
        number, colour = found.groups()
        bureau = self.world.bureau
        office, principal = bureau.office[0], bureau.principal
        grader = office if _WHO_GRADES[colour] == "office" else principal
        self._maybe(0.7, 5, 200, grader, f"定级 {number} {colour}色")
        self._maybe(0.5, 40, 300, principal, f"交办 {number} {self.random.choice(bureau.sections)}")
        self._maybe(0.6, 15, 900, office, f"核实 {number} 属实，已到现场")
        self._maybe(0.6, 60, 1500, office, f"续报 {number} 已定处置方案")
        self._maybe(0.6, 120, 3500, office, f"已回应 {number} 抖音官方号")
        self._maybe(0.95, 600, 12_000, principal, f"办结舆情 {number} 已处理到位")

    def _maybe(self, likely: float, least: float, most: float, who: UserId, said: str) -> None:
        """Let somebody say it some minutes later, or not at all."""
        dice, minutes = self.random.random(), self.random.uniform(least, most)
        moment = self.world.now + timedelta(minutes=minutes, seconds=13)
        if dice < likely:
            self.world.at(moment, lambda: self.world.say(who, said))
