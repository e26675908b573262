"""What the bot says about reminders and about silence."""

SET = "好的，{when}提醒您：{what}"
SET_OFTEN = "好的，{rule}提醒您：{what}。下一次是{when}。不要了发送 取消提醒 {number}。"
SET_FOR_UNITS = (
    "好的，{when}提醒{units}的信息员（{count}人）：{what}。不要了发送 取消提醒 {number}。"
)
REMINDER = "提醒：{what}"
REMINDER_SINCE = "您{when}设的提醒"
REMINDER_OFTEN = "{rule}的提醒，不要了发送 取消提醒 {number}"
REMINDER_LATER = "也可以回复：半小时后再提醒我"
UNIT_REMINDER = "{bureau}办公室提醒：{what}（{who}）"
SOURCE = "信使"
HALF_HOUR, TOMORROW = "半小时后", "下个上班时"
PAST = "{when}已经过去了，请换个时间，例如：提醒我 明天9点 {what}"
TOO_FAR = "只能提醒一年以内的事，{when}太远了。"
NO_MATTER = "要提醒什么事？例如：提醒我 明天9点 交稿"
ASK_TIME = "什么时候提醒您{what}？请直接回复时间，例如：明天9点。不用了发送 取消。"
ASK_WHAT_OFTEN = "{rule}提醒您什么事？例如：{rule}提醒我 报信息"
NOT_OFFICE = "只有办公室可以提醒各科室。提醒自己请说：提醒我 明天9点 交稿"
NO_OFFICERS = "{units}没有信息员，没有可提醒的人。"
NO_UNIT = "没有叫{unit}的科室。"
MOST = "您已经设了{count}个提醒，太多了。先看看 我的提醒，不要的发送 取消提醒 编号。"

NONE = "您没有设提醒。设一个：提醒我 周五9点 交稿；每周五9点提醒我报信息"
LIST = "您设的提醒（{count}个）：\n{lines}\n不要了发送 取消提醒 编号。"
LINE = "{number}. {when} {what}"
LINE_OFTEN = "{number}. {rule}（下一次{when}）{what}"
FOR_UNITS = "（提醒{units}）"
CANCELLED = "已取消提醒：{what}。"
WHICH = "要取消哪一个？\n{lines}\n请发送 取消提醒 编号。"
NO_SUCH_WORDS = "没有“{words}”的提醒。发送 我的提醒 看编号。"
NO_SUCH = "没有{number}号提醒。发送 我的提醒 看编号。"
SNOOZED = "好的，{when}再提醒您：{what}"
NOTHING_TO_SNOOZE = "最近没有提醒过您什么。设一个：提醒我 半小时后 交稿"
CARD_LATER = "{when}再提醒"
ALREADY_LATER = "已经改到{when}再提醒：{what}"

MUTED = "好的，到{when}不再主动给您发消息，期间的到时一起发。{still}提前恢复发送 恢复提醒。"
MUTED_TOPIC = "好的，不再给您发{topic}类消息。{still}要恢复发送 恢复提醒。"
STILL = "值班、舆情和应急的告警照常发，您自己设的提醒和您问的照常答；等您办的事到时限仍会转给别人。"
STILL_TOPIC = "告警照常发，等您办的事到时限仍会转给别人。"
MUTE_PAST = "{when}已经过去了。例如：今晚别给我发消息；下午五点前别打扰我"
MUTE_TOO_LONG = "最多安静{days}天，已按{days}天设：到{when}。"
UNMUTED = "已恢复，有消息照常发给您。{waiting}"
UNMUTED_WAITING = "安静期间攒下的马上发。"
NOT_MUTED = "没有设过免打扰，消息照常发给您。"
WISHES = "现在：{lines}"
WISH_MUTED = "免打扰到{when}"
WISH_QUIET = "每天{span}安静"
WISH_OFF = "不收{topics}类消息"
QUIET_SET = "好的，每天{span}不主动给您发消息，攒到{end}一起发。{still}取消发送 安静时段 取消。"
QUIET_CLEARED = "已取消您的安静时段。单位的安静时段（{span}）照旧，其间不急的消息不发。"
QUIET_SHOWN = (
    "您没有设自己的安静时段。单位的是{span}，其间不急的消息不发。设一个：安静时段 21:00-08:00"
)
QUIET_FORM = "没看懂。例如：安静时段 21:00-08:00；取消发送 安静时段 取消"
QUIET_TOO_LONG = "安静时段最长{hours}小时，请改短一些，例如：安静时段 21:00-08:00"

TOPICS = {
    "reminder": "催办提醒",
    "ranking": "排名",
    "daily_report": "日报",
    "weekly_report": "周报",
    "opinion": "舆情",
    "call": "约稿",
    "review": "待审清单",
}

CALENDAR_MISSING = (
    "还没有{year}年的放假安排，导入以前{year}年只按周一至周五算工作日。"
    "请把国务院办公厅的通知存成文本，在服务器上运行：xinshi calendar import 文件"
)

IDLE = {
    7: "{channel}已经{days}天没有更新，请安排一篇。",
    10: "{channel}已经{days}天没有更新，超过14天检查会扣分，请尽快更新。",
    13: "{channel}已经{days}天没有更新，马上满14天（检查不合格），请今天更新。",
}
"""What is said of a channel of the bureau's own, by the days that it stood still."""

DUE = {
    "": "有时限的事（{count}件）：\n{lines}",
    "due_soon": "三天内到期的（{count}件）：\n{lines}",
    "overdue": "已经超时的（{count}件）：\n{lines}",
}
NOTHING_DUE = {
    "": "您手头没有带时限的事。",
    "due_soon": "三天内没有到期的事。全部发送 到期。",
    "overdue": "没有超时的事。",
}
LINE_DUE, LINE_OVER = "{when} {line}", "⚠{when}已到时限 {line}"
DUE_OWN = "提醒：{what}"
MORE_DUE = "……还有{count}件"
NO_LIMIT = "它现在没有在走的时限。"
