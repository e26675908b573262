"""Everything that has an effect, in one value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from redis import Redis

from bot.channel.port import Channel
from bot.clock import Now
from bot.config import Config
from bot.doorbell import Doorbell
from bot.ids import NewId
from bot.language.recogniser import Recogniser
from bot.language.understanding import Understanding
from handlers.kit.context import Context, Surroundings
from handlers.kit.registry import Command, Registry
from storage.queries.mailbox import Talk
from storage.queries.members import Person
from storage.unit_of_work import Database, UnitOfWork


@dataclass(frozen=True, kw_only=True)
class Services:
    """What one process of the service is made of; tests build another one."""

    config: Config
    database: Database
    redis: Redis
    channel: Channel
    registry: Registry
    recogniser: Recogniser
    understanding: Callable[[], Understanding]
    surroundings: Surroundings
    doorbell: Doorbell
    now: Now
    new_id: NewId

    @cached_property
    def commands_by_intent(self) -> Mapping[str, Command]:
        """The commands by the intent that they mean."""
        return {each.means.name: each for each in self.registry.commands.values() if each.means}

    @cached_property
    def known_runs(self) -> dict[str, datetime]:
        """The last moment of each recurring work that this process knows was claimed.

        What was claimed stays so: it need not be asked every few seconds.
        """
        return {}

    @property
    def media_dir(self) -> Path:
        return self.config.storage.media_dir

    def context(
        self,
        uow: UnitOfWork,
        *,
        me: Person | None = None,
        talk: Talk | None = None,
        inbound: str = "",
        owed_since: datetime | None = None,
    ) -> Context:
        """Return the view that one message, timer or job has, at this moment.

        *owed_since* is when it was due, if anything was.
        """
        return Context(
            uow=uow,
            now=self.now(),
            around=self.surroundings,
            me=me,
            talk=talk,
            inbound=inbound,
            owed_since=owed_since,
        )

    def close(self) -> None:
        """Give back the connections."""
        self.database.close()
        self.redis.close()
