"""Keeps what a corp remembers on the disk, so that phones show the same after another start."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from bot.simulator.cards import CardRef
from bot.simulator.media import StoredMedia
from bot.simulator.messages import Message
from bot.simulator.world import World

FILE = "simulator.json"
MEDIA = "simulator-media"

_REST_SECONDS = 0.5
_LOOK_SECONDS = 1.0
_UNREADABLE = "{file} 读不出来，已改名为 {aside}，手机上的聊天从头开始。"
_UNWRITABLE = "手机上的聊天没能存到 {file}：{error}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the file holds; the contents of *media* are files of their own."""

    version: Literal[1] = 1
    chats: Mapping[str, Sequence[Message]]
    menu: Mapping[str, Any]
    media: Sequence[StoredMedia]
    sent: Mapping[str, datetime]
    task_ids: set[str]
    card_codes: Mapping[str, tuple[CardRef, datetime]]
    used_card_codes: set[str]


_FORM = TypeAdapter(Kept)


class Keeper:
    """Saves *world* whenever it has changed and then rested for a moment."""

    def __init__(self, world: World, folder: Path, tell: Callable[[str], object]) -> None:
        self._world = world
        self._file = folder / FILE
        self._media = folder / MEDIA
        self._tell = tell
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def load(self) -> None:
        """Give the world back what was kept; a file that cannot be read is set aside."""
        try:
            kept = _FORM.validate_json(self._file.read_bytes())
            media = [
                replace(one, content=self._content(one).read_bytes())
                for one in kept.media
                if self._content(one).exists()
            ]
        except FileNotFoundError:
            return
        except (ValueError, OSError):
            self._set_aside()
        else:
            self._restore(kept, media)

    def save(self) -> None:
        """Write everything at once: a reader sees the state before or after, never half of it."""
        world = self._world
        media = world.media.everything()
        sent, task_ids = world.post_office.everything()
        codes, used = world.card_codes.everything()
        kept = Kept(
            chats=world.chats.everything(),
            menu=world.menu,
            media=[replace(one, content=b"") for one in media],
            sent=sent,
            task_ids=task_ids,
            card_codes=codes,
            used_card_codes=used,
        )
        self._media.mkdir(parents=True, exist_ok=True)
        for one in media:
            if not self._content(one).exists():
                _write(self._content(one), one.content)
        _write(self._file, _FORM.dump_json(kept))
        wanted = {self._content(one) for one in media}
        for path in self._media.iterdir():
            if path not in wanted:
                path.unlink()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Save a last time."""
        self._stop.set()
        self._thread.join()
        self._try_to_save()

    def _watch(self) -> None:
        pulse = self._world.pulse
        version = pulse.wait_beyond(-1, 0)
        while not self._stop.is_set():
            fresh = pulse.wait_beyond(version, _LOOK_SECONDS)
            if fresh != version:
                version = fresh
                self._stop.wait(_REST_SECONDS)
                self._try_to_save()

    def _try_to_save(self) -> None:
        try:
            self.save()
        except OSError as error:
            self._tell(_UNWRITABLE.format(file=self._file, error=error.strerror))

    def _restore(self, kept: Kept, media: Sequence[StoredMedia]) -> None:
        world = self._world
        world.media.restore(media)
        world.menu = kept.menu
        world.post_office.restore(kept.sent, kept.task_ids)
        world.card_codes.restore(kept.card_codes, kept.used_card_codes)
        world.chats.restore(kept.chats)

    def _set_aside(self) -> None:
        aside = self._file.with_suffix(".json.broken")
        with suppress(OSError):
            self._file.replace(aside)
        self._tell(_UNREADABLE.format(file=self._file, aside=aside.name))

    def _content(self, media: StoredMedia) -> Path:
        return self._media / media.media_id


@contextmanager
def kept(world: World, folder: Path, tell: Callable[[str], object]) -> Iterator[None]:
    """Give *world* what *folder* remembers, and let it remember what happens."""
    keeper = Keeper(world, folder, tell)
    keeper.load()
    keeper.start()
    try:
        yield
    finally:
        keeper.stop()


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_bytes(content)
    fresh.replace(path)
