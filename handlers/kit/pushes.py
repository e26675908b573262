"""Every push: what it is called, when it comes and to whom; and the reminders of domain-rules §5.1.

How urgent a kind is and whether it may be kept stands where it is registered (`MessageKind`); here
is what people call it. The table in docs/reminders.md is written from both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One kind of push in words; *rule* is its line in §5.1, empty where it has none."""

    name: str
    when: str
    to: str
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line of §5.1: *kinds* do it; *without* says why there is none, or what is not told."""

    when: str
    to: str
    source: str
    kinds: tuple[str, ...] = ()
    without: str = ""


def _push(name: str, when: str, to: str, rule: str = "") -> Push:
    return Push(name=name, when=when, to=to, rule=rule)


PUSHES: Mapping[str, Push] = MappingProxyType(
    {
        "adoption_proposed": _push("采用待确认", "科室登记后", "能确认的人"),
        "adoption_reminder": _push("采用催办", "截止前3个工作日；到期", "办公室、作者", "R6"),
        "adoption_told": _push("采用结果", "登记、确认后", "作者、科室负责人"),
        "alert": _push("告警", "发生时，没人签收就往上", "值班、带班、办公室、领导"),
        "alert_news": _push("告警进展", "签收、续报、办结后", "收到告警的人"),
        "alert_question": _push("告警追问", "签收后到时没有进展", "签收的人"),
        "alert_trouble": _push("告警送不到", "一步没有人能收", "管理员"),
        "answer": _push("答复", "问了以后", "问的人"),
        "appeal_answered": _push("申诉答复", "采纳、驳回后", "申诉的科室"),
        "appeal_filed": _push("得分申诉", "科室申诉后", "办公室"),
        "briefing_drafted": _push(
            "舆情报告初稿",
            "日报16:30，休息日只在重要时段；周报、月报在头一个工作日",
            "舆情联络员",
            "R10",
        ),
        "briefing_paper": _push("舆情报告文件、图", "要了以后", "要的人"),
        "briefing_sent": _push(
            "舆情日报", "联络员同意后，17:30起", "局领导、办公室、联络员", "R10"
        ),
        "briefing_waiting": _push(
            "舆情报告待同意", "日报17:30、周报和月报第二天还没同意", "联络员、办公室", "R10"
        ),
        "briefing_special": _push("舆情专报", "发专报后2分钟", "局领导、办公室、联络员"),
        "briefing_statistics": _push(
            "舆情周报、月报", "联络员同意后2分钟", "局领导、办公室、联络员"
        ),
        "bulletin_offered": _push("简报送签", "送签后", "签发领导"),
        "bulletin_paper": _push("简报文件", "要了以后", "要的人"),
        "bulletin_told": _push("简报进展", "签发、退签后", "办公室、作者"),
        "burden_report": _push("减负月报", "每月第一个工作日", "办公室"),
        "calendar_missing": _push("缺放假安排", "12月1、15、28日；每月1日", "管理员", "R17"),
        "call_asked": _push("约稿待办公室定", "延期、改派等申请后", "办公室"),
        "call_climbs": _push("约稿上报", "没认领、逾期", "科室负责人、办公室", "R3"),
        "call_climbs_now": _push("约稿上报（急）", "没认领、逾期", "科室负责人、办公室", "R3"),
        "call_issued": _push("约稿", "发出时", "信息员", "R2"),
        "call_issued_now": _push("约稿（急）", "发出时", "信息员", "R2"),
        "call_reminder": _push("约稿催办", "过半、前一工作日、前两小时、逾期", "认领人", "R2"),
        "call_reminder_now": _push("约稿催办（急）", "截止前后", "认领人", "R2"),
        "call_told": _push("约稿回复", "认领、婉拒、提交后", "办公室"),
        "card_update": _push("卡片更新", "办了以后", "收到卡片的人"),
        "case_due": _push("舆情时限", "到时没办；回应过半、过八成", "承办、办公室，再往上", "R11"),
        "case_due_now": _push("舆情时限（急）", "橙色、红色的同上", "承办、办公室，再往上", "R11"),
        "case_told": _push("舆情进展", "定级、续报、口径、回应、办结后", "承办、办公室、知道的人"),
        "case_told_now": _push("舆情进展（急）", "橙色、红色的同上", "承办、办公室、知道的人"),
        "case_wording": _push("舆情口径请审", "拟好后", "能同意口径的领导"),
        "channel_idle": _push("账号久未更新", "第7、10、13天", "办公室", "R12"),
        "contingency_told": _push("预案进展", "任务超时、全部办好", "接任务的人、带班、分管"),
        "clue_found": _push("信息线索", "有人报了以后", "办公室"),
        "clue_settled": _push("信息线索结果", "合并、采纳、办结后", "报线索的人"),
        "deduction_told": _push("扣分通知", "登记扣分后", "科室"),
        "draft_edited": _push("定稿改动", "办公室改定稿后", "作者"),
        "draft_withdrawn": _push("撤稿", "撤稿后", "审核人"),
        "duty_handover": _push("交接班", "下班时", "值班、接班的人"),
        "duty_holiday": _push("节假日值班表", "法定节假日前", "办公室", "R13"),
        "duty_paper": _push("值班表文件", "要了以后", "要的人"),
        "duty_reminder": _push("值班提醒", "前一天17:00、前一小时", "值班、带班", "R14"),
        "duty_roster": _push("值班安排", "排好、改了以后", "值班、带班"),
        "duty_swap": _push("换班", "申请、同意后", "双方、批准人"),
        "emergency_clock": _push(
            "紧急信息时限", "到时前10分钟、到时；该续报时", "报告人、值班；到时加领导"
        ),
        "emergency_paper": _push("紧急信息文件", "签发后", "报告人、值班"),
        "emergency_sign": _push("紧急信息待签发", "登记、补充后", "带班、分管、主要领导"),
        "emergency_told": _push(
            "紧急信息进展", "签发、定级、办结、来了照片后", "报告人、值班；照片加签收、签发的人"
        ),
        "file_read": _push("文件读好了", "读完", "发文件的人"),
        "gathering_changed": _push("会议有变", "改期、取消后", "通知过的人"),
        "gathering_invited": _push("会议通知", "发出时", "参加的人"),
        "gathering_invited_now": _push("会议通知（急）", "一天以内要开", "参加的人"),
        "gathering_reminder": _push("会议提醒", "前一天17:00、前一小时", "参加的人、通知人"),
        "incident": _push("故障编号", "出错时", "管理员"),
        "move_reported": _push("调动待核对", "本人说调了科室后", "办公室"),
        "nobody_to_review": _push("无人可审", "没有审核人时", "管理员"),
        "notice_drafted": _push("通报初稿", "截止日后第一个工作日", "办公室", "R7"),
        "notice_released": _push("通报", "发布后", "各科室、领导"),
        "outside_short": _push("学习强国进度", "月中，落后才发", "信息员", "R16"),
        "paper": _push("文件", "要了以后", "要的人"),
        "personal_reminder": _push("个人提醒", "自己定的时间", "自己"),
        "plan_changed": _push("计划有变", "改期、取消后", "提醒过的人"),
        "plan_news": _push("计划自动约稿", "自动下约稿后", "办公室"),
        "plan_reminder": _push("计划节点", "节点前10、3个工作日", "计划的科室、责任人", "R9"),
        "profile_changed": _push("信息员、科室变了", "换人、调动后", "本人、前后的负责人"),
        "quota_warning": _push(
            "任务催办", "10、20、25日和月末前，差了才发", "信息员、负责人", "R1"
        ),
        "quarter_notice": _push("季度通报提醒", "下季度头十天", "办公室", "R8"),
        "recall_asked": _push("撤下或更正申请", "申请后", "批准人"),
        "recall_told": _push("撤下或更正结果", "办了以后", "作者、办公室"),
        "recall_unapproved": _push("先撤后批未批", "先撤下后", "签发人"),
        "report_paper": _push("通报文件", "要了以后", "要的人"),
        "report_said": _push("考核表", "算好后", "要的人"),
        "return_due": _push("退回稿催办", "应交前半个工作日", "作者", "R5"),
        "review_called_off": _push("不用审了", "撤稿、改派后", "审核人"),
        "review_digest": _push("早上待审清单", "工作日9点，有才发", "审核人"),
        "review_held": _push("暂放", "暂放、恢复时", "作者、审核人"),
        "review_reminder": _push("审核催办", "4个工作小时、1个工作日", "审核人", "R4"),
        "review_request": _push("请审核", "送到本环节时", "审核人"),
        "review_result": _push("审核结果", "审核后", "作者"),
        "score_changed": _push("得分有变", "算过的月份变了", "科室负责人、办公室"),
        "secrecy_summary": _push("保密月汇总", "每月最后一个工作日", "保密审查、办公室", "R15"),
        "sensitive_period": _push("重要时段", "开始、结束前", "值班、带班、办公室"),
        "source_tried": _push("来源试读结果", "添加、试读后", "要试的人"),
        "source_trouble": _push("来源坏了、恢复了", "连续三次读不到、收不下；恢复", "办公室"),
        "standing_in_over": _push("代审结束", "结束后上班时", "双方"),
        "standing_in": _push("代审", "开始、结束时", "双方"),
        "trouble": _push("系统故障", "故障满5分钟；恢复", "管理员"),
        "unit_reminder": _push("办公室提醒", "办公室定的时间", "信息员"),
        "zero_list": _push("零报告名单", "每月第一个工作日，有才发", "办公室", "R18"),
        "zero_reminder": _push(
            "零报告提醒", "每月最后一个工作日，没报才发", "信息员，没有就负责人", "R18"
        ),
    }
)

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "R1": Rule(
            when="10、20、25日和月末前两个工作日，差了才发",
            to="信息员，最后一次加负责人",
            source="[SZ] [TT]",
            kinds=("quota_warning",),
        ),
        "R2": Rule(
            when="发出、过半、前一工作日、前两小时、逾期",
            to="认领人、负责人、办公室",
            source="[F427]",
            kinds=("call_issued", "call_issued_now", "call_reminder", "call_reminder_now"),
        ),
        "R3": Rule(
            when="2个工作小时没认领",
            to="科室负责人",
            source="own",
            kinds=("call_climbs", "call_climbs_now"),
        ),
        "R4": Rule(
            when="4个工作小时、1个工作日，再转替补",
            to="审核人",
            source="[CJ]: 5 working days at most",
            kinds=("review_reminder", "review_request"),
        ),
        "R5": Rule(
            when="退回稿到期前半天",
            to="作者",
            source="own",
            kinds=("return_due",),
        ),
        "R6": Rule(
            when="截止日前3个工作日",
            to="办公室、作者",
            source="[RS] [DM]",
            kinds=("adoption_reminder",),
        ),
        "R7": Rule(
            when="截止日后第一个工作日",
            to="办公室",
            source="[LYG] [F427]",
            kinds=("notice_drafted",),
        ),
        "R8": Rule(
            when="下季度头十天",
            to="办公室",
            source="[YNJ]",
            kinds=("quarter_notice",),
        ),
        "R9": Rule(
            when="年度计划节点前10、3个工作日",
            to="计划的科室",
            source="task",
            kinds=("plan_reminder",),
        ),
        "R10": Rule(
            when="16:30收、17:30报，没有也要报",
            to="舆情联络员、分管领导",
            source="task",
            kinds=("briefing_drafted", "briefing_sent", "briefing_waiting"),
        ),
        "R11": Rule(
            when="舆情时限",
            to="承办、值班、带班、领导",
            source="§6.4",
            kinds=("case_due", "case_due_now"),
        ),
        "R12": Rule(
            when="第7、10、13天没有更新",
            to="办公室",
            source="[PJ] [ZY] [MH] [ES]",
            kinds=("channel_idle",),
        ),
        "R13": Rule(when="法定节假日前", to="办公室", source="[XH] [WL]", kinds=("duty_holiday",)),
        "R14": Rule(
            when="前一天17:00、前一小时",
            to="值班、带班",
            source="own",
            kinds=("duty_reminder",),
        ),
        "R15": Rule(
            when="每月最后一个工作日",
            to="保密审查、办公室",
            source="[HLJ]",
            kinds=("secrecy_summary",),
        ),
        "R16": Rule(when="月中，落后才发", to="信息员", source="[CJX]", kinds=("outside_short",)),
        "R17": Rule(
            when="12月，明年的放假安排还没有",
            to="管理员",
            source="own",
            kinds=("calendar_missing",),
        ),
        "R18": Rule(
            when="每月最后一个工作日问没有动静的科室，下一个工作日报名单",
            to="信息员，没有就负责人；办公室",
            source="§4.4",
            kinds=("zero_reminder", "zero_list"),
        ),
    }
)


def name_of(kind: str) -> str:
    """Say what people call a kind of push; its own name where nobody named it."""
    push = PUSHES.get(kind)
    return push.name if push is not None else kind
