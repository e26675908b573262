"""What is said about public opinion."""

from storage.vocabulary import Grade, ItemVerdict

GRADES = {
    Grade.BLUE: "蓝色（一般）",
    Grade.YELLOW: "黄色（较大）",
    Grade.ORANGE: "橙色（重大）",
    Grade.RED: "红色（特别重大）",
}
NAME = "条目{number}《{title}》"
EMPTY = (
    "报什么舆情？请写一句话：在哪里、说什么、有多热。"
    "例如：舆情：抖音有人发视频说金色家园烂尾 点赞2万"
)
TAKEN = "已登记{name}，建议{grade}。{why}"
BECAUSE = "依据：{reasons}。"
NOTHING_FOUND = "没有匹配到主题词，请办公室看一眼。"

# --- marks ---------------------------------------------------------------------------------------

SYSTEM = "系统"
VERDICTS = {
    ItemVerdict.RIGHT: "与建议一致",
    ItemVerdict.FALSE_ALARM: "误报",
    ItemVerdict.MISSED: "漏报",
    ItemVerdict.REGRADED: "级别不对",
    ItemVerdict.NOT_LOCAL: "非本地",
}
ITEM_FORM = "看哪个条目？例如：条目12，或 条目12 误报 旧视频"
NO_ITEM = "没有找到条目{number}。"
MARK_FORM = (
    "条目{number}怎么标？可以是：条目{number} 误报，条目{number} 漏报 橙色，"
    "条目{number} 调级 黄色，条目{number} 非本地；后面可以写理由。"
)
WHICH_GRADE = "调到哪一级？例如：条目{number} 调级 黄色"
REASON_TOO_LONG = "理由最多{most}字，请缩短。"
NOT_RAISED = "{name}机器没有预警，不用标误报。"
NOT_MISSED = "{name}机器已建议{grade}，不算漏报。要改级别，发送 条目{number} 调级 颜色。"
MARKED_BEFORE = "{name}您已经这样标过了。"
MARKED = "已标注{name}：{verdict}{grade}（机器建议{suggested}）。2分钟内可发送 撤销。"
MISSED_WHY = "{who}标为漏报，{grade}"
OF_CASE = {
    ItemVerdict.RIGHT: "",
    ItemVerdict.FALSE_ALARM: "{number}号舆情没有变，要按误报办结，发送 误报 {number} 依据。",
    ItemVerdict.MISSED: "{number}号舆情的级别没有变，要改发送 定级 {number} 颜色。",
    ItemVerdict.REGRADED: "{number}号舆情的级别没有变，要改发送 定级 {number} 颜色。",
    ItemVerdict.NOT_LOCAL: "{number}号舆情没有变，要转出，发送 转出舆情 {number} 转给谁。",
}
UNMARKED = "已撤销{name}的标注“{verdict}”。"
CASE_STAYS = "{number}号舆情已经告警，还在；要结束，发送 误报 {number} 依据。"
ITEM = "{name}\n{facts}\n标注发送：条目{number} 误报、漏报 橙色、调级 黄色 或 非本地"
ITEM_RISK = "{risk}分，与本单位相关{relevance}%"
IN_CASE = "{number}号舆情《{title}》"
MARK_LINE = "{who}标{verdict}{grade}{of_case}{reason}"
BY_CASE = "（随舆情）"

SECOND_LOOK = "{second}分（规则{risk}分；像要上报的{chance}%，占{share}%），只作参考，不改级别"
KIN = "{name}{case}，相似{likeness}%"
KIN_CASE = "（{number}号舆情）"
MERGE_KIN = "；是同一件事，发送 合并舆情 {this} {number}"
SEEN_AGAIN = "{name}：{value}"

# --- agreement -----------------------------------------------------------------------------------

NOT_YOURS_TO_READ = "研判情况由办公室、舆情联络员、值班和局领导查看。"
WHICH_MONTH = "看哪个月？例如：研判情况 上月，或 研判情况 9月"
NOTHING_DECIDED = "{month}还没有人定过级、标过条目，看不出研判准不准。标注发送：条目12 误报"
AGREED = "{month}研判：{said}。{weights}"
MONTH_SUMMARY = "舆情研判：{month}{said}。"
SHIPPED = "按出厂权重研判。"
REFITTED = "按第{version}版权重研判（{day}由{decisions}件决定重算）。"
TAKEN_BACK = "按第{version}版权重研判（{day}撤回了第{undoes}版）。"
FIGURES = "留出的{held_back}件：与人定一致{exact}，风险排序{ap}"

# --- weights -------------------------------------------------------------------------------------

WEIGHED = "权重{version}：{weights}。本条{points}分{added}"
VERSION_SHIPPED, VERSION = "（出厂）", "第{version}版"
TOP = (
    "风险={weights}{doubt}，{line}起预警；级别按分值{lifts}，{yellow}起黄、{orange}起橙、{red}起红"
)
WEIGHT = "{name}{share}%"
DOUBT = "，不一定是本地的扣{doubt:g}"
LIFT = "，{name}加{lift}"
ADDED = "{added:+g}"
