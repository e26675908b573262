"""Emergencies that sections report at any hour, signed and sent up in time, late or never."""

import re
from datetime import timedelta

from benchmarks.living.mishaps import Mishaps
from storage.vocabulary import UserId

_NUMBER = re.compile(r"紧急(\d+)号")
_MATTERS = ("燃气泄漏", "工地围墙倒塌", "居民楼起火", "电梯困人", "道路塌陷")


class Emergencies(Mishaps):
    """Reports incidents, and lets people do what is to be done about them."""

    def happen(self) -> None:
        who = self.random.choice(self.world.bureau.officers)
        if who in self.world.left:
            return
        section = self.random.choice(self.world.bureau.sections)
        hurt = self.random.choice((0, 0, 2, 5, 12))
        harm = f"{hurt}人受伤" if hurt else "无人员伤亡"
        matter = self.random.choice(_MATTERS)
        answer = self.world.say(who, f"紧急信息：{section}辖区{matter}，{harm}")
        found = _NUMBER.search(answer)
        if found is None or "已登记" not in answer:
            self.surprises.append(answer)
            return
        principal, number = self.world.bureau.principal, found[1]
        signed, sent = self.random.uniform(3, 45), self.random.uniform(1, 25)
        if self.random.random() < 0.8:
            self._later(self.random.uniform(2, 40), who, f"已电话报告{number} 区委值班室")
        if self.random.random() < 0.8:
            self._later(signed, principal, f"签发紧急{number}")
            self._later(signed + sent, who, f"已书面报告{number} 区委办")
        over = self.random.uniform(2, 60) * 60
        self._later(over, principal, f"办结紧急{number} 已处置完毕，不需终报")

    def _later(self, minutes: float, who: UserId, words: str) -> None:
        moment = self.world.now + timedelta(minutes=minutes, seconds=3)
        self.world.at(moment, lambda: self.world.say(who, words))
