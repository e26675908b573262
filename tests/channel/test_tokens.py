import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial

import pytest
from redis import Redis

from bot.channel.client import ApiSettings, WeComClient
from bot.channel.port import ChannelError, Remedy
from bot.channel.shared import SharedMemory
from bot.channel.tokens import Grant, TokenProvider
from storage.vocabulary import UserId

from .conftest import connect
from .scripted import ScriptedWeCom, refuses, says

PREFIX = "xinshi:corp:7"
SECRET = "very-secret"  # noqa: S105 - a test's


class Clock:
    """A monotonic clock that moves when told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


class Till:
    """A gettoken that counts; it refuses while *refusal* is set."""

    def __init__(self, expires_in: float = 7200) -> None:
        self.fetches = 0
        self.refusal: ChannelError | None = None
        self._expires_in = expires_in

    def __call__(self) -> Grant:
        self.fetches += 1
        if self.refusal:
            raise self.refusal
        return Grant(f"token-{self.fetches}", self._expires_in)


def refused(get: Callable[[], str]) -> ChannelError:
    with pytest.raises(ChannelError) as caught:
        get()
    return caught.value


OpenClient = Callable[[Redis], WeComClient]


def client_of(url: str, redis: Redis) -> WeComClient:
    settings = ApiSettings(corp_id="corp", agent_id=7, secret=SECRET, api_base_url=url)
    return WeComClient(settings, redis)


@pytest.fixture
def open_client(wecom: ScriptedWeCom) -> Iterator[OpenClient]:
    with ExitStack() as stack:
        yield lambda redis: stack.enter_context(closing(client_of(wecom.url, redis)))


def ask(client: WeComClient) -> str:
    return str(client.callback_ips())


def call_in_another_process(url: str, redis_socket: str) -> None:
    redis = connect(redis_socket)
    with closing(redis), closing(client_of(url, redis)) as client, ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: client.callback_ips(), range(10)))


def test_a_token_is_kept_for_less_than_it_lives(redis: Redis) -> None:
    till = Till(expires_in=7200)
    tokens = TokenProvider(SharedMemory(redis, PREFIX), till)
    assert [tokens.get(), tokens.get()] == ["token-1"] * 2
    assert redis.get(f"{PREFIX}:token") == b"token-1"
    remaining = redis.pttl(f"{PREFIX}:token")
    assert isinstance(remaining, int)
    assert 6_890_000 < remaining <= 6_900_000


def test_a_short_lived_token_is_kept_for_a_second(redis: Redis) -> None:
    TokenProvider(SharedMemory(redis, PREFIX), Till(expires_in=60)).get()
    remaining = redis.pttl(f"{PREFIX}:token")
    assert isinstance(remaining, int)
    assert 0 < remaining <= 1000


def test_ten_threads_and_two_processes_fetch_one_token(
    wecom: ScriptedWeCom, redis: Redis, redis_socket: str
) -> None:
    wecom.token_delay_s = 0.2
    spawn = multiprocessing.get_context("spawn")
    processes = [
        spawn.Process(target=call_in_another_process, args=(wecom.url, redis_socket))
        for _ in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(20)
    assert [process.exitcode for process in processes] == [0, 0]
    assert len(wecom.calls("gettoken")) == 1
    assert len(wecom.calls("getcallbackip")) == 20
    assert {call.params["access_token"] for call in wecom.calls("getcallbackip")} == {"token-1"}
    assert redis.get(f"{PREFIX}:token:lock") is None


def test_a_refused_token_is_replaced_once_and_the_call_made_again(
    wecom: ScriptedWeCom, open_client: OpenClient, redis: Redis
) -> None:
    wecom.script("getcallbackip", refuses(42001), says(ip_list=["1.2.3.*"]))
    assert open_client(redis).callback_ips() == ["1.2.3.*"]
    assert [call.params["access_token"] for call in wecom.calls("getcallbackip")] == [
        "token-1",
        "token-2",
    ]


@pytest.mark.parametrize("code", [40014, 42001, 41001])
def test_a_token_that_is_refused_for_ever_costs_two_calls(
    wecom: ScriptedWeCom, open_client: OpenClient, redis: Redis, code: int
) -> None:
    wecom.script("message/send", refuses(code))
    error = refused(lambda: str(open_client(redis).send_message({})))
    assert (error.code, error.remedy) == (code, Remedy.RETRY)
    assert len(wecom.calls("gettoken")) == 2
    assert len(wecom.calls("message/send")) == 2


def test_a_token_that_another_process_has_renewed_is_not_thrown_away(redis: Redis) -> None:
    tokens = TokenProvider(SharedMemory(redis, PREFIX), Till())
    tokens.get()
    redis.set(f"{PREFIX}:token", "renewed")
    tokens.discard("token-1")
    assert tokens.get() == "renewed"


def test_a_wrong_secret_is_tried_once_and_then_held_back_everywhere(
    wecom: ScriptedWeCom, open_client: OpenClient, redis: Redis
) -> None:
    wecom.script("gettoken", refuses(40001))
    client = open_client(redis)
    for asking in (client, client, open_client(redis)):
        error = refused(partial(ask, asking))
        assert (error.remedy, error.code) == (Remedy.RECONFIGURE, 40001)
    redis.flushall()  # the process that tried it remembers by itself
    assert refused(partial(ask, client)).remedy is Remedy.RECONFIGURE
    assert len(wecom.calls("gettoken")) == 1
    assert wecom.calls("getcallbackip") == []


def test_the_pause_doubles_up_to_an_hour_and_ends_with_a_success() -> None:
    clock, till = Clock(), Till()
    tokens = TokenProvider(SharedMemory(None, PREFIX, monotonic=clock), till, monotonic=clock)
    till.refusal = ChannelError(Remedy.RECONFIGURE, 40001, "no")
    for minutes in (5, 10, 20, 40, 60, 60):
        before = till.fetches
        refused(tokens.get)
        clock.seconds += minutes * 60 - 1
        refused(tokens.get)
        assert till.fetches == before + 1
        clock.seconds += 2
    till.refusal = None
    token = tokens.get()
    tokens.discard(token)
    till.refusal = ChannelError(Remedy.RECONFIGURE, 40001, "no")
    refused(tokens.get)
    clock.seconds += 301
    till.refusal = None
    assert tokens.get()


def test_a_passing_fault_does_not_hold_the_next_attempt_back(redis: Redis) -> None:
    till = Till()
    tokens = TokenProvider(SharedMemory(redis, PREFIX), till)
    till.refusal = ChannelError(Remedy.RETRY, -1, "busy")
    assert refused(tokens.get).remedy is Remedy.RETRY
    till.refusal = None
    assert tokens.get() == "token-2"


@pytest.mark.parametrize("shared", [True, False], ids=["with Redis", "alone"])
def test_an_hour_has_a_limit_of_tokens(shared: bool, redis: Redis) -> None:  # noqa: FBT001 - a table
    till = Till()
    memory = SharedMemory(redis if shared else None, PREFIX)
    tokens = TokenProvider(memory, till, hourly_limit=3)
    for _ in range(3):
        tokens.discard(tokens.get())
    assert refused(tokens.get).remedy is Remedy.WAIT
    assert till.fetches == 3


def test_a_holder_of_the_lock_that_died_is_waited_for_and_then_told(redis: Redis) -> None:
    tokens = TokenProvider(SharedMemory(redis, PREFIX), Till(), patience_s=0.1)
    redis.set(f"{PREFIX}:token:lock", "a process that is no more", px=300)
    assert refused(tokens.get).remedy is Remedy.RETRY
    while redis.exists(f"{PREFIX}:token:lock"):
        pass
    assert tokens.get() == "token-1"


def test_without_redis_each_process_keeps_its_own_token(
    wecom: ScriptedWeCom, open_client: OpenClient, dead_redis: Redis
) -> None:
    client = open_client(dead_redis)
    with ThreadPoolExecutor(10) as pool:
        list(pool.map(lambda _: client.callback_ips(), range(10)))
    assert len(wecom.calls("gettoken")) == 1
    wecom.script("user/get", refuses(40014), says(name="爱丽丝"))
    assert client.user_get(UserId("alice"))["name"] == "爱丽丝"
    assert len(wecom.calls("gettoken")) == 2


def test_redis_is_asked_again_after_a_pause(redis: Redis, dead_redis: Redis) -> None:
    clock = Clock()
    memory = SharedMemory(dead_redis, PREFIX, monotonic=clock)
    memory.put("name", "mine", 60)
    assert memory.get("name") == "mine"
    memory._redis = redis  # it has come back
    assert memory.get("name") == "mine"
    clock.seconds += 6
    assert memory.get("name") is None


def test_neither_keys_nor_errors_hold_the_secret(open_client: OpenClient, redis: Redis) -> None:
    open_client(redis).callback_ips()
    keys = [key.decode() for key in redis.scan_iter()]
    assert {key.removeprefix(PREFIX)[9:] for key in keys} == {":token", ":token:fetches"}
    assert not any(SECRET in key for key in keys)
    assert SECRET not in repr(ApiSettings(corp_id="corp", agent_id=7, secret=SECRET))
    assert "token-1" not in repr(Grant("token-1", 1))


def test_a_corrected_secret_begins_with_a_clean_slate(wecom: ScriptedWeCom, redis: Redis) -> None:
    """The breaker that a wrong secret opened does not hold back the right one."""
    grant = {"access_token": "t", "expires_in": 7200}
    wecom.script("gettoken", refuses(40001), says(**grant))
    settings = ApiSettings(corp_id="corp", agent_id=7, secret="wrong", api_base_url=wecom.url)  # noqa: S106 - a test's
    with closing(WeComClient(settings, redis)) as wrong, pytest.raises(ChannelError):
        wrong.callback_ips()
    with closing(WeComClient(replace(settings, secret=SECRET), redis)) as right:
        right.callback_ips()
    assert len(wecom.calls("gettoken")) == 2
