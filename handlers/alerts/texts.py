"""What the bot says about alerts."""

from handlers.rules.escalation import Why
from storage.vocabulary import AlertAct, Grade, Outcome

GRADES = {
    Grade.BLUE: "蓝色警报",
    Grade.YELLOW: "黄色警报",
    Grade.ORANGE: "橙色警报",
    Grade.RED: "红色警报",
}
NOTICE = "紧急通知"
NAMED = "{label}{code:02d}《{title}》"
CARD_SOURCE = "信使 · {label}"
CARD_TITLE = "{label} {code:02d}"
AGAIN = "（第{times}次）"
FACT_TITLE, FACT_SOURCE, FACT_SINCE, FACT_UNIT, FACT_BEFORE = "事项", "来源", "时间", "单位", "此前"
FACT_COUNT = "次数"
CARD_WORDS = "也可回复：收到 {code:02d}"
TAKE, CANNOT, DONE = "收到", "处理不了", "已办结"
CARD_TAKEN, CARD_ENDED = "已收到", "已办结"
CARD_GRAVER = "已升为{label}"
CARD_DECLINED, CARD_HANDED = "已转下一步", "已转出"

TAKEN = (
    "已收到{name}，由您处理。{until}会问您进展；"
    "办完发送 解除 {code:02d} 办理情况，处理不了发送 处理不了 {code:02d}。"
)
ANSWERED = "已记下：您已收到{name}。"
ANSWERED_BEFORE = "您已于{when}收到{name}。"
STILL_ON = "好的，{name}还由您处理，{until}再问您。"
TAKEN_BEFORE = "{who}已于{when}接手{name}，您不用再处理。"
ENDED_BEFORE = "{name}已由{who}于{when}办结{why}。"
NOTHING = "没有等您处理的警报。"
NOT_FOUND = "没有找到警报{code:02d}。发送 告警 看现在有哪些。"
WHICH = "有{count}个，是哪一个？"
TAKE_FIRST = "{name}还没有人接。由您办结的话，请先发送 收到 {code:02d}。"
NO_REASON = "怎么办结的？请发送：解除 {code:02d} 办理情况。"
NOT_YOURS = "{name}由{who}处理，您不能办结。"
DECLINED = "已记下，{name}转{whom}。"
DECLINED_TOP = "已记下，已经没有上一级，{name}再催：{whom}。"
NOTICE_ONLY = "{name}只要回复收到，有困难请直接联系{who}。"
DECLINED_LAST = "已记下。{name}已经没有上一级，{until}再催。请电话联系能处理的人。"
HANDED = "已把{name}转给{whom}，等他回复收到。"
HAND_TO_WHOM = "没有找到“{said}”，转给谁？请写全名，例如：转给张三。"
HAND_WHICH = "“{said}”有几位，转给哪一位？请写全名：{names}。"
UNREACHABLE = "{who}现在收不到消息，请转给别人。"
EXTENDED = "好的，{name}到{until}前由您处理，到时再问您。"
EXTEND_HOW_LONG = "还要多久？例如：还要2小时。最长{days}天。"
NOT_HELD = "您手里没有正在处理的警报。"
ENDED = "已办结{name}，已告诉{count}人。"
ENDED_ALONE = "已办结{name}。"

STILL = (
    "{name}还在处理吗？请回复 正在处理 或 还要2小时；办完发送 解除 {code:02d} 办理情况。"
    "{until}前没有回复就转给下一级。"
)
LAPSED = "{who}接手后没有再回复"
SILENT = "{who}没有回复"
PASSED_ON = "{who}处理不了"
HANDED_BY = "{who}转来"
NEWS = "{name}又有{more}条（共{count}条），最新：{words}"
TOLD_ENDED = "{name}已由{who}办结：{why}。"
ADMIN_SKIPPED = "警报{code:02d}第{step}步没有人可以告知：{words}{why}。已转下一步，请补充人员。"
ADMIN_LOST = "警报{code:02d}没有送到{who}，请确认其企业微信是否可用。"
NOT_REACHED = "{who}收不到消息"
ADMIN_NOBODY = "警报{code:02d}没有任何人可以告知，请马上处理（查看：告警 {code:02d}）。"
ADMIN_TOP = "警报{code:02d}到了最后一步还没有人回应，每隔一段时间会再催，请电话联系。"
WHY = {
    Why.NOBODY: "没有人",
    Why.UNREACHABLE: "收不到消息",
    Why.TOLD_BEFORE: "已经告知过",
}
WORDS = {
    "officer": "信息员",
    "section_head": "科室负责人",
    "office": "办公室",
    "deputy": "分管领导",
    "principal": "主要领导",
    "opinion_liaison": "舆情联络员",
    "admin": "管理员",
    "duty": "值班员",
    "lead_duty": "带班领导",
    "leaders": "局领导",
    "named": "指定人员",
    "holder": "接手人",
    "raiser": "发起人",
}

NOTICE_USAGE = "发给谁、什么事？例如：紧急通知 各科室负责人 今晚停水应急，请回复收到"
NOTICE_NOT_YOURS = "您不能发紧急通知，办公室、值班和局领导可以。"
NOTICE_TO_NOBODY = (
    "“{said}”里没有可以通知的人。"
    "可以写 各科室负责人、各科室信息员、局领导、值班人员、全局、科室名或姓名。"
)
NOTICE_UNKNOWN = "没有找到“{said}”。{usage}"
NOTICE_SURE = (
    "紧急通知发给{count}人（{names}），每人要回复收到。内容：{text}\n现在发吗？请回复 是 或 不是。"
)
NOTICE_SENT = (
    "已发出{name}，共{count}人。没回复的每10分钟再催，最多3次；看谁没回复发送 告警 {code:02d}。"
)
NOTICE_LOST = "收不到消息的：{names}，请电话通知。"
NOTICE_ALL = "{name}：{count}人全部收到，用时{minutes}分钟。"
NOTICE_LEFT = "{name}：{count}人里{acked}人收到，还没回复的：{names}。"
NOTICE_LEFT_AGAIN = NOTICE_LEFT + "已再催。"
NOTICE_LEFT_LAST = NOTICE_LEFT + "不再催了，请电话联系。"
WHY_ALL, WHY_STOPPED, WHY_BELOW = "全部收到", "到时仍有人没有回复", "随{name}办结"

LIST_EMPTY = "现在没有警报。"
LIST = "现在有{count}个警报：\n{lines}"
LINE = "{name}，{state}"
OPEN_UNTIL = "没有人接，{until}转下一步"
HELD_BY = "{who}{when}起处理，{until}问进展"
SILENCED_STATE = "静默中"
ENDED_STATE = "{who}{when}办结：{why}"
SILENT_ONES = "还没回复：{names}"
INHIBITED_BY = "由{name}代替"
ANSWERED_BY = "已收到{acked}/{count}人"
AND_MORE = "还有{count}个，请看网页。"
LOG = "{name}\n{text}\n来源：{source}\n{state}\n{lines}"
LOG_LINE = "{when} {what}"
SKIPPED = "第{step}步跳过：{words}{why}"
ACTS = {
    AlertAct.RAISED: "发出",
    AlertAct.TOLD: "告知{people}",
    AlertAct.AGAIN: "再次告知{people}",
    AlertAct.UNREACHED: "没有送达：{people}",
    AlertAct.ACKNOWLEDGED: "{actor}收到",
    AlertAct.ASKED: "问{people}是否还在处理",
    AlertAct.EXTENDED: "{actor}继续处理，到{words}",
    AlertAct.LAPSED: "{people}没有回复，不再算接手",
    AlertAct.DECLINED: "{actor}处理不了",
    AlertAct.HANDED_OVER: "{actor}转给{people}",
    AlertAct.JOINED: "又来一条：{words}",
    AlertAct.INHIBITED: "由{words}代替",
    AlertAct.SILENCED: "静默：{words}",
    AlertAct.ENDED: "{actor}办结：{words}",
}
CLOCK = "系统"
TO_FEW = "{people}等{count}人"
WHY_SAID = "已处理完"
PUSHED = {"alert": "告知", "alert_question": "问进展", "alert_news": "告知情况"}
UNDER_WAY = "正在发送"
OUTCOMES = {
    Outcome.SENT: "已送达",
    Outcome.MERGED: "已并入另一条",
    Outcome.DIGESTED: "已并入汇总",
    Outcome.MUTED: "本人已关闭",
    Outcome.OBSOLETE: "发出前已不需要",
    Outcome.INVALID_MEMBER: "收不到消息",
    Outcome.EXPIRED: "过期未发",
    Outcome.UNCONFIRMED: "可能已送达",
    Outcome.FAILED: "没有送达",
}

SILENCE_USAGE = "静默哪个来源、多久、为什么？例如：静默 12345 4小时 系统演练"
SILENCE_NO_REASON = "静默要写原因，例如：静默 12345 4小时 系统演练"
SILENCE_TOO_LONG = "静默最长3天。"
SILENCE_NOT_YOURS = "您不能静默警报，办公室、带班领导、舆情联络员和局领导可以。"
SILENCED = (
    "已静默{number}：来源含“{source}”的蓝色、黄色警报先不发，到{until}再发。"
    "橙色、红色和紧急事项照发。提前结束发送 取消静默 {number}。"
)
SILENCE_ENDED = "已取消静默{number}，发出{count}个警报。"
NO_SILENCE = "没有静默{number}。发送 告警 看现在有哪些。"
SILENCE_LINE = "静默{number}：来源“{source}”的蓝、黄警报到{until}，{who}，{reason}"
