"""Reports of public opinion: the liaison releases them in time, late, or not at all."""

import re
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.living.readers import Readers
from benchmarks.living.wecom import Sending
from storage.vocabulary import UserId

DAILY = "发日报"
_TODAYS = "今天的舆情日报初稿"
_PERIODS = re.compile(r"发舆情[周月]报")
_RELEASED = ("舆情日报17:30发出", "舆情日报已发给")


@dataclass(kw_only=True)
class Briefings(Readers):
    """Reads each draft, and answers."""

    def read(self, sending: Sending, text: str) -> None:
        if _TODAYS in text:
            self._will_release(sending, DAILY)
        elif "初稿" in text and (asked := _PERIODS.search(text)):
            self._will_release(sending, asked[0])

    def _will_release(self, sending: Sending, said: str) -> None:
        dice = self.random.random()
        minutes = self.random.uniform(5, 50) if dice < 0.7 else self.random.uniform(70, 150)
        if dice < 0.9:
            moment = sending.at + timedelta(minutes=minutes)
            self.world.at(moment, lambda: self._release(sending.reached[0], said))

    def _release(self, who: UserId, said: str) -> None:
        answer = self.world.say(who, said)
        if said == DAILY and not answer.startswith(_RELEASED):
            self.surprises.append(answer)
