"""People who do something when a certain message comes."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from random import Random

from benchmarks.living.wecom import Sending
from benchmarks.living.world import World
from handlers.kit.messages import Text


@dataclass(kw_only=True)
class Readers(ABC):
    """Read each text that is sent; *surprises* are answers that nobody expected."""

    world: World
    random: Random
    surprises: list[str]

    def __post_init__(self) -> None:
        self.world.heard.append(self._hear)

    def _hear(self, sending: Sending) -> None:
        if isinstance(sending.content, Text):
            self.read(sending, sending.content.text)

    @abstractmethod
    def read(self, sending: Sending, text: str) -> None:
        """Do what is to be done about a text, or set when it will be."""
