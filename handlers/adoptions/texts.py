"""What the bot says about dispatches, adoptions and instructions."""

from storage.vocabulary import DispatchStatus, EntryStatus, Form, Level, Rank, Remark

LEVELS = {
    Level.OWN: "本级",
    Level.COUNTY: "区县级",
    Level.CITY: "市级",
    Level.PROVINCE: "省级",
    Level.NATION: "国家级",
}
FORMS = {
    Form.FULL: "单篇",
    Form.ITEM: "单条",
    Form.COMBINED: "综合",
    Form.BRIEF: "简讯",
    Form.SPECIAL: "专报",
    Form.HEADLINE: "头条",
    Form.REPOST: "转载",
}
REMARKS = {Remark.WRITTEN: "批示", Remark.CIRCLED: "圈阅"}
RANKS = {Rank.PRINCIPAL: "主要领导", Rank.OTHER: "其他领导"}
WAITS = {
    EntryStatus.PROPOSED: "（待确认）",
    EntryStatus.CONFIRMED: "",
    EntryStatus.RETRACTED: "（已撤下，不计分）",
}
OUTCOMES = {
    DispatchStatus.SENT: "等结果",
    DispatchStatus.ADOPTED: "采用",
    DispatchStatus.NOT_ADOPTED: "未采用",
}

WHICH_DRAFT = "哪一篇？请写编号，例如：登记采用 12 市政府网站 9月20日 https://…"
MAY_NOT = "您不能登记{name}的采用和批示，作者、科室负责人或办公室可以。"
ONLY_OFFICE = "{name}的报送和结果由办公室登记。"
NOT_RELEASED = "{name}还没签发（{status}），不能登记报送、采用和批示。"

WHERE_SENT = "{name}报送到哪里？请直接回复，例如：市政府网站。名单发送 渠道，不报了发送 取消。"
WHERE_USED = "{name}被哪里采用？请直接回复，例如：市政府网站。名单发送 渠道，不登了发送 取消。"
WHICH_OF_THESE = "是哪一个？请回复序号："
PERHAPS_CHANNEL = "渠道名单里没有“{name}”。是这几个里的哪一个？请回复序号："
NONE_OF_THESE = "都不是"
ADD_CHANNEL = "没有登记。请管理员把它加进渠道名单（xinshi channels import），再登记一次。"
UNKNOWN_CHANNEL = "渠道名单里没有“{name}”，没有登记。名单发送 渠道；要增加请联系管理员。"
ONE_CHANNEL = "一次登记一个渠道的采用，每个渠道都要有佐证。请分开发送。"
ASK_DAY_AND_EVIDENCE = (
    "{name}被{channel}采用：哪天？有链接或期号吗？例如：9月20日 https://…（也可发截图、PDF）。"
    "不登了发送 取消。"
)
ASK_DAY = "{name}被{channel}采用：是哪天？例如：9月20日、昨天。"
ASK_EVIDENCE = (
    "{name}被{channel}采用：请补佐证，发链接、期号、截图或 PDF。没有佐证不能登记，不登了发送 取消。"
)
FUTURE = "{day}还没到，请核对日期。"
TOO_EARLY = "{name}{signed}才签发，{day}不会已被采用，请核对日期。"
AGAIN = "{name}已登记过被{channel}采用（{day}）。这是另一次采用吗？请回复 是 或 不是。"
UNKNOWN_AUTHOR = "没有找到“{name}”，或有几个同名的，没有登记。请写本单位人员的全名。"

BARRED = "{name}签发时注明“{note}”，不能报送{channel}。要改请找签发人。"
BARRED_BUT_USED = "注意：签发时注明“{note}”，但被{channel}采用了，请核实来源。"
SENT_BEFORE = "{name}已于{when}报送{channel}，不用再登记。"
DISPATCHED = "已登记：{name}报送{channels}，已告诉{author}。两分钟内可发送 撤销。"
DISPATCH_TOLD = "{{whose}}{name}已由{who}报送{channels}。"

WHY_NOT = "{name}没被采用，原因是什么？请直接回复（例如：选题重复）；没说原因回复 没说。"
NOT_SENT = "{name}没有等结果的报送。请写渠道，例如：未采用 {number} 市政府网站 选题重复"
NOT_ADOPTED = (
    "已登记：{name}没被{channels}采用，原因：{reason}。已告诉{author}。两分钟内可发送 撤销。"
)
NOT_ADOPTED_TOLD = "{{whose}}{name}没被{channels}采用。原因：{reason}。"
NO_REASON = "没有说明"
READ_THESE = "本周采用的，可以看看（发送 范文 编号 看全文和刊用前的改动）：\n{lines}"
READ_THIS = "{name} {unit}，{channel}{url}"

FACTS = "{channel}（{level}，{form}{issue}），{day}"
COUNTS = "计入{month}月"
LATE = "（{until}已截止，算迟登记，仍计入{month}月）"
ENTERED = (
    "已登记：{name}被{facts}采用，{counts}。已告诉{told}。"
    "两分钟内可发送 撤销；登错了发送 更正采用 {number}。"
)
PROPOSED = "已报：{name}被{facts}采用，{counts}。等{who}确认。"
NOBODY_CONFIRMS = "已报：{name}被{facts}采用，{counts}。现在没有能确认的人，请联系管理员。"
OWN_BENEFIT = "您自己受益，不能只凭您登记。"
ADOPTED_TOLD = "{{whose}}{name}被{facts}采用，{counts}{share}。{more}"
SHARE = "{who}占{part}"
EDITED_HINT = "\n刊用的文字与原稿不同的话，可发送：刊用稿 {number}，换行粘贴刊用的全文。"

CARD_SOURCE = "信使 · 采用登记"
CARD_TITLE = "{number}号 {what}待确认"
CARD_WORDS = "{evidence}\n也可回复：确认 {number} / 不确认 {number} 理由；看全文：稿件 {number}"
CONFIRM, REFUSE = "确认", "不确认"
DONE = {EntryStatus.CONFIRMED: "已确认", EntryStatus.REFUSED: "未确认"}
NOTHING_TO_CONFIRM = "{name}没有等确认的采用或批示。"
NOT_YOUR_CONFIRMATION = "您不能确认{name}的{what}，{who}可以。"
NOBODY = "没有人"
ALREADY = "{name}的{what}已由{who}处理：{outcome}。"
CONFIRMED = "已确认{name}的{what}：{facts}。已告诉{told}。两分钟内可发送 撤销。"
ASK_WHY_REFUSED = "不确认{name}的{what}，理由是什么？请发送：不确认 {number} 理由"
REFUSED = "没有确认{name}的{what}，理由：{reason}。已告诉{who}。"
PROPOSER_REFUSED = "您报的{name}的{what}没有确认：{reason}。"
PROPOSER_CONFIRMED = "您报的{name}的{what}已由{who}确认。"
STILL_WAITS = "{name}的{what}已等您确认{days}个工作日。回复 确认 {number} 或 不确认 {number} 理由。"
USE, REMARK = "采用", "批示"

NO_ENTRY = "{name}没有登记过采用或批示，没有可更正的。"
ONLY_OFFICE_CORRECTS = "登记的内容由办公室更正。请告诉办公室哪里错了。"
WHICH_ENTRY = "更正哪一条？请回复序号："
WHAT_IS_WRONG = (
    "{name}登记的是：{facts}。哪里错了？请直接回复正确的，例如：是省级 / 是9月18日 / 是省厅网站；"
    "整条不要了回复 作废。"
)
NOTHING_NEW = "没有看出要改什么，没有更正。现在登记的是：{facts}。"
CORRECTED = "已更正{name}的{what}：原 {old}；现 {new}，{counts}。已告诉{told}。"
CORRECTION_PROPOSED = "更正{name}的{what}：原 {old}；现 {new}。{own}等{who}确认。"
CORRECTED_TOLD = "{{whose}}{name}的{what}登记更正了：原 {old}；现 {new}，{counts}。"
SURE_TO_CANCEL = "作废{name}的{what}：{facts}？请回复 是 或 不是。"
CANCELLED = "已作废{name}的{what}：{facts}。记录留着备查，已告诉{told}。"
CANCELLED_TOLD = "{{whose}}{name}的{what}登记作废了：{facts}。"

UNDONE_DISPATCH = "已撤销：{name}报送{channels}不算数了。"
UNDONE_NOT_ADOPTED = "已撤销：{name}没被{channels}采用不算数了，还等结果。"
UNDONE_ENTRY = "已撤销：{name}的{what}（{facts}）不算数了。"
UNDONE_CONFIRMATION = "已撤销：{name}的{what}又等确认，回复 确认 {number} 或 不确认 {number} 理由。"
UNDONE_TOLD = "{who}撤销了刚才对{{whose}}{name}的登记：{what}。"

WHO_REMARKED = "是哪位领导批的？请写职务，例如：登记批示 {number} 王副市长 9月20日 请推广"
WHOSE_LEADER = "{leader}是哪一级的领导？请回复序号："
ASK_REMARK_DAY = "{leader}是哪天批的？例如：9月20日、昨天。"
REMARK_FACTS = "{leader}（{level}{rank}）{remark}，{day}"
REMARK_WORDS = "：“{words}”"
REMARK_ENTERED = "已登记：{name}获{facts}，{counts}。已告诉{told}。{follow}两分钟内可发送 撤销。"
REMARK_PROPOSED = "已报：{name}获{facts}，{counts}。等{who}确认。"
REMARK_AGAIN = "{name}已登记过{facts}，不用再登记。"
REMARKED_TOLD = "{{whose}}{name}获{facts}{words}，{counts}。{follow}"
PRINCIPAL_REMARKED = "{unit}的{name}获{facts}{words}。{follow}"
FOLLOW_UP = "请在{day}前反馈落实情况。"
FOLLOW_UP_DUE = (
    "{name}{leader}的批示今天该反馈落实情况了{words}。办好了请发送：批示办结 {number} 落实情况"
)

NO_EDITED = "{name}没有登记过采用，先登记采用再发刊用稿。"
ASK_EDITED = "请发送：刊用稿 {number}，换行粘贴{channel}刊用的全文。"
EDITED_KEPT = "已存{name}在{channel}的刊用稿，改动{changed}。已告诉{told}。"
PRINTED_WAITS = "其中{names}是您自己的，采用登记等别人确认。"
PRINTED_WITH = "刊用时改动{changed}：{lines}"
EDITED_TOLD = "{{whose}}{name}在{channel}刊用时改动{changed}：\n{lines}"
SAME = "很小，与原稿基本一致"
PART = "约{percent}%"

LIST_HEAD = "{whose}{month}月采用{count}篇次{waiting}："
LIST_WAITING = "（另{count}篇次待确认）"
LIST_LINE = "{name} {unit} {channel}（{level}，{form}）{day}{waits}"
LIST_REMARKS = "批示{count}次：\n{lines}"
LIST_REMARK = "{name} {facts}{waits}"
LIST_NONE = "{whose}{month}月还没有登记的采用。"
MINE, BUREAU = "您", "全局"
NOT_SEEN = "您看不到{name}的采用，或没有这个科室。发送 采用 看自己的。"
LIST_USAGE = "没看懂。可以发送：采用、采用 物业科、采用 8月、采用 物业科 8月"

CHANNELS = "渠道名单（{count}个）：\n{lines}\n要增加或修改请管理员导入（xinshi channels import）。"
CHANNEL_LINE = "{level}：{names}"

SHOWN_DISPATCH = "报送：{lines}"
SHOWN_USE = "采用：{facts}，{counts}{waits}"
SHOWN_REMARK = "批示：{facts}{waits}{answer}"
SHOWN_ONE = "{channel} {day}（{outcome}）"

YOURS, OF_YOUR_SECTION = "您的", "本科室的"
PICTURE_PLEASE = "佐证请发截图、PDF 或链接，别的文件收不了。"
EVIDENCE_REFUSED = "{name}的佐证《{file}》{reason}{left}"
EVIDENCE_MARKED = "{name}的佐证有“{mark}”字样，没有保存。涉密和内部资料不得通过本系统报送。{left}"
EVIDENCE_LOST = "{name}的佐证《{file}》没有取到。{left}"
NONE_LEFT = (
    "\n登记还在，但没有佐证了，请发送 更正采用 {number} 补链接或期号，或在网页“采用登记”补传。"
)
EVIDENCE_NAME = "附件"

CARD_RETRACTED = "已撤下稿件"
RETRACTED_TOLD = "{{whose}}{name}已撤下，{facts}的采用不再计入{month}月。"
RETRACTED = "{facts}的采用不再计入{month}月。"

ROW_NO_NUMBER = "没有写稿号或标题。"
ROW_BAD_NUMBER = "稿号“{said}”看不懂，请写数字，例如 12。"
ROW_NO_DRAFT = "没有{said}号稿件，请核对稿号（去年以前的写成 2024-12）。"
ROW_NO_TITLE = "没有标题是“{said}”的稿件，请写稿号。"
ROW_MANY_TITLES = "标题“{said}”的稿件有几篇（{numbers}），请写稿号。"
ROW_OTHER_TITLE = "稿号和标题对不上：系统里是{name}。"
ROW_NOT_RELEASED = "{name}还没签发（{status}），不能登记。"
ROW_NO_DAY = "没有写日期。"
ROW_BAD_DAY = "日期“{said}”看不懂，请写成 2026-09-20 或 9月20日。"
ROW_BAD_LEVEL = "层级“{said}”看不懂，请写国家级、省级、市级、区县级或本级。"
ROW_BAD_FORM = "形式“{said}”看不懂，请写{forms}。"
ROW_BAD_URL = "链接“{said}”不是网址，请以 https:// 开头；不是链接的写在佐证说明里。"
ROW_NO_EVIDENCE = "没有佐证，请填期号、链接或佐证说明。"
ROW_BAD_AUTHORS = "作者“{said}”看不懂，请写成：王芳、陈静 3:2。"
ROW_WHO = "没有找到“{name}”，或有几个同名的，请写本单位人员的全名。"
ROW_NO_CHANNEL = "没有写渠道（批示请填批示领导）。"
ROW_BOTH = "渠道和批示领导只能填一个，请分两行。"
ROW_WHICH_CHANNEL = "渠道“{said}”可能是{several}，请写全名或填层级。"
ROW_PERHAPS_CHANNEL = "渠道名单里没有“{said}”，相近的有{likely}。"
ROW_NO_SUCH_CHANNEL = "渠道名单里没有“{said}”，请核对，或由管理员加进名单。"
ROW_WHOSE_LEADER = "{leader}是哪一级的领导？请填层级。"
ROW_KNOWN = "已登记过，跳过。"
ROW_KNOWN_OTHERWISE = "已登记过，跳过；登记的是{there}，要改请发送 更正采用 {number}。"
ROW_TWICE = "与第{number}行重复，跳过。"
ROW_ANOTHER = "注意：{name}已登记过被{channel}采用（{day}），这行算另一次。"

SHEET_LINE = "{name} {facts}，{counts}"
SHEET_TOLD = "{who}从表格登记了{count}条采用、批示：\n{lines}{more}"
SHEET_MORE = "\n……还有{count}条，发送 采用 查看。"
SHEET_ENTERED = (
    "《{file}》已登记：采用{uses}条，批示{remarks}条。{proposed}已告诉作者和科室负责人。"
)
SHEET_PROPOSED = "另有{count}条与您自己有关，等别人确认。"
SHEET_ASKS = (
    "{who}从表格《{file}》登记了{count}条与本人有关的采用、批示，等您确认：\n{lines}\n{how}"
)
SHEET_STILL_WAITS = "表格《{file}》里还有{count}条等您确认：\n{lines}\n{how}"
SHEET_HOW_ON_PAGE = "逐条或一次处理：{address}"
SHEET_HOW = "请逐条回复 确认 编号，或 不确认 编号 理由。"
MANY_MORE = "……还有{count}条"
NONE_WAITS = "选的都不等您确认了，请刷新后再看。"
TOO_MANY_AT_ONCE = "一次最多处理{most}条，请分几次。"
MANY_CONFIRMED = "已确认{count}条，已告诉作者和科室负责人。"
MANY_REFUSED = "没有确认{count}条，已告诉登记的人。"
DECIDED_MEANWHILE = "另有{count}条别人已处理。"
MANY_CONFIRMED_TOLD = "{who}确认了{count}条采用、批示：\n{lines}"
MANY_REFUSED_TOLD = "您报的{count}条没有确认（{who}）：{reason}\n{lines}"
SHEET_KNOWN_MEANWHILE = "有{count}条在登记时已由别人登记，没有重复登记。"
SHEET_GONE_NAME = "{number}号《{title}》"
SHEET_GONE = "核对之后情况有变：{name}{status}。整张没有登记，请重新上传核对。"
SHEET_NOTHING = "《{file}》里的都登记过了，没有新增。"

NOTHING_TO_ANSWER = "{name}没有等办结的批示。"
ASK_ANSWER = "{name}的批示办得怎样？请发送：批示办结 {number} 落实情况"
WHICH_REMARK = "办结的是哪一条批示？请回复序号："
ANSWERED = "已登记：{name}{leader}的批示已办结，已告诉{told}。"
ANSWERED_TOLD = "{{whose}}{name}{leader}的批示，{who}登记已办结：{words}"
SHOWN_OPEN = "，{day}前反馈"
SHOWN_ANSWERED = "，{day}已办结：{words}"

PAGE_NO_ENTRY = "这一条不在登记里，请刷新后再试。"

BEFORE_CUTOFF = "{month}月的采用和批示登记到{until}截止，再晚算迟登记。"
BEFORE_CUTOFF_OFFICE = (
    "{opening}{unanswered}{waiting}还有没登记的请尽快：登记采用 12 市政府网站 9月20日 https://…"
)
UNANSWERED_OFFICE = "报送了还没有结果的有{count}篇次：\n{lines}\n"
UNANSWERED_AUTHOR = (
    "{opening}您的稿件报送了还没有结果：\n{lines}\n"
    "被采用了请报一下，例如：登记采用 {number} {channel} 日期 链接"
)
UNANSWERED_LINE = "{number}号《{title}》 {channel}"
UNANSWERED_MORE = "……还有{count}篇次"
UNCONFIRMED = "有{count}条等确认。"
