"""What the bot says about incidents."""

from storage.vocabulary import Grade, IncidentAct, IncidentElement, IncidentStatus

GRADES = {
    Grade.BLUE: "一般",
    Grade.YELLOW: "较大",
    Grade.ORANGE: "重大",
    Grade.RED: "特别重大",
}
GRADE_WORDS = {
    "一般": Grade.BLUE,
    "较大": Grade.YELLOW,
    "重大": Grade.ORANGE,
    "特别重大": Grade.RED,
    "特大": Grade.RED,
    "蓝色": Grade.BLUE,
    "黄色": Grade.YELLOW,
    "橙色": Grade.ORANGE,
    "红色": Grade.RED,
}
STATUS = {
    IncidentStatus.OPEN: "处置中",
    IncidentStatus.CLOSED: "已办结",
    IncidentStatus.WITHDRAWN: "误报",
}
NAME = "紧急{number}号《{title}》"
SOURCE = "紧急信息"
ALERT_TITLE = "紧急{number}号 {title}"
ALERT_TEXT = "{words}（{who}{when}报，{phone}前要电话报告，{written}前要书面报告）"

ASK_BESIDE_LINK = "链接先收着。出了什么事？一句话说：哪里、怎么了、有没有伤亡。"
PICTURE_EARLY = "图片先收着，请一句话说出了什么事：哪里、怎么了、有没有伤亡。"
ASK_WORDS = "出了什么事？一句话说：哪里、什么时候、怎么了、有没有伤亡。不报了发送 取消。"
BEGUN = (
    "已登记{name}，{when}接报，{graded}。{told}\n"
    "{clocks}\n初报已拟好，{signers}；已知的先报，不用等齐。"
)
TOLD_ALERT = "已告知{who}（{alert}）。"
TOLD_CROWD = "{who}等{count}人"
TOLD_NOBODY = "没有找到可以告知的人（{alert}），请马上打电话。"
GRADED_SUGGESTED = "暂按{grade}计时{why}"
GRADED = "定为{grade}"
WHY = "（{why}）"
WAITS_FOR = "等{who}签发"
NO_SIGNER = "没有找到能签发的领导，请告诉管理员"
CLOCK_PHONE = "电话报告：{due}前。报了发送 已电话报告{number} 报给了谁"
CLOCK_WRITTEN = "书面初报：{due}前。签发、报出后发送 已书面报告{number} 报给了谁"
CLOCK_DONE = "{what}：{when}已报{to}{late}"
CLOCK_OVER = "{what}：{due}到时，已超{minutes}分钟"
LATE = "（超时{minutes}分钟{reason}）"
PHONE, WRITTEN = "电话报告", "书面初报"
NEXT_FOLLOW_UP = "续报"
DUE_LINE = "{name}{what}"
LATE_ONE = {"phone": "电话超时", "written": "书面超时"}
SET_ASIDE = "正在写的稿件已存着，接着写发送 继续 编号（编号见 我的稿件）。\n"
MISSING = "还缺：{what}。"
COMPLETE = "要素齐了。"
QUESTIONS = {
    IncidentElement.PLACE: "在什么地方？",
    IncidentElement.HAPPENED: "什么时候发生的？",
    IncidentElement.CASUALTIES: "有没有人员伤亡、被困？",
    IncidentElement.NATURE: "是什么性质的事（施工事故、燃气泄漏、火灾、聚集……）？",
    IncidentElement.MEASURES: "已经采取了什么措施？",
    IncidentElement.SCOPE: "影响范围多大（多少户、多少人）？",
    IncidentElement.LOSS: "财产损失大概多少？",
    IncidentElement.TREND: "现在是什么趋势，控制住了吗？",
    IncidentElement.LEADERS: "哪些领导到了现场？",
    IncidentElement.SOURCE: "信息是从哪里来的（谁报的、谁转的）？",
    IncidentElement.REQUEST: "有什么要请求支援、协调的？",
    IncidentElement.CONTACT: "现场联系人和电话？",
}
ASK = "{question}（一句话可以说几项；不清楚就回 不清楚，都说完了回 就这些）"
ADDED = "{name}已记下：{what}。"
NOTED_UNKNOWN = "好，{what}先记为待核实。"
NOTHING_ADDED = "{name}没有新内容。补充请发送 补充紧急{number} 现场情况。"
ADDED_LATER = "上一份已签发，这些写进{report}。"
ADDING_OVER = "好的。{name}{report}照现在知道的报，{signers}。再有情况发送 补充紧急{number} 情况。"
MOVED = "接报时间改为{when}，时限随之改：{clocks}。"
MOVED_WRONG = "接报时间不能晚于现在，也不能早于一天前。"
NOTED = "{what}：{said}"
REGRADED = "按现在的伤亡损失，建议定为{grade}（{why}），计时已按{grade}走，请领导定级。"

NOT_FOUND = "没有找到紧急{number}号。发送 紧急信息 看编号。"
NONE_OPEN = "现在没有在办的紧急信息。报一件发送 紧急信息：哪里、怎么了、有没有伤亡。"
WHICH = "说的是哪一件？请回复序号："
OVER = "{name}已经{status}。要接着办发送 重开紧急{number}。"
NOT_YOURS = "{name}由报告人、值班、办公室、科室负责人和领导办。"

PHONED = "{name}已记：{when}电话报告{to}。{state}"
PHONED_BEFORE = "{name}{when}已由{who}电话报告{to}。"
IN_TIME = "在时限内。"
LATE_BY = "超时{minutes}分钟。"
ASK_REASON = "超时{minutes}分钟，什么原因？（记入台账）"
ASK_TO = "报给了谁？例如：区委值班室。"
EXPLAINED = "{name}{which}超时的原因已记：{reason}。"
NOTHING_LATE = "{name}没有超时的报告。"
ASK_WHICH_REASON = "请写原因，例如：紧急超时原因{number} 现场信号中断。"
SENT = "{name}{report}已记：{when}书面报告{to}。{state}"
NOTHING_SENT = "{name}的{report}还没签发（{signers}），签发后才能报出。"
ALL_SENT = "{name}已签发的都报出了。续报发送 续报紧急{number} 最新情况。"
ENDED_BY_FINAL = "终报已报出，{name}办结。"

CARD_SOURCE = "紧急信息"
CARD_TITLE = "紧急{number}号 {report}待签发"
CARD_WORDS = "也可以回复：签发紧急{number}"
SIGN_BUTTON = "签发"
CARD_SIGNED, CARD_NEWER, CARD_OVER = "已签发", "有补充，请看新的一稿", "已办结"
FACT_EVENT, FACT_HARM, FACT_DONE, FACT_LACK, FACT_DUE = "情况", "伤亡", "措施", "还缺", "时限"
SIGNED = "已签发{name}{report}，{told}马上报送。两分钟内可发送 撤销。"
SIGNED_TOLD = (
    "{name}{report}已由{who}签发，请马上报送{to}，报出后发送 已书面报告{number} 报给了谁。"
)
SIGNED_BEFORE = "{name}{report}{when}已由{who}签发。"
NOT_SIGNER = "{name}由{who}签发。"
OWN_REPORT = "{name}是您自己报的，要由别人签发（{who}）。"
CHANGED = "{name}刚有补充，现在这一稿是：\n{text}\n签发这一稿请回复 是。"
NOTHING_TO_SIGN = "{name}没有等签发的报告。"
OFFERED = "{name}{report}已送{who}签发。"
UNSIGNED = "已撤销，{name}{report}还没签发。"
UNSIGNED_TOLD = "{name}{report}的签发已由{who}撤销，请先不要报送。"
UNDO_NOTHING = "{name}两分钟内没有您的签发，撤销不了。"
UNDO_SENT = "{name}{report}已经报出，不能撤销签发。要更正请发送 续报紧急{number} 更正内容。"

FOLLOWED = "{name}{report}已拟好：\n{text}\n{signers}。"
FOLLOW_WORDS = "有什么新情况？例如：续报紧急{number} 燃气已关断，2名伤者已送医。"
FINAL_WORDS = "处置结果是什么？例如：终报紧急{number} 现场已清理完毕，道路恢复通行。"
FOLLOW_NONE = "现在没有在办的紧急信息。续报舆情请写编号，例如：续报 3 已约谈开发商。"
FIRST_UNSIGNED = "{name}的{report}还没签发，新情况已写进去了。"
FINAL_OPEN = "{name}的终报已在签发中。"

GRADED_NOW = "{name}已定为{grade}（原来{before}）。{clocks}"
GRADE_TOLD = "{name}由{who}定为{grade}（原来{before}）。{clocks}"
GRADE_PROPOSED = (
    "已按{grade}计时并告诉领导。{grade}要由领导定：请领导发送 紧急定级{number} {grade}。"
)
GRADE_FORM = "请写定为哪一级，例如：紧急定级{number} 较大（一般、较大、重大、特别重大）。"
GRADE_SAME = "{name}已经是{grade}。"
PROPOSED_TOLD = "{who}建议把{name}定为{grade}。同意请发送 紧急定级{number} {grade}。"

CLOSED = "{name}已办结：{why}。"
CLOSE_WHY = "请写办结情况，例如：办结紧急{number} 已处置完毕。"
STANDING_IN = "（代{absent}）"
CLOSE_MAY_NOT = "办结由办公室、带班领导、分管或主要领导定。"
FINAL_FIRST = (
    "{name}还没有终报。先发送 终报紧急{number} 处置结果；"
    "不用终报就写明：办结紧急{number} 不需终报 原因。"
)
WITHDRAWN = "{name}已记为误报：{why}。"
PERHAPS_FALSE = "{name}还没有记为误报，照常办理。核实了请发送 误报紧急{number} 怎么核实的。"
WITHDRAW_WHY = "请写怎么核实的，例如：误报紧急{number} 现场核实是演练。"
ENDED_TOLD = "{name}{status}（{who}）：{why}"
REOPENED = "{name}已重开，时限不再重计。续报发送 续报紧急{number} 情况。"
REOPENED_TOLD = "{name}由{who}重开。"
NOT_OVER = "{name}还在办。"

WARN = "{name}{what}还有{minutes}分钟到时（{due}），{how}"
OVERDUE = "{name}{what}已到时限（{due}）还没报，{how}"
HOW_PHONE = "报了请发送 已电话报告{number} 报给了谁。"
HOW_WRITTEN_UNSIGNED = "初报还没签发（{signers}）。"
HOW_WRITTEN = "初报已签发，报出后请发送 已书面报告{number} 报给了谁。"
FOLLOW_UP_DUE = (
    "{name}该续报了。有变化发送 续报紧急{number} 最新情况；"
    "没有变化发送 续报紧急{number} 无变化；办完了发送 终报紧急{number} 结果。"
)

LIST = "在办的紧急信息{count}件：\n{lines}"
LINE = "{name}（{grade}）{state}"
STATE_PHONE, STATE_WRITTEN = "电话{due}前", "书面{due}前"
STATE_DONE = "已报，{last}"
SHOW = "{name}（{grade}，{status}）{when}接报\n{of}{clocks}\n{text}\n{pictures}{lack}{reports}"
REPORT_LINE = "{report}：{state}"
REPORT_DRAFT, REPORT_SIGNED, REPORT_SENT = "待签发", "{who}{when}签发", "{when}报{to}"
LEDGER_TITLE = "紧急信息台账"
FILE = "{bureau}{name}{report}.docx"
UNSIGNED_MARK = "（未签发，仅供审阅）"

EITHER = "这件按哪样报？请回复序号，时间已从现在算起（{minutes}分钟没有回复按紧急信息报）："
EITHER_EMERGENCY = "紧急信息（马上计时，通知值班和领导）"
EITHER_OPINION = "网上舆情"
EITHER_BOTH = "两样都报，互相关联"
EITHER_BEFORE = "这件已按紧急信息登记。发送 紧急信息 看在办的。"
EITHER_TAKEN = (
    "{minutes}分钟没有回复，已按紧急信息登记（不是的话发送 误报紧急 和怎么核实的）。\n{said}"
)
EITHER_PICTURE = "图片先收着，请回复上面的序号。"
EITHER_NAME = "刚报的事"
EITHER_FILE = "这里只收图片，不收文件。请先回复上面的序号。"
CASE_NAME = "{number}号舆情《{title}》"
OF_CASE = "{name}（{grade}，{status}）"
OF_INCIDENT = "关联：{case}\n"
LINKED_TOLD = "{name}由{who}关联到{case}，级别变了互相告知。"
UNLINKED_TOLD = "{name}由{who}取消与{case}的关联。"
UNLINKED_ACT = "取消{case}"
LINKED_BEFORE = "{name}已经关联了。"
LINKED_OTHER = "{name}已关联{case}，要换先发送 取消关联 {of} 紧急{number}。"
NOT_LINKED = "{name}没有关联{case}。"
CASE_GRADED = "{case}（关联{name}）定为{grade}。紧急信息要调级请发送 紧急定级{number} 级别。"
MERGED_ACT = "{into}（{case}已并入）"
CASE_MERGED = "{case}已并入{into}，{name}随之关联{into}。"
PARTED_ACT = "{case}（并入已撤销）"
CASE_PARTED = "{case}的并入已撤销，{name}仍关联{case}。"
CASE_OVER = "{case}已办结；{name}还在办。"

PICTURE = "图片已放进{name}，现有{count}张。可以接着发。"
FILE_NOT = "紧急信息只收图片，不收文件，请拍照或截图后再发。"
PICTURES_BY = "{who}{count}张"
PICTURES_CAME = "{name}收到现场照片：{by}。"
PICTURES_OF = "现场照片：{count}张\n"
ANNEX_PICTURES = "附：现场照片{count}张"
ANNEX_MORE = "（文内{shown}张，其余见网页）"
PICTURE_CAPTION = "现场照片{place}（{when}）"

PAGE_CHANGED = "{name}刚有补充，请看现在这一稿再签。"
PAGE_UNKNOWN = "没有这一项。"
NEXT_PHONE, NEXT_SIGN = "电话报告（{due}前）", "签发{report}（{signers}）"
NEXT_SEND, NEXT_SEND_BY = "报送{report}", "报送{report}（{due}前）"
NEXT_FOLLOW = "有变化就续报，办完了终报"

CLOCKWORK = "时钟"
ACTS = {
    IncidentAct.REPORTED: "{who}报告：{words}",
    IncidentAct.ADDED: "{who}补充：{words}",
    IncidentAct.MOVED: "{who}改接报时间：{words}",
    IncidentAct.PROPOSED: "{who}建议定级：{words}",
    IncidentAct.GRADED: "{who}定级：{words}",
    IncidentAct.TAKEN: "{who}接下警报",
    IncidentAct.PHONED: "{who}已电话报告：{words}",
    IncidentAct.OVERDUE: "超时：{words}",
    IncidentAct.EXPLAINED: "{who}说明超时原因：{words}",
    IncidentAct.BEGUN: "{who}起草{words}",
    IncidentAct.SIGNED: "{who}签发{words}",
    IncidentAct.UNSIGNED: "{who}撤销签发{words}",
    IncidentAct.SENT: "{who}已书面报告：{words}",
    IncidentAct.LINKED: "{who}关联：{words}",
    IncidentAct.CLOSED: "{who}办结：{words}",
    IncidentAct.WITHDRAWN: "{who}记为误报：{words}",
    IncidentAct.REOPENED: "{who}重开",
    IncidentAct.PICTURED: "收到现场照片：{words}",
}
