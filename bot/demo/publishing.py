"""What becomes of the sample bureau's signed drafts: its office dispatches them and registers uses.

Its own dice, so that what is written and reviewed stays as it was. By the last morning there is one
of everything to be seen: drafts that wait for an outcome, that were used and were not, a leader's
remark, and an entry of an author's that waits for the office's yes.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.services import Services
from bot.simulator.world import World
from storage.models import Draft
from storage.vocabulary import DispatchStatus, DraftStatus

_SEED = 20260922
_SEND, _HEAR, _USED = 0.5, 0.1, 0.7
_OFFICE = ("sunyu", "zhoumin")
_CHANNELS = (
    ("本局网站", "本局公众号"),
    ("区政府信息", "区政府网站"),
    ("市政府网站",),
    ("市住建局网站", "区政府信息"),
    ("省住建厅网站", "市政府信息"),
    ("学习强国市平台",),
    ("中国建设报", "市日报"),
)
_FORMS = ("", "", "", " 综合", " 简讯", " 头版头条")
_REASONS = ("选题与近期重复", "数据不够新", "篇幅偏长，缺做法")
_REMARK = "王副市长 今天 批示：做法很好，请市住建局总结推广"
ADDRESS = "https://www.example.gov.cn/news/{number}.html"


@dataclass(slots=True)
class Publishing:
    """The office's part of the bureau's life."""

    services: Services
    world: World
    dice: random.Random = field(default_factory=lambda: random.Random(_SEED))  # noqa: S311 - a story
    remarked: bool = False

    def go_on(self, drafts: Sequence[Draft]) -> None:
        """Dispatch some of what is signed, and register what became of some that was sent."""
        for draft in drafts:
            if draft.status is DraftStatus.SIGNED and self.dice.random() < _SEND:
                channels = "、".join(self.dice.choice(_CHANNELS))
                self._office(f"报送 {draft.number} {channels}")
            for channel in waiting_at(self.services, draft):
                if self.dice.random() < _HEAR:
                    self._hear_from(channel, draft)

    def leave_open(self, drafts: Sequence[Draft]) -> None:
        """Let an author say of one draft that it was used; the office has not answered yet."""
        for draft in drafts:
            for channel in waiting_at(self.services, draft):
                address = ADDRESS.format(number=draft.number)
                words = f"登记采用 {draft.number} {channel} 今天 {address}"
                self.world.phone(draft.author).says(words)
                return

    def _hear_from(self, channel: str, draft: Draft) -> None:
        if self.dice.random() > _USED:
            self._office(f"未采用 {draft.number} {channel} {self.dice.choice(_REASONS)}")
            return
        form, address = self.dice.choice(_FORMS), ADDRESS.format(number=draft.number)
        self._office(f"登记采用 {draft.number} {channel} 今天 {address}{form}")
        if not self.remarked:
            self._office(f"登记批示 {draft.number} {_REMARK}")
            self.remarked = True

    def _office(self, words: str) -> None:
        self.world.phone(self.dice.choice(_OFFICE)).says(words)


def waiting_at(services: Services, draft: Draft) -> Sequence[str]:
    """Return the channels that the draft was sent to and that have not answered, by name."""
    with services.database.reading() as uow:
        sent = uow.adoptions.dispatches([draft.id])
        names = uow.adoptions.channel_names(each.channel for each in sent)
    return sorted(names[each.channel] for each in sent if each.status is DispatchStatus.SENT)
