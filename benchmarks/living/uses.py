"""What becomes of signed drafts: sent to channels, used or not, or never heard of again.

And the sections that had nothing to write say so at the end of a month, some of them.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.living import days
from benchmarks.living.readers import Readers
from benchmarks.living.wecom import Sending
from storage.vocabulary import UserId

OWN = ("本局网站", "本局公众号")
"""The bureau's own site and account, which are to have something new every fortnight."""
_CHANNELS = (*OWN, *OWN[:1], "市政府网站", "区委信息", "市日报", "中国建设报")
_SIGNED = re.compile(r"您的(\d+)号.*签发，全部审核通过")
_ASKED = "没有请回复：本月零报告"


@dataclass(kw_only=True)
class Uses(Readers):
    """The office sends what was signed, and registers what is used."""

    def read(self, sending: Sending, text: str) -> None:
        if signed := _SIGNED.match(text):
            number = int(signed[1])
            self.world.at(self._in_office(0.5, 12), lambda: self._send(number))
        elif text.endswith(_ASKED):
            for who in sorted(sending.reached):
                if self.random.random() < 0.5:
                    self._will_report_zero(who)

    def _send(self, number: int) -> None:
        channel = self.random.choice(_CHANNELS)
        self._say(f"{number}号报送{channel}", "已登记")
        dice, moment = self.random.random(), self._in_office(4, 70)
        if dice < 0.5:
            address = f"https://www.example.gov.cn/{number}.html"
            said = f"登记采用 {number} {channel} 今天 {address}"
            self.world.at(moment, lambda: self._say(said, "已登记"))
        elif dice < 0.7:
            self.world.at(moment, lambda: self._say(f"未采用 {number} {channel} 选题重复", "已"))

    def _will_report_zero(self, who: UserId) -> None:
        self.world.at(self._in_office(0.1, 5), lambda: self.world.say(who, "零报告"))

    def _say(self, said: str, expected: str) -> None:
        answer = self.world.say(self.world.bureau.office[0], said)
        if not answer.startswith(expected):
            self.surprises.append(answer)

    def _in_office(self, least: float, most: float) -> datetime:
        hours = self.random.uniform(least, most)
        return days.after_office_hours(self.world.now, hours) + timedelta(seconds=11)
