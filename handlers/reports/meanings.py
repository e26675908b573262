"""What is said about reports: the monthly notice, the assessment sheets."""

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.slots import choice, constant, first_of, flag, period, when


def _shown(heard: Heard) -> Slots:
    if heard.situation.kind == "report" and heard.situation.word:
        return {"period": heard.situation.word}
    return {}


def _unit(heard: Heard) -> Slots:
    """Read whose page it is, where a section is named."""
    named = heard.units()
    return {"unit": named[0]} if named else {}


report = Meaning(
    name="monthly_report",
    words=("通报", "月报", "季报", "统计表"),
    cues=(
        cue(
            r"(?:月报|季报|年报|月度|季度|年度|考核|采用|报送|信息|得分|工作|全年"
            r"|半年).{0,8}(?:通报|统计表?|汇总表?|考核表|考核结果|报表|得分表|情况表"
            r"|一览表|月报|总结|报告|排名表|附件)",
            8,
            unless=r"约稿|调研报告|怎么|零报送的有|舆情",
        ),
        cue(
            r"(?:月|季度|年|年度)(?:的)?(?:考核|采用|报送)(?:情况|结果)|考核(?:情况|结果)",
            8,
            unless=r"舆情|约稿",
        ),
        cue(
            r"(?:生成|导出|做|出|发布?|打印|给我|要|起草|弄|拉|整|来|看看?"
            r"|印发).{0,8}(?:通报|统计表|考核表|汇总表|报表|月报|季报|年报|考核结果"
            r"|yuebao)",
            8,
            unless=r"舆情|约稿",
        ),
        cue(
            r"(?:通报|统计表|考核表|汇总表|报表|月报|季报|年报|考核结果"
            r"|yuebao).{0,6}(?:导出|发|出来|生成|给我|做|打印|好了没|印发|来一份|呢"
            r"|弄)?",
            6,
            unless=r"舆情|约稿|采用了|稿子",
        ),
        cue(
            r"^(?:发(?:布|群|到群|出去)?|推送|公布|印发|导出|重新生成|打印|换|按|改|排"
            r"|word|excel|转成|存|可以发|确认发布)",
            9,
            during="report",
            unless=r"不发|别发",
        ),
        cue(r".", 2, during="report"),
    ),
    slots=(
        first_of(period(), _shown),
        choice(
            "order",
            {
                "points": r"按.{0,4}(?:得分|分数|积分|分)|(?:得分|分数|积分|分)(?:多|高"
                r"|最高)的?.{0,4}(?:排|在)|分数?从高",
                "adopted": r"按.{0,4}采用",
                "submitted": r"按.{0,4}(?:报送|篇数|数量)",
            },
        ),
        choice(
            "format",
            {"xlsx": r"导出|excel|表格|xlsx|电子表", "docx": r"word|docx|公文|文档", "pdf": r"pdf"},
        ),
        when(
            r"发(?:到|在|给)?.{0,3}群|群里|发布|公布|印发|发出去|推送|发全局|发各科",
            constant(action="publish"),
            unless=r"别发|不发",
        ),
        flag("target", r"群", value="group"),
    ),
)


one_page = Meaning(
    name="one_page",
    words=("一页纸",),
    cues=(cue(r"一页纸|(?:单位|科室)(?:情况)?单页", 9),),
    slots=(period(), _unit),
)

DECLARED = declared(__file__, one_page, report)
