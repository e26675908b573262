"""What is said about reports of public opinion."""

from storage.models import Briefing
from storage.vocabulary import BriefingKind, BriefingStatus

NOT_YOURS = "舆情日报由舆情联络员审定。"
NOT_SEEN = "舆情日报发给办公室、局领导和舆情联络员。"
NONE = "还没有舆情日报。{when}"
WHEN_DAILY = "工作日16:30起草，联络员同意后17:30发出。"
NO_LIAISON = "人员名单里没有舆情联络员（opinion_liaison），没有人审定，所以不起草；请管理员定一名。"
NONE_TODAY = "今天的舆情日报还没有起草，16:30起草。"
DRAFTED = (
    "{text}\n——\n以上是今天的舆情日报初稿。回复 发日报，17:30发给局领导和办公室；"
    "要补充发 日报关注 内容；之后有新情况发 重拟日报。"
)
REDRAFTED = "{text}\n——\n已按现在的情况重拟。回复 发日报 发出。"
REMINDED = "17:30了，舆情日报还没发，等您同意。回复 发日报 就发。"
TOLD_WAITING = "舆情日报还没发，等{who}同意。"
RELEASED_LATER = "舆情日报17:30发出，给{count}人。改主意发 先别发日报。"
RELEASED = "舆情日报已发给{count}人。要文件发 日报文件。"
RELEASED_BEFORE = "今天的舆情日报{who}已经同意了。"
SENT_BEFORE = "今天的舆情日报已经发了。"
HELD = "好，舆情日报先不发。同意时回复 发日报。"
NOT_RELEASED = "今天的舆情日报还没有同意发出。"
NOTED = "已写进明日关注：{note}\n回复 发日报 发出。"
EMPTY_NOTE = "请写要关注什么，例如：日报关注 翠湖小区新老物业交接"
WAITS = "（初稿，还没发）\n{text}"
FILE = "舆情日报（{day}）.docx"
FILE_COMES = "文件马上发给您。"

# --- special, weekly and monthly reports ----------------------------------------------------------

REPORT_FILE = "{name}.docx"
PICTURE_FILE = "舆情图.png"
CHECKED = "审核：{name}"
NOBODY_YET = "待审"
NAMES = {
    BriefingKind.DAILY: "舆情日报",
    BriefingKind.SPECIAL: "舆情专报",
    BriefingKind.WEEKLY: "舆情周报",
    BriefingKind.MONTHLY: "舆情月报",
}
WRITERS_ONLY = "舆情专报由舆情联络员和办公室起草、审发。"
READERS_ONLY = "舆情报告发给办公室、局领导和舆情联络员。"
RELEASED_BY_LIAISON = "{name}由舆情联络员审定。"
NO_CASE = "没有找到{number}号舆情。发送 舆情列表 看编号。"
NO_SPECIAL = "{number}号舆情还没有专报。"
NO_SPECIALS = "还没有舆情专报。起草发送 专报 编号（编号见 舆情列表）。"
SPECIALS = "最近的舆情专报：\n{lines}"
SPECIAL_LINE = "第{number}期 {title}（{state}）"
SPECIAL_DRAFT = (
    "{lines}\n——\n专报初稿，全文见文件，请核对后再发。改研判：专报研判 {number} 内容；"
    "改建议：专报建议 {number} 内容；按最新情况重写：重拟专报 {number}；发给领导：发专报 {number}。"
)
SPECIAL_SENT = "{lines}\n——\n{at}发出。有新情况要再报，发送 重拟专报 {number}。"
EDIT_WHAT = "请写{name}的内容，例如：{word} {number} 内容"
EDITED = "{number}号舆情专报的{name}已改为：{text}\n发给领导：发专报 {number}。"
EDIT_LONG = "最多{most}字，现在{count}字，请缩短。"
SECTIONS = {"risk": "风险研判", "advice": "工作建议"}
EDIT_WORDS = {"risk": "专报研判", "advice": "专报建议"}
NOTHING_DRAFTED = "{number}号舆情没有待发的专报。起草发送 重拟专报 {number}。"
UNTOUCHED = "工作建议没有改过，按模板发。"
RELEASED_SOON = "《{title}》2分钟后发给{count}人。{untouched}发错了发送 撤销。"
ALREADY_RELEASED = "{name}已经同意发出了。"
ALREADY_SENT = "{name}已经发了。"
UNDONE = "已撤销：《{title}》先不发。"
STATISTICS_DRAFT = (
    "{lines}\n——\n以上是{name}初稿，全文见文件。核对后回复 发{name}，发给局领导和办公室；"
    "数字有变化发 重拟{name}。"
)
STATISTICS_WAITING = "{name}还没发，等您同意。回复 发{name} 就发。"
TOLD_STATISTICS_WAITING = "{name}还没发，等{who}同意。"
NO_STATISTICS = "没有{period}的{name}。{when}"
WHEN = {
    BriefingKind.WEEKLY: "每周头一个工作日8:30起草上周的，联络员同意后发出。",
    BriefingKind.MONTHLY: "每月头一个工作日8:30起草上月的，联络员同意后发出。",
}
NO_DAILY = "没有{day}的舆情日报。"
NOT_READ_PERIOD = "没看懂是哪一期。例如：{name} {example}"
NOT_OVER = "{period}还没过完，{name}在下一期头一个工作日起草。"
PICTURE_COMES = "图马上发给您。"
NO_PICTURE = "近7天没有舆情条目，没有图可画。"
PICTURE_NOT_YOURS = "舆情图发给局领导、办公室、值班和舆情联络员。"
HEAT = "舆情热度（近7天，每12小时减半）"
HEAT_OF = "{number}号舆情热度（近7天）"
STATES = {
    BriefingStatus.DRAFTED: "待审",
    BriefingStatus.RELEASED: "待发",
    BriefingStatus.SENT: "已发",
}


def file_name(briefing: Briefing) -> str:
    """Name the document of a report."""
    day = f"{briefing.day.year}年{briefing.day.month}月"
    name = NAMES[briefing.kind]
    match briefing.kind:
        case BriefingKind.SPECIAL:
            return REPORT_FILE.format(name=f"{name}{briefing.day.year}年第{briefing.number}期")
        case BriefingKind.MONTHLY:
            return REPORT_FILE.format(name=f"{name}{day}")
        case _:
            return REPORT_FILE.format(name=f"{name}{day}{briefing.day.day}日")


REDRAFTED_PAGE = "已按最新情况重写，改过的研判和建议还在，请再核对。"
SAVED = "已保存。"
BEGUN_PAGE = "专报已起草，请核对、修改后再发。"
NUMBERED = "（第{number}期）"
SPECIAL_HOW = "请写舆情编号，例如：专报 3"
