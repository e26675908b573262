"""What is said about troubles: to administrators, who can do something about them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from storage.vocabulary import TroubleKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """*what* is wrong, what members notice of it, and what an administrator does about it."""

    what: str
    effect: str
    remedy: str


_MUTE = "成员发消息照常得到回复，但审核卡片、催办和提醒发不出去；恢复后自动补发"

WORDS: Mapping[TroubleKind, Words] = MappingProxyType(
    {
        TroubleKind.CREDENTIALS: Words(
            what="企业微信不认本应用的Secret或企业ID",
            effect=_MUTE,
            remedy="在企业微信管理后台核对应用的Secret和企业ID，改好配置文件[wecom]后重启服务",
        ),
        TroubleKind.ADDRESS: Words(
            what="企业微信不信任本机的IP地址",
            effect=_MUTE,
            remedy="在企业微信管理后台的应用页面，把这个地址填进“企业可信IP”，几分钟内自动恢复",
        ),
        TroubleKind.REFUSED: Words(
            what="企业微信拒绝了本应用的调用",
            effect=_MUTE,
            remedy="在服务器上运行 xinshi doctor，按提示核对AgentId、可见范围和应用是否停用",
        ),
        TroubleKind.UNREACHABLE: Words(
            what="连不上企业微信的接口",
            effect=_MUTE,
            remedy="检查服务器的外网、代理和防火墙；网络正常就等企业微信恢复",
        ),
        TroubleKind.LIMITED: Words(
            what="企业微信限制了本应用的调用次数",
            effect=_MUTE,
            remedy="不用操作，到时会自动重试；请不要反复重启服务",
        ),
        TroubleKind.WORKER: Words(
            what="发送进程没有在工作",
            effect=_MUTE,
            remedy="在服务器上启动 xinshi up（分开运行的启动 xinshi work），已在运行就看日志",
        ),
        TroubleKind.SCHEDULER: Words(
            what="定时进程没有在工作",
            effect="到点的提醒、催办和转请都不会发生；恢复后自动补上",
            remedy="在服务器上启动 xinshi up（分开运行的启动 xinshi schedule），已在运行就看日志",
        ),
        TroubleKind.TIMERS: Words(
            what="有定时任务到点没有执行",
            effect="这些提醒、催办和转请都晚了；执行后自动补上",
            remedy="在服务器上重启 xinshi up（分开运行的重启 xinshi schedule）；再晚就看日志",
        ),
        TroubleKind.REDIS: Words(
            what="Redis没有应答",
            effect=_MUTE,
            remedy="在服务器上启动Redis（内置的随 xinshi up 启动）；消息都在数据库里，不会丢",
        ),
        TroubleKind.DISK: Words(
            what="服务器的磁盘快满了",
            effect="写满以后收不了稿件，成员会看到“系统开小差了”",
            remedy="清理磁盘，备份放到别的磁盘上",
        ),
        TroubleKind.MEDIA: Words(
            what="成员发来的图片和附件取不回来",
            effect="稿件里的这些图片和附件暂时看不到；企业微信只保存3天",
            remedy="在服务器上运行 xinshi doctor，再看日志里的 media_fetch_failed 和 job_failed",
        ),
        TroubleKind.DAILY_CAP: Words(
            what="今天发出的消息快到企业微信的每日上限",
            effect="到上限后，当天余下的卡片和提醒发不出去，第二天补发",
            remedy="今天先不群发；上限不对就改配置文件[troubles]的daily_messages",
        ),
        TroubleKind.CANARY: Words(
            what="每日自检没有走通",
            effect="成员的稿件或警报可能也走不过这一步",
            remedy="在服务器上运行 xinshi doctor，改好后运行 xinshi canary 再检一次",
        ),
    }
)

CANARY, CANARY_SECTION = "信使自检", "自检科"
CANARY_TITLE = "自检 {run}"
CANARY_TEXT = "系统每天自动走一遍全程的测试警报，不涉及任何人。"
CANARY_OVER = "自检走完"
CANARY_OFF = "自检：没有打开。"
CANARY_NONE_YET = "自检：还没有做过，工作日{at}做。"
CANARY_PASSED = "自检：{when}通过，用了{seconds}秒。"
CANARY_ON_ITS_WAY = "自检：{when}开始，正在走。"
CANARY_STUCK = "自检：{when}开始，没有走通，{where}。"

BEGAN = "【系统故障】{what}，{since}开始。\n影响：{effect}。\n处理：{remedy}。"
OVER = "【故障解除】{what}，{since}开始，持续{length}，已恢复正常。"

ALL_WELL = "系统正常。{last}"
LAST = "上次故障：{what}，{since}开始，持续{length}。"
NONE_YET = "还没有出过故障。"
WRONG = "系统有{count}个故障："
LINE = "{number}. {what}，{since}开始。\n影响：{effect}。\n处理：{remedy}。"
PAGE = "详情（{minutes}分钟内有效）：{address}"
ONLY_ADMINS = "只有管理员可以看系统状态。发现问题请告诉{names}。"
NO_ADMIN = "只有管理员可以看系统状态。"
