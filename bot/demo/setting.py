"""The simulator beside the service, and what to try on its page."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from bot.clock import Now
from bot.config import WeCom
from bot.demo.bureau import BUREAU, OFFICERS
from bot.demo.clockwork import ServiceClockwork
from bot.demo.publishing import ADDRESS, waiting_at
from bot.demo.stories import STORIES
from bot.services import Services
from bot.simulator.app import create_simulator_app
from bot.simulator.keeper import kept
from bot.simulator.server import serve
from bot.simulator.world import Account, CorpSettings, World
from bot.web.status import status_address
from handlers.rules.calendar import local
from storage.vocabulary import DraftStatus, UserId

_DRAFT = """\
投稿 金色家园电梯维保专项检查
区住建局会同街道检查金色家园电梯18部，发现维保记录不全等问题5个，已责令三日内整改。"""
_REVISION = """\
修改 {number}
区住建局会同街道、社区和3名业主代表检查金色家园电梯18部，发现问题5个，当场整改3个，其余三日内整改。"""
_HINTS = (
    ("wangfang", _DRAFT),
    ("wangfang", "完成"),
    ("liqiang", "待审"),
    ("liqiang", "可以"),
    ("zhoumin", "退回 {number} 请补充参加单位"),
    ("zhoumin", "再改改，第三部分没写清楚"),
    ("wangfang", _REVISION),
    ("liuwei", "都过"),
    ("wangfang", "还差几篇"),
    ("zhoumin", "{sent}号被{channel}采用，今天 {address}"),
    ("zhoumin", "采用"),
    ("zhoumin", "配额"),
    ("wangfang", "得分"),
    ("zhoumin", "排名"),
    ("wangfang", "提醒我 明天9点 交配图"),
    ("sunyu", "舆情看板"),
    ("sunyu", "舆情列表"),
    ("sunyu", "舆情周报"),
)
_NOTHING_SENT = (0, "市政府网站")


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulator:
    """A simulated corp that is being served; *address* is its page."""

    world: World
    address: str


@contextmanager
def run_simulator(
    services: Services,
    port: int,
    now: Now,
    tell: Callable[[str], object],
    hints: Sequence[tuple[str, str]] = (),
) -> Iterator[Simulator]:
    """Serve a simulated corp of the service's members, by the clock *now*.

    Its chats are kept in the service's state folder; *tell* hears of what goes wrong with that.
    """
    world = simulated_world(services, now, services.config.server.bind)
    clockwork = ServiceClockwork(services=services)
    app = create_simulator_app(world, clockwork=clockwork, hints=hints, status=_status_of(services))
    server = serve(app, port=port)
    with kept(world, services.config.storage.state, tell):
        server.start()
        try:
            yield Simulator(world=world, address=f"http://127.0.0.1:{server.port}/")
        finally:
            server.stop()


def simulated_world(services: Services, now: Now, bind: str) -> World:
    """Return a corp of the service's members, whose callbacks go to *bind*."""
    with services.database.begin() as uow:
        accounts = [
            Account(userid=member.userid, name=member.name, department=unit)
            for member, unit in uow.members.everybody()
        ]
    corp = corp_settings(services.config.wecom, f"http://{bind}/wecom/callback")
    return World(corp, accounts, now)


def corp_settings(wecom: WeCom, callback_url: str) -> CorpSettings:
    """Return the settings of a simulated corp whose app is the configured one."""
    return CorpSettings(
        corp_id=wecom.corp_id,
        agent_id=wecom.agent_id,
        secret=wecom.secret,
        token=wecom.token,
        encoding_aes_key=wecom.encoding_aes_key,
        callback_url=callback_url,
    )


def _status_of(services: Services) -> Callable[[], str] | None:
    """Return what makes a link to the service's page about itself, if it can be linked to."""
    link = partial(status_address, services.config.server, UserId("simulator"))
    return (lambda: link(services.now())) if link(services.now()) else None


def hints(services: Services) -> list[tuple[str, str]]:
    """Return lines to try, for the draft that comes next and one that waits for its outcome."""
    with services.database.begin() as uow:
        bureau = uow.members.unit_at(BUREAU)
        year = local(services.now()).year
        number = uow.ledger.last_number(bureau.id, year, "draft") + 1 if bureau else 1
    sent, channel = next(iter(_sent(services)), _NOTHING_SENT)
    known = {
        "number": number,
        "sent": sent or number,
        "channel": channel,
        "address": ADDRESS.format(number=sent or number),
    }
    return [(userid, text.format(**known)) for userid, text in _HINTS]


def _sent(services: Services) -> Iterator[tuple[int, str]]:
    """Yield drafts that were sent somewhere and have no outcome: number and channel."""
    with services.database.begin() as uow:
        drafts = [
            draft
            for officer, _ in OFFICERS
            for draft in uow.drafts.of_author(
                UserId(officer), len(STORIES), status=DraftStatus.DISPATCHED
            )
        ]
    for draft in drafts:
        for channel in waiting_at(services, draft):
            yield draft.number, channel
