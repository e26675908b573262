"""What is said about notices, sheets and pages."""

DRAFTED = (
    "{period}通报已起草，请核对：\n{summary}\n"
    "要写自己的话，发送 通报 改 下月 内容（或 较好、问题）；无误后发送 发布通报 {month}"
)
STATUS_DRAFTED = "{period}通报（第{version}稿，未发布）：\n{summary}\n{next}"
STATUS_RELEASED = "{period}通报（{at}发布）：\n{summary}\n{files}"
NEXT = "文件随后发来。改段落：通报 改 下月 内容；更新数字：通报 重算；发布：发布通报 {month}"
FILES = "文件随后发来。"
CHANGED = "起草后数字有变化：{changes}。请先发送 通报 重算 {month}，核对后再发布。"
MORE_CHANGED = "等{count}处"
POINTS_CHANGED = "{unit}{before}分→{after}分"
COUNTS_CHANGED = "{unit}报送{before}条→{after}条"
ADOPTED_CHANGED = "{unit}采用{before}条→{after}条"
OTHER_CHANGED = "{unit}的名次或明细"

QUARTER = (
    "{period}的通报请在{until}前发出。\n"
    "发送 考核表 {short} 取各科室数字，一页纸 {short} 取概况；各月通报发送 通报 月份。"
)

NOT_OVER = (
    "{period}还没有结束，截至今天：\n{summary}\n通报在截止日（{until}）后的第一个工作日自动起草。"
)
NONE_YET = "{period}通报还没有发布。"
NO_UNITS = "本局还没有登记科室，不能起草通报。请管理员先导入名单。"
FUTURE = "{period}还没到。"
ONLY_OFFICE = "通报由办公室起草和发布。"
ALREADY_RELEASED = "{period}通报已于{at}由{who}发布，不能再改。"

EDITED = "已改{period}通报的“{section}”（第{version}稿）：\n{text}\n核对后发送 发布通报 {month}"
REMOVED = "已删去{period}通报里“{section}”的补充段落（第{version}稿）。"
HOW_TO_EDIT = (
    "请写明改哪一段，例如：通报 改 下月 请各科室……\n可改：较好、问题、下月；删去：通报 改 问题 删除"
)
TOO_LONG = "补充段落最多{most}字，这次有{count}字，请精简。"
NO_PARAGRAPH = "{period}通报的“{section}”没有补充段落。"
SAVED = "已保存{period}通报的补充段落（第{version}稿）。核对后发布。"
NOTHING_WRITTEN = "{period}通报的补充段落没有改动，还是第{version}稿。"
STALE_PAGE = "{period}通报已有第{version}稿，这次没有保存。请刷新页面，核对后再改。"
RECOUNT_BEGUN = "正在按最新数字重算{period}通报，好了告诉您。"
REFRESH = "好了请刷新本页。"
RECOUNTED = "{period}通报已按最新数字更新（第{version}稿）：{changes}。核对后发送 发布通报 {month}"
NOTHING_CHANGED = "{period}通报的数字没有变化，还是第{version}稿。"

CONFIRM = (
    "发布{period}通报（第{version}稿）？发布后不能撤回、不能再改，将推送给{count}人：\n{summary}\n"
    "回复 是 发布，回复 不 先不发。"
)
NOT_RELEASED = "好的，{period}通报没有发布。"
STALE = "{period}通报在您确认前已有第{version}稿，没有发布。请重新核对后发送 发布通报 {month}"
RELEASED = "已发布{period}通报，正在推送给{count}人。"
PUSHED = "【通报】{title}\n{summary}{appeal}\n全文见随后的文件。"
APPEAL = "\n对得分有异议，请在{until}前发送：申诉 {month} 得分 理由。"
TO_GROUP = "\n机器人不往群里发消息：通报推送给各科室负责人、信息员和领导本人。"
NO_PDF = "\n只有 Word 和 Excel，需要 PDF 请用 Word 另存。"

SHEET_COMES = "正在算{title}（{kind}），算好发给您。"
SHEET_MADE = "{title}算好了，文件随后发来。\n{summary}"
SHEET_PAGE = "\n网页：{address}"
SHEET_NOT_SEEN = "考核表由办公室和主要领导查看。看本科室的，请发送 一页纸。"
PAGE_COMES = "正在做{unit}{period}的一页纸，做好发给您。"
PAGE_MADE = "{unit}{period}的一页纸做好了，文件随后发来。\n{said}"
WHICH_UNIT = "请写明科室，例如：一页纸 物业科"
NOT_SEEN = "您看不到{name}的数字，或没有这个科室。发送 一页纸 看本科室的。"

TITLES = {"notice": "{period}通报", "assessment": "{period}考核表", "one_page": "{unit}{period}"}
NOTICE_FILE = "{period}信息宣传工作通报.{ending}"
DRAFT_FILE = "{period}信息宣传工作通报（第{version}稿，未发布）.{ending}"
PICTURE_FILE = "{period}信息报送采用情况.png"
ASSESSMENT_FILE = "{period}信息宣传工作考核表.{ending}"
ONE_PAGE_FILE = "{unit}{period}信息宣传工作情况.docx"
WORD, EXCEL = "Word", "Excel"
SIGNED_BY = "{bureau}办公室"

SECTIONS = {"good": "较好", "problems": "问题", "next": "下月"}
