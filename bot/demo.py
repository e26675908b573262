"""A sample bureau on this machine, and the simulator beside it."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.services import Services
from bot.simulated_time import advance
from bot.simulator.app import create_simulator_app
from bot.simulator.server import serve
from bot.simulator.world import Account, CorpSettings, World

MEMBERS = """\
userid,name,unit,roles,aliases,in_charge_of
wangfang,王芳,区住建局/物业科,officer,小王,
liqiang,李强,区住建局/物业科,section_head,李科,
chenjing,陈静,区住建局/燃气科,officer,,
zhaolei,赵磊,区住建局/燃气科,section_head,,
zhoumin,周敏,区住建局/办公室,office|admin,周主任,
sunyu,孙瑜,区住建局/办公室,office,,
liuwei,刘伟,区住建局,deputy,刘局,物业科|燃气科
huangjianguo,黄建国,区住建局,principal,黄局,
"""
_DRAFT = """\
投稿 全区物业服务质量提升行动启动
9月21日，区住建局召开动员会，部署物业服务质量提升行动。"""
_REVISION = """\
修改 1
9月21日，区住建局召开动员会，32家物业企业参会，部署物业服务质量提升行动。"""
HINTS = (
    ("wangfang", _DRAFT),
    ("wangfang", "完成"),
    ("liqiang", "待审"),
    ("liqiang", "通过 1"),
    ("liuwei", "待审"),
    ("zhoumin", "退回 1 请补充参会单位"),
    ("wangfang", _REVISION),
    ("wangfang", "提醒我 明天9点 交配图"),
)

_CONFIG = """\
# Written by `xinshi demo`; delete the folder to start anew.
environment = "simulation"

[server]
bind = "127.0.0.1:{web_port}"
public_url = "http://127.0.0.1:{web_port}"
secret_key = "{key}"

[wecom]
corp_id = "wwsimulatedcorp"
agent_id = 1000002
secret = "{secret}"
token = "{token}"
encoding_aes_key = "{aes}"
api_base_url = "http://127.0.0.1:{port}"

[storage]
database_url = "sqlite:///xinshi.db"
redis_url = "embedded"
media_dir = "media"
"""


def prepare(folder: Path, port: int) -> Path:
    """Write the demo's configuration and members unless they are there; return its config.toml."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.toml"
    if not path.exists():
        path.write_text(
            _CONFIG.format(
                port=port,
                web_port=port + 10,
                key=secrets.token_hex(32),
                secret=secrets.token_hex(20),
                token=secrets.token_hex(12),
                aes=secrets.token_hex(22)[:43],
            )
        )
        path.chmod(0o600)
    roster = folder / "members.csv"
    if not roster.exists():
        roster.write_text(MEMBERS, encoding="utf-8")
    return path


@contextmanager
def run_simulator(services: Services, port: int) -> Iterator[str]:
    """Serve a simulated corp of the service's members; yield the page's address."""
    wecom, bind = services.config.wecom, services.config.server.bind
    with services.database.begin() as uow:
        accounts = [
            Account(userid=member.userid, name=member.name, department=unit)
            for member, unit in uow.members.everybody()
        ]
    corp = CorpSettings(
        corp_id=wecom.corp_id,
        agent_id=wecom.agent_id,
        secret=wecom.secret,
        token=wecom.token,
        encoding_aes_key=wecom.encoding_aes_key,
        callback_url=f"http://{bind}/wecom/callback",
    )
    world = World(corp, accounts, services.now)

    def step(length: timedelta) -> list[str]:
        return advance(services, length)

    server = serve(create_simulator_app(world, advance=step, hints=HINTS), port=port)
    server.start()
    try:
        yield f"http://127.0.0.1:{server.port}/"
    finally:
        server.stop()
