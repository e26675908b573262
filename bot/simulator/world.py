"""The state of one simulated corp, shared by its phones, its server API and its page."""

import threading
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from httpx import BaseTransport

from bot.clock import Now
from bot.simulator.cards import CardRef
from bot.simulator.chats import Chats
from bot.simulator.codes import OneTimeCodes
from bot.simulator.corp import Account, CorpSettings, Directory
from bot.simulator.courier import Courier
from bot.simulator.diary import Diary
from bot.simulator.faults import Faults
from bot.simulator.ledger import Ledger, Pulse
from bot.simulator.limits import PER_METHOD, Window
from bot.simulator.media import MediaStore
from bot.simulator.network import MessageIds, Network
from bot.simulator.phones import Phone
from bot.simulator.post_office import PostOffice
from bot.simulator.tokens import AccessTokens

__all__ = ["Account", "CorpSettings", "World"]

REPLY_LIMIT = timedelta(seconds=5)
CARD_CODE_LIFE = timedelta(hours=72)
LOGIN_CODE_LIFE = timedelta(minutes=5)


class World:
    """Thread-safe; everything in it goes by *now*, except *reply_limit*, which is real time.

    *carrier* brings callbacks to the webhook, if not the network.
    """

    def __init__(
        self,
        settings: CorpSettings,
        accounts: Iterable[Account],
        now: Now,
        *,
        reply_limit: timedelta = REPLY_LIMIT,
        carrier: BaseTransport | None = None,
    ) -> None:
        self.settings = settings
        self.now = now
        self.faults = Faults()
        self.pulse = Pulse()
        self.ledger = Ledger(self.pulse)
        self.exchanges = self.ledger.exchanges
        self.dropped = self.ledger.dropped
        self.directory = Directory(accounts)
        self.tokens = AccessTokens(now)
        self.media = MediaStore(now)
        self.card_codes = OneTimeCodes[CardRef](now, CARD_CODE_LIFE)
        self.login_codes = OneTimeCodes[str](now, LOGIN_CODE_LIFE)
        self.diary = Diary(now)
        self.chats = Chats(self.pulse, self.diary)
        self.post_office = PostOffice(now, self.chats, self.card_codes, self.ledger)
        self.courier = Courier(settings, now, self.faults, self.ledger, reply_limit, carrier)
        self.menu: Mapping[str, Any] = {}
        self._network = Network(
            settings=settings,
            now=now,
            chats=self.chats,
            media=self.media,
            card_codes=self.card_codes,
            courier=self.courier,
            diary=self.diary,
        )
        self._ids = MessageIds(now)
        self._lock = threading.Lock()
        self._windows: dict[str, Window] = {}

    def add_account(self, account: Account) -> None:
        self.directory.add(account)
        self.pulse.beat()

    def phone(self, userid: str) -> Phone:
        """Return the phone of a member.

        Raises:
            UnknownAccountError: nobody has this userid.
        """
        return Phone(self.directory.get(userid), self._network, self._ids)

    def name_of(self, userid: str) -> str:
        """Return what a member is called; the userid itself if nobody has it."""
        return self.directory.get(userid).name if self.directory.knows(userid) else userid

    def login_code(self, userid: str) -> str:
        """Return the one-time code that a log-in of this member would bring back (page 91022)."""
        return self.login_codes.issue(self.directory.get(userid).userid.lower())

    def admit_call(self, method: str) -> bool:
        """Count a call of an API method; False above the corp's limits (page 90312)."""
        with self._lock:
            return self._windows.setdefault(method, Window(PER_METHOD)).admit(self.now())
