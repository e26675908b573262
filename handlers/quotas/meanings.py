"""What is asked about tasks and places in the ranking."""

import re

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.slots import capture, choice, constant, first_of, flag, period, when
from handlers.kit.words import OWN_UNIT, UNIT
from storage.vocabulary import Role

_OF_A_SECTION = frozenset({Role.OFFICER, Role.SECTION_HEAD})


def _unit(heard: Heard) -> Slots:
    """Read whose: 我们科 is `mine`; a section that is named is its name."""
    if re.search(OWN_UNIT + r"|咱们|我们(?!局|区)", heard.plain):
        return {"unit": "mine"}
    named = [name for name in heard.units() if not re.search(r"单位|科室|处室|哪|各|事业", name)]
    if not named and heard.roles <= _OF_A_SECTION:
        return {"unit": "mine"}
    return {"unit": named[0]} if named else {}


quota = Meaning(
    name="quota",
    words=("配额", "任务", "完成率", "指标"),
    cues=(
        cue(
            r"^(?:查|看)?(?:一?下|看)?(?:我的|我们科?的?|本科室?的?|本?月|这个?月"
            r"|本季度?|今年|全年)?(?:配额|任务数?|指标|定额|完成情况|完成率|peie|renwu"
            r"|额度|任务量|配而|进度)(?:情况|呢|多少|是多少|完成情况|查询|完成了?吗"
            r"|完成没)?[?]?$",
            8,
            unless=r"约稿",
        ),
        cue(
            r"(?:还差|还欠|差|还缺|还要报|还得报|还需|还要|再报|欠)(?:几|多少)(?:篇|条"
            r"|个|份|分|任务)?",
            8,
            unless=r"审|批|天|时间|值班|没写|约稿",
        ),
        cue(r"(?:要|应|应该|需要?|得|必须|该)(?:报|交|完成|投|写)(?:多少|几)", 8, unless=r"约稿"),
        cue(
            r"(?:任务|指标|配额|定额)(?:数|量)?.{0,6}(?:多少|几|完成|是|达|差|还)",
            7,
            unless=r"约稿|谁认领",
        ),
        cue(
            r"完成(?:率|情况|进度|多少|了多少|几|度|了几|得怎么样|的怎么样|没|了没"
            r"|了吗|任务)|达标(?:没|了|吗|率)?",
            6,
            unless=r"约稿|舆情|整改",
        ),
        cue(
            r"(?:没|未|还没|没有)(?:完成|达标|达到|报够|报满|交够|报齐).{0,4}(?:任务"
            r"|指标|配额|的)?",
            7,
            unless=r"约稿|舆情|办结",
        ),
        cue(
            r"零(?:报送|上报|采用|投稿|报)|(?:一[篇条]|1[篇条])(?:都|也)?(?:没"
            r"|未)(?:报|交|投|采用)|挂零|吃鸭蛋|白板",
            8,
            unless=r"零报告",
        ),
        cue(
            r"(?:哪些|哪个|几个|哪几个|多少|有多少|有几个)(?:科室?|单位|部门"
            r"|股室).{0,8}(?:没|未|完成|达标|够|差|欠|零)",
            7,
            unless=r"约稿|审|值班",
        ),
        cue(
            rf"(?:{OWN_UNIT}|{UNIT}|咱们|我们).{{0,8}}(?:报|交|投|采用|完成)(?:了"
            rf"|过)?(?:几|多少)(?:篇|条)?",
            7,
            unless=r"^我(?:自己)?(?:报|投)",
        ),
        cue(
            r"配额|(?:任务|指标)(?:数|量|情况|完成)|完成率|完成了?(?:百分|几成)|欠(?:账|多少|几)",
            8,
            unless=r"约稿|认领|舆情|推送|提醒",
        ),
        cue(r"够(?:了)?(?:没|吗|不够|数)|报够|(?:任务|指标).{0,3}够", 6, unless=r"约稿"),
    ),
    slots=(
        _unit,
        period(),
        choice(
            "status",
            {
                "zero": r"白卷|零(?:报送|上报|采用|投稿|报)|[一1][篇条](?:都"
                r"|也)?(?:没|未)|挂零|还?是零"
                r"|白板|鸭蛋",
                "unmet": r"(?:没|未|还没|没有)(?:完成|达标|达到|报够|报满|交够|报齐)|不达标|差任务"
                r"|欠(?:着)?任务|落后|没交齐|没报齐",
                "met": r"(?:已经?|都|哪些.{0,4})(?:完成|达标)了?的",
            },
        ),
        choice(
            "ask",
            {
                "rate": r"几成|完成率|百分之|百分比|比例|完成进度|完成度|完成了?(?:百分|几成)",
                "remaining": r"欠账|还有多远|离(?:任务|目标)|欠(?:几|多少)|还差"
                r"|还欠|差(?:几|多少)|还缺"
                r"|还要(?:报|交|写|再)|还得(?:报|交|写)|还需|再报|欠(?:几|多少)|剩(?:几"
                r"|多少)",
                "target": r"(?:下|定|分|派|给|摊)(?:达|配|到)?的?了?(?:几|多少)(?:[条篇个]|指标"
                r"|任务|$)|定了(?:几|多少)|定的?(?:几|多少)|任务数|任务定|规定.{0,3}(?:几|多少)"
                r"|(?:要|应|应该|需|得|必须|该)(?:报|交|完成"
                r"|投|写)|任务(?:数|量)?(?:是)?(?:多少|几)|指标(?:是)?(?:多少|几)|多少任务"
                r"|几[篇条]任务|配额(?:是)?多少|定额",
                "done": r"(?:报|交|投|完成)(?:了|过)(?:几|多少)",
            },
        ),
    ),
)

_CHINESE = "零一二三四五六七八九十"


def _top(heard: Heard) -> Slots:
    text = heard.plain
    if found := re.search(
        r"(?:前|后|倒数|末"
        r"|最[高低多少好差]的)(?:面)?(?P<x>[一二两三四五六七八九十]"
        r"|\d{1,2})(?:名|位|个|的|家)?",
        text,
    ):
        word = found["x"].replace("两", "二")
        count = int(word) if word.isdigit() else _CHINESE.index(word)
        if found[0].startswith("倒数") and re.search(r"倒数第", text):
            return {"n": count}
        return {"n": count}
    if re.search(
        r"垫底|最(?:高|低|多|少|差|好|后)|第一(?!次)|倒数第一|榜首|末位|冠军"
        r"|谁(?:排)?第一|top1|排头|吊车尾|头一名",
        text,
    ):
        return {"n": 1}
    return {}


ranking = Meaning(
    name="ranking",
    words=("排名", "排行", "名次"),
    cues=(
        cue(
            r"排名|排行|名次|榜(?!样)|排第几|第几名|排多少|排在第?几|排个名|排一下",
            8,
            unless=r"推送|退订|领导.{0,4}排名|别发|取消|统计表|职务",
        ),
        cue(r"垫底|倒数|末位|最后一名|榜首|第一名|谁(?:是)?第一|冠军", 7),
        cue(
            r"(?:采用|得分|分数?|积分|报送|投稿|上稿|录用|信息|报得|写得"
            r"|完成).{0,8}(?:最(?:高|多|低|少|好|差)|前[一二三四五六七八九十\d]|靠前"
            r"|靠后)",
            8,
            unless=r"约稿",
        ),
        cue(r"(?:谁|哪个|哪家).{0,12}(?:最(?:高|多|低|少|好|差)|第一|领先|靠前|落后)", 8),
        cue(r"前(?:三|五|十|\d+)名?(?:是|有|都)?", 6, unless=r"天|号|点"),
        cue(
            rf"(?:{OWN_UNIT}|我们|{UNIT}|我).{{0,8}}(?:得了?|有|现在|目前|多少|几)(?:多少|几)?分",
            7,
            unless=r"几分钟|采用一|给几分|分管",
        ),
        cue(r"(?:得分|积分|分数)(?:情况|多少|表|呢|查询)?$", 6, unless=r"按|表"),
    ),
    slots=(
        period(),
        choice(
            "by",
            {
                "person": r"信息员|个人|谁(?:写|报|投|采用)|哪个人|哪位|作者|通讯员",
                "unit": r"单位|科室|部门|哪个科|哪家|股室|处室",
            },
            unless=r"事业单位|那组",
        ),
        _top,
        capture(
            "group",
            r"(?P<x>事业单位|机关科室|业务科室|科室|二级单位|下属单位|直属单位|局属(?:单位|事业单位)|街道"
            r"|乡镇|镇街|区县|机关|综合科室|下属事业单位)(?:[这那]?一?[组类]|里面?|中|当中"
            r"|排名|的?名次|组)",
            plain=True,
        ),
        flag(
            "order",
            r"垫底|倒数|末位|吊车尾|最(?:低|少|差|后)|后[一二两三四五六七八九十\d]名?|落后|靠后",
            value="asc",
        ),
        when(OWN_UNIT + r"|(?<![一-鿿])我们(?!局)|咱们?", constant(unit="mine")),
        first_of(when(rf"^(?!.*(?:{OWN_UNIT}))(?=.*{UNIT})", _unit), constant()),
    ),
)

DECLARED = declared(__file__, quota, ranking)
