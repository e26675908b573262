"""What authors say about drafts: begin, add, finish, take back, change, ask."""

import re

from handlers.kit.meaning import Heard, Meaning, Slots, cue
from handlers.kit.slots import (
    capture,
    choice,
    constant,
    first_of,
    flag,
    ids,
    named_unit,
    number,
    period,
    when,
)
from handlers.kit.words import DRAFT, DRAFT_NO, KINDS, NUMBER
from storage.vocabulary import Role

_WRITERS = "-"
_ATTACHED = choice(
    "attachment",
    {
        "file": r"\[文件\]|见附件|附件[是见]|\.(?:docx?|wps|pdf|xlsx?)",
        "image": r"\[图片\]|见图|附图|\[照片\]",
        "link": r"\[链接\]",
        "video": r"\[视频\]",
        "voice": r"\[语音\]",
    },
)
_TITLES = re.compile(r"《[^》]*》|^标题\s*:.*", re.DOTALL)
_KINDS = [(kind, re.compile(form)) for kind, form in KINDS.items()]
_BODY = re.compile(r"^标题\s*:[^\n\\]*(?:\n|\\n)(?P<x>.{8,})|(?:正文|内容)\s*:(?P<y>.{8,})", re.DOTALL)
_HINTED = re.compile(
    r"^(?:我?[要想]?|帮我|麻烦)?[报投交发送][一个]{0,2}[篇条份个]?(?:稿子?|信息|动态|简讯|新闻稿?)(?:[\s,:.]+)(?P<x>\S.{7,})",
    re.DOTALL,
)


def _kind(heard: Heard) -> Slots:
    """Read the kind from what is said about the draft, not from its title or text."""
    said = _TITLES.sub("", heard.plain)[:60]
    if "\n" in heard.plain or "\\n" in heard.plain:
        said = re.split(r"\n|\\n", said)[0]
    return next(({"kind": kind} for kind, form in _KINDS if form.search(said)), {})


def _body(heard: Heard) -> Slots:
    if _BODY.search(heard.plain):
        return {"body_present": True}
    if found := _HINTED.search(heard.plain):
        hint = heard.raw[slice(*found.span("x"))].strip()
        if not hint.startswith("《"):
            return {"body_present": True, "body_hint": hint}
    return {}


_FINISHED = (
    r"^(?:嗯+|好+了?|行了?|可以了?|ok|那)?[\s,.!]*(?:以?上?就?这[些么样]多?(?:了|吧)?|(?:都|全部?)?(?:写|发|传|报|弄|补|说|录|编|贴)?(?:完成?|好|齐)(?:了|啦|毕|稿)?(?:吧)?"
    r"|没(?:有)?(?:别的|其他|其它)?了|结束(?:了|吧)?|(?:可以|现在|就|直接|马上)?(?:提交|上报|报送|送审|报上去|交上去|递上去|发走|报出去|报吧|交吧|交了|提交上去)(?:了|吧|啦)?"
    r"|完事儿?了?|齐活了?|wancheng|wan(?:le)?|over|done|搞定了?|ok了?|到此(?:为止|结束)|全文完|\(?完\)?)"
    r"[\s,.!~]*(?:(?:就|可以|帮我?|给我)?(?:提交|报|报送|送审|上报|报上去|交)(?:了|吧)?(?:上去)?)?[\s.!~]*$"
)
_YES = (
    r"^(?:嗯+|是的?|对的?|对头|好的?|行的?|可以|确认|确定|没错|ok|yes|y|1|提交|要|恩+|是滴|好嘞|好滴|中|要得|👌|\[ok\]|得|成|没问题|报吧|交吧)[\s,.!~吧啊呀的了就这样提交报]*$"
)
_NO = (
    r"^(?:不[是要用了对行]?(?!同意)|否|别|先别|先不|算了|等一?[下会等]|等等|慢着|停|看错|搞错|弄错|发错|点错|错了|no|n|2|取消|再想想|我再|不报|不发|不交|且慢|稍等)"
)
_GIVE_UP = (
    r"^(?:那|还是|我)?(?:就)?(?:取消(?:吧|了)?|算了|不(?:写|报|发|投|交|弄|要|搞|提醒|记|登)了|放弃|作废|先?不(?:写|报|发|投|弄)(?:了|吧)|删(?:掉|了)(?:吧)?|退出|quxiao|重来|这[篇条](?:不要|不写|不报)了)"
)

submit = Meaning(
    name="submit_draft",
    cues=(
        cue(r"^标题\s*:", 8),
        cue(rf"【约稿\s?第?{NUMBER}号?】", 9),
        cue(rf"(?:交|报|提交|完成|投|递|送)(?:一?下)?(?:第)?{NUMBER}号?(?:约稿|任务)|(?:约稿|任务)第?{NUMBER}号?.{{0,6}}(?:写好|完成|交|报|发|稿子|来了|初稿)", 8, unless=r"[没吗?]|截止|什么时候|谁|不了|宽限|推迟|延"),
        cue(rf"{NUMBER}号约稿.{{0,8}}(?:写好|稿子|写完|交上|报上|请查收|初稿|成稿|来了|附件)", 8, unless=r"[没吗?]"),
        cue(r"^(?:您好|你好)?[\s,]*(?:我[要想]?|帮我?|麻烦|请)?(?:投稿|投搞|头稿|投高|投告|报稿|交稿|送稿|来稿|发稿|投个稿|报送|上报|报信息|tougao|报个信息|新稿|写稿)", 6, unless=r"怎么|如何|流程|[几多]少|时间|截止|率|要求|规定|没人|多少"),
        cue(r"(?:^|[\s,想要来能帮])(?:报|投|交|发|送|递|提交|上报|报送)(?:一|个|一个|你们?)?[篇条份个则](?!.{0,3}(?:没|吗|了几))", 6, unless=r"怎么没|舆情|几篇|多少"),
        cue(r"(?:有|写了|写好|整理了|弄了|搞了|拟了|准备了|这是|附上|送上|发来)(?:一)?[篇条份个则].{0,30}", 4, unless=r"约稿|舆情|视频|帖|记者|谁|吗|没有|几"),
        cue(r"(?:有|写了|写好|整理了|弄了|搞了|拟了|准备了)(?:一)?[篇条份个则].{0,30}(?:报|投|交|发|送|给你|请)", 6, unless=r"约稿|舆情|视频|帖|记者|谁|没有|发了"),
        cue(r"(?:调研|经验|做法|动态|简讯|党建|社情民意|问题建议|紧急信息|突发|信息|稿子|新闻稿?).{0,8}(?:想|要|请|怎么|能)(?:报|投|交|发|送)", 5, unless=r"几|多少"),
        cue(r"^(?:报送?|投|上报|报告?|发|送)(?:一下|下)?[\s:,]*(?:\S{2,8})?[\s:,]*《", 8),
        cue(r"^《[^》]{4,}》", 5),
        cue(r"^\[文件\]", 6, during="- draft"),
        cue(r"^\[(?:图片|链接)\]", 4, during="-"),
        cue(r"(?:紧急|应急|突发)(?:信息|情况)?\s*[:,]", 5),
        cue(r"^(?:动态|经验|调研|党建|社情民意|问题建议|简讯|新闻稿?|信息)(?:类|信息|稿)*\s*[:]", 7),
        cue(r"分(?:几|两|三|多)?[段次条](?:发|传|报)", 5),
        cue(r"约稿.{0,12}(?:写好了|交一下|交了|交稿|初稿|请查收|报上)", 7, unless=r"没|吗|\?"),
    ),
    slots=(
        _kind,
        number("call_id", "约稿|任务", during="call"),
        when(r"约稿\s?第?\d|约稿[一二三四五六七八九十]|\d号?约稿|[一二三四五六七八九十]号?约稿", constant(kind="commissioned")),
        when(r".", constant(kind="commissioned"), during="call"),
        _ATTACHED,
        flag("multipart", r"分.{0,3}[段次条批](?:发|传|报|来)?|几段"),
        first_of(
            capture("title", r"^标题\s*:\s*(?P<x>[^\n\\]+)", r"(?:标题|题目)(?:是|叫|为)?[:\s]*《?(?P<x>[^》\n\\,]+)", r"《(?P<x>[^》]+)》"),
            capture(
                "title_hint",
                r"\[文件\]\s*(?P<x>.+?)\.(?:docx?|wps|pdf|xlsx?|txt)",
                r"关于(?P<x>[^,.!?\n]{2,30}?)(?:的|情况)?(?:信息|稿子?|材料|调研(?:报告)?|文章|经验|动态|[,.!?]|$)",
            ),
        ),
        _body,
        when(r"报送|投稿|报|送", named_unit(), unless=r"\n|\\n|^标题|今天|去"),
    ),
)

append = Meaning(
    name="append_draft",
    cues=(
        cue(r"", 2, during="composing"),
        cue(r"^(?:再?补充|接着|接上|接前|续|再?加一?[段句条张]|另外|还有|下面|后面|第[二三四五六七八九]段|正文)", 6, during="composing"),
        cue(r"^\[(?:图片|文件|链接|照片|视频|语音)\]", 7, during="composing"),
        cue(r"^[(]?[一二三四五六七八九十\d][)、,.]", 6, during="composing"),
        cue(r"^.{40,}", 6, during="composing"),
    ),
    slots=(
        _ATTACHED,
        flag("more", r"^(?:接上|接着|续|还有|待续|未完|下面|后面|再补充|接前面|继续)(?:还有|一?[段点张]|呢|的|发|文|条)*[\s:.,~-]*$|(?:还有|还没完|没发完|未完|待续|等下|一会儿?)(?:还有|再发|接着|继续|一段|几段|两张|一张)?[\s.,!~]*$"),
        when(r"^(?!\[)(?=(?:.|\n){6,})", constant(body_present=True), unless=r"^(?:接上|接着|续|还有|待续|未完|下面|后面|再补充|接前面|继续)(?:还有|一?[段点张]|呢|的|发|文|条)*[\s:.,~-]*$|^.{0,8}(?:还没完|没发完|未完|待续)"),
    ),
)

finish = Meaning(
    name="finish_draft",
    cues=(
        cue(_FINISHED, 8, during="composing"),
        cue(r"^.{0,6}(?:提交|报上去|上报|送审)(?:吧|了|上去)?[.!~]*$", 7, during="composing", unless="别|不|先"),
        cue(_YES, 9, during="confirm"),
    ),
)

cancel = Meaning(
    name="cancel",
    cues=(
        cue(_GIVE_UP, 9, during="composing ask confirm"),
        cue(_NO, 9, during="confirm"),
        cue(r"(?:还是)?(?:算了|不报了|不写了|不发了|取消|先不报|先别报|不弄了|改天再(?:写|报|说)|回头再(?:写|报|说)|明天再(?:写|报|说|弄))[吧了.!~]*$", 8, during="composing ask confirm"),
        cue(r"^(?:不要|不用|不想|先不|暂时不)", 6, during="ask confirm"),
    ),
    slots=(
        choice(
            "reason",
            {
                "not_ours": r"不是我们|不归我们|不是本[区县市]|不在我们|别的区|外地|隔壁[区县市]|别[区县市]的|不是咱",
                "duplicate": r"报过|重复|已经[报有]",
                "mistake": r"(?:发|点|看|报|搞|弄|选)错",
            },
        ),
    ),
)

_WITHDRAWAL_REASONS = choice(
    "reason",
    {
        "data_wrong": r"(?:数据|数字|数|时间|人数|户数|金额|面积|地点|名字).{0,4}(?:有误|错|不对|不准|不实|有问题|没核)",
        "leader_title": r"(?:领导|职务|局长|职称|排序).{0,6}(?:有误|错|不对)",
        "typo": r"错别字|打错字|错字",
        "duplicate": r"重复|报重|报过|撞稿",
        "stale": r"过时|过期|太久|时效",
        "confidential": r"涉密|保密",
        "not_public": r"不宜公开|还没定|没定|未定|不能公开|领导不让|不让发",
        "image": r"图片?.{0,3}(?:错|不对)|照片.{0,3}(?:错|不对)",
        "missing_elements": r"缺|不全|漏了",
        "title": r"标题",
    },
)
_LATEST = flag(
    "select",
    r"刚(?:才|刚)?(?:报|发|投|交|送|提交|写)?|上一?[篇条份]|最近|最新|最后(?:一)?[篇条]|我?那[篇条]|昨天(?:报|投|交|发)",
    value="latest",
)


def _select(heard: Heard) -> Slots:
    if ids(heard):
        return {}
    if re.search(r"退(?:回|的)", heard.plain):
        return {"select": "latest_returned"}
    return _LATEST(heard)


withdraw = Meaning(
    name="withdraw_draft",
    guarded=True,
    cues=(
        cue(r"撤(?:稿|回|下|销|了|掉|一下|下来|吧|$)|(?:收|要|拿)回来?(?!复)|chegao|chehui|车稿|撤搞|彻稿|撤(?=第?\d)", 8, unless=r"撤热搜|撤(?:帖|视频)|撤诉|撤县|撤并"),
        cue(rf"(?:{DRAFT_NO}|那[篇条]|这[篇条]|刚.{{0,4}}[篇条]|{DRAFT}).{{0,6}}(?:不(?:投|报|发|要|送)了|别(?:报|发|送|审|往上)了?|先别审|作废)", 7, unless=r"为什么|怎么"),
        cue(r"^(?:还是)?(?:先)?(?:不(?:投|报|发|要|送)了|别报了)[吧,.]?", 7, during="draft returned"),
        cue(r"^作废(?:吧|了)?$", 7, during="draft returned"),
    ),
    slots=(ids, _select, _WITHDRAWAL_REASONS),
)

_PARAGRAPH = rf"第(?P<n>{NUMBER})[段节部]"


def _deleted_paragraph(heard: Heard) -> Slots:
    found = re.search(
        rf"(?:第(?P<n>[一二三四五六七八九十\d]+)|(?P<last>最后一?))(?:自然)?段.{{0,4}}(?:不要|删|去掉|拿掉|砍)|(?:删|去|砍)(?:掉|除|了)?(?:第(?P<m>[一二三四五六七八九十\d]+)|(?P<end>最后一?))(?:自然)?段",
        heard.plain,
    )
    if not found:
        return {}
    if found["last"] or found["end"]:
        return {"delete_paragraph": -1}
    word = found["n"] or found["m"]
    value = int(word) if word.isdigit() else "一二三四五六七八九十".index(word[0]) + 1
    return {"delete_paragraph": value}


_OPEN, _CLOSE = "[\"'《「『]", "[\"'》」』]"
_REPLACED = re.compile(
    rf"(?:把|将|,|;|:|^)\s*(?:第.{{1,3}}段的?|里面的?|文中的?|正文的?|稿子里?的?)?{_OPEN}?(?P<a>[^\"'《》,;]{{1,20}}?){_CLOSE}?(?:都|全部?|统一)?(?:改|换|替换|更正)(?:成|为|作|到){_OPEN}?(?P<b>[^\"'《》,;.]{{1,30}}?){_CLOSE}?(?=[,;.!]|$|吧|就行|了$)"
)


def _replaced(heard: Heard) -> Slots:
    pairs = {}
    for found in _REPLACED.finditer(heard.plain):
        old = heard.raw[slice(*found.span("a"))].strip("“”‘’\"' ")
        new = heard.raw[slice(*found.span("b"))].strip("“”‘’\"' ")
        if old and not re.search(r"标题|题目", old) and new:
            pairs[old] = new
    return {"replace": pairs} if pairs else {}


revise = Meaning(
    name="revise_draft",
    cues=(
        cue(r"^\[文件\]", 8, during="returned"),
        cue(r"^\[图片\]", 5, during="returned"),
        cue(r"^(?:我?(?:已经)?(?:重新)?改(?:好|完|过)?了?|按.{0,8}改|修改(?:稿|好|完|后|版)|改后|重(?:新)?(?:报|交|发|投|写)|新版|最新版|更正|这是改|补充|已补)", 7, during="returned"),
        cue(r"^.{25,}", 4, during="returned draft", unless=r"\?$|吗$|为什么"),
        cue(r"标题.{0,4}(?:改|换)(?:成|为|一下|个)|(?:改|换)(?:个|一下|下)?标题|题目.{0,2}改", 7, during="- returned draft composing", unless=r"^改标题了?吗|怎么改"),
        cue(r"(?:把|将).{1,24}(?:改|换|替换)[成为作]", 7, during="- returned draft composing pending", unless=r"信息员|带班|值班|班次|口径|改成李|时间改"),
        cue(r"第[一二三四五六七八九十\d]+(?:自然)?段.{0,8}(?:不要|删|去掉|拿掉|砍|改|换)|(?:删|去|砍)(?:掉|除|了)?(?:第.|最后一?)(?:自然)?段|最后一?段.{0,4}(?:不要|删|去掉)", 8, during="- composing returned draft", unless=r"没|吗"),
        cue(rf"(?:修改|改一?下|更新|重报|重新报|重新交|重交|xiugai|修改稿)\s?(?:第)?(?:{DRAFT_NO}|{NUMBER}\b)", 7, unless=r"截止|时间|怎么|没"),
        cue(rf"{DRAFT_NO}.{{0,6}}(?:重新?报|重新?交|改好|修改|改完|改过|重新发|已改|改了|更新|新版|修订)", 7, unless=r"没有?改|改了(?:吗|没|哪|什么|啥)|谁改|怎么改|采用|登"),
        cue(r"(?:我|办公室)?.{0,6}(?:编过|编好|编辑过|编辑好|改过了|润色|精简过|统过稿).{0,10}|用(?:这|我这|下面这|新)(?:个)?(?:版|稿|一版)|以这[版稿]为准", 7),
        cue(r"(?:退回|退的|被退)(?:的)?(?:那?[篇条份])?.{0,8}(?:改好|改完|修改好|改了|重新)", 8, unless=r"吗|没有|怎么"),
    ),
    slots=(
        first_of(ids, _select),
        choice("attachment", {"file": r"\[文件\]|见附件|\.(?:docx?|wps|pdf)", "image": r"\[图片\]"}),
        when(r"编过|编好|编辑[过好]|润色|精简过|统过稿|编了", constant(by="editor")),
        capture(
            "title",
            r"(?:标题|题目)[^,.]{0,4}?(?:改|换)(?:成|为|作)[:\s]*[《\"'「]?(?P<x>[^》\"'」\n]+)",
            r"标题\s*:\s*《?(?P<x>[^》\n\\]+)",
        ),
        _deleted_paragraph,
        when(r"改|换", _replaced, unless=r"标题.{0,6}[改换]|题目.{0,4}改"),
        when(r":.|\n|\\n|^.{30,}", constant(body_present=True), unless=r"标题.{0,6}改|把.+[改换]|\[文件\]|删|不要了"),
    ),
)

_STATUS = choice(
    "status",
    {
        "adopted": r"(?:被)?(?:采用|录用|刊发|用上|登出?)",
        "returned": r"退(?:回)?",
        "signed": r"签发|批了|终审",
        "pending": r"在审|没审|未审|审核中|待审|没批|审着|卡",
        "composing": r"没写完|草稿|写了一半|没提交|未提交|暂存",
        "withdrawn": r"撤",
    },
)

mine = Meaning(
    name="my_drafts",
    cues=(
        cue(r"(?:我|俺)(?:自己|个人)?(?:之前|以前|最近|上次|昨天|今天|本?月|上?个?月|这个?月|今年|去年|上周|这周|本周|已经)*(?:报|投|写|交|发|提交|送|上报|报送)?(?:过|了|上去)?的?(?:所有|全部|那?几[篇条]|那些|稿子?|稿件|信息|投稿|东西|几[篇条])", 6, unless=r"撤|改成|收回|舆情|提醒|约稿"),
        cue(r"(?:上个?月|这个?月|本月|今年|去年|上周|这周|本周|最近|今天|昨天|\d月份?|.季度)?我(?:一共|总共|都)?(?:报|投|写|交|发|提交)(?:了|过)?(?:的|几|多少|哪些|啥)", 7, unless=r"撤"),
        cue(r"我.{0,6}(?:有没有|有哪些|哪些|几[篇条]).{0,4}(?:被)?(?:采用|录用|退|刊|上了|没审|签发)", 8),
        cue(r"^(?:查|看|列)?(?:一下|看)?(?:我的|本人|个人)(?:稿|信息|投稿|报送|记录)", 8),
        cue(r"(?:我的)?(?:投稿|报稿|报送)(?:记录|历史|情况|列表)", 6),
        cue(r"^(?:我的稿|wodegaojian|我的搞件)", 8),
        cue(r"我.{0,4}(?:被退|退回|采用|录用)的(?:有|稿|列|信息|几|那些|$)", 8),
    ),
    slots=(period(), _STATUS, when(r"几[篇条]|多少", constant(ask="count"))),
)

_ASK = choice(
    "ask",
    {
        "source": r"哪(?:里|儿)?来|来源|出处|依据|哪个部门的数|数据.{0,4}(?:核|准)|从哪",
        "edited_version": r"改成(?:啥|什么|怎)|改了(?:啥|什么|哪)|编成|怎么改|改(?:后|过)的|修改(?:痕迹|对比)|采用稿|改动|编辑后",
        "reviewers": r"谁(?:在)?(?:审|批|签|看|把关|通过)|哪(?:位|个)(?:领导|人)?(?:审|批|签)|审核人|谁手[里上]|卡在谁|在谁那",
        "attachments": r"照片|图片|附件|配图|图呢|图在|有图",
        "reason": r"(?:为什么|为啥|咋|怎么|凭啥|啥原因|什么原因).{0,6}退|退.{0,4}(?:原因|理由)|哪.{0,3}(?:不行|有问题)",
        "author": r"谁(?:写|报|投)的?|作者|哪个科(?:室)?(?:报|写|的)",
        "history": r"历史|版本|第几稿|改了几|几稿|流转",
        "full_text": r"全文|原文|正文|完整",
        "status": r"(?:通过|过|批|审|签|发|采用|录用|用|审完|报送|上|登|刊发)(?:了)?(?:没|吗|不)|审到|到哪|进度|进展|状态|情况|咋样|怎么样|什么样了|结果|走到|哪一?步|哪个环节|有消息",
    },
)

detail = Meaning(
    name="draft_detail",
    cues=(
        cue(rf"^(?:第)?{NUMBER}$", 6, during="- pending draft returned review_card"),
        cue(rf"^{DRAFT_NO}?(?:看看|详情|内容|打开|全文|原文|进度|情况|咋样了?|怎么样了?|到哪了?|状态|啥情况|什么情况)", 7),
        cue(rf"(?:看|打开|查|调|发我|给我看)(?:一?下|看)?(?:第)?{DRAFT_NO}(?!.{{0,3}}(?:退|过|通过|同意))", 7, unless=r"舆情|约稿"),
        cue(rf"{DRAFT_NO}.{{0,14}}(?:[吗么没不]\s?[?]?$|[?]$|谁|哪|咋|怎么|为什么|为啥|什么|啥|进度|状态|到哪|情况|内容|详情|照片|附件|全文|原文|历史|改了)", 7, unless=r"约稿|舆情|值班|提醒"),
        cue(r"(?:谁|哪|咋|怎么|为什么|为啥|什么|啥|呢$|[?]$|吗$|没$|附件|照片|图片|原文|全文|出处|依据|进度|发我看看|看看全文)", 6, during="review_card draft", unless=r"同意|通过|退回"),
        cue(r"(?:上次|上回|之前|前几天|昨天|上周|上个月|刚才|刚刚|最近|我?那|我?这)(?:我?(?:报|投|写|交|发)的?)?(?:那)?[篇条份](?!约稿).{0,24}(?:谁|哪|咋|怎么|为什么|为啥|什么|啥|进度|状态|改|过|审|到|看|用|通过|发我)", 6, unless=r"撤|数据有误|退了|登|被.{1,12}(?:采用|录用|转|刊|用)了|链接"),
        cue(r"关于.{2,16}那[篇条份]|那[篇条份].{2,12}的(?:稿|信息).{0,8}(?:到|审|咋|怎么|谁)", 6, unless=r"撤|约稿"),
        cue(r"为(?:什么|啥).{0,8}退|(?:怎么|咋)(?:又|给|就|被)?.{0,3}退(?:回|了)", 7),
        cue(r"^(?:照片|图片|附件|图|数据来源|来源|出处|依据|原文|全文|作者|谁写的)(?:呢|在哪|有吗)?[?]?$", 7, during="review_card draft"),
    ),
    slots=(
        ids,
        when(r"^(?!.*\d号)", _LATEST, unless=r"(?:上次|上回|之前).{0,4}那?[篇条].{1,8}的"),
        _ASK,
        capture(
            "title_hint",
            r"《(?P<x>[^》]+)》",
            r"关于(?P<x>[^,.!?]{2,16}?)的?(?:那?[篇条份]|稿子?|信息|材料)",
            r"那[篇条份](?:讲|写|说|关于)?(?P<x>[^,.!?审过]{2,8}?)的",
            r"(?P<x>[^\s,我的上次那]{2,8})(?:那[篇条份])(?:稿子?|信息)?",
        ),
    ),
)

OFFICE = frozenset({Role.OFFICE})
