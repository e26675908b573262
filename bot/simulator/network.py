"""What all phones of a world share."""

import itertools
import threading
from dataclasses import dataclass

from bot.clock import Now
from bot.simulator.cards import CardRef
from bot.simulator.chats import Chats
from bot.simulator.codes import OneTimeCodes
from bot.simulator.corp import CorpSettings
from bot.simulator.courier import Courier
from bot.simulator.diary import Diary
from bot.simulator.media import MediaStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    settings: CorpSettings
    now: Now
    chats: Chats
    media: MediaStore
    card_codes: OneTimeCodes[CardRef]
    courier: Courier
    diary: Diary


class MessageIds:
    """64-bit numbers that only grow, as MsgId does."""

    def __init__(self, now: Now) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count(int(now().timestamp()) << 30)

    def next(self) -> int:
        with self._lock:
            return next(self._numbers)
