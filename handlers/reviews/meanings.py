"""What reviewers say: what waits, approve, return, pass on."""

import re
from collections.abc import Sequence

from handlers.kit.edits import dropped_paragraph, new_title, replaced
from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.patterns import later
from handlers.kit.slots import (
    choice,
    constant,
    duration,
    flag,
    ids,
    period,
    unit,
    when,
)
from handlers.kit.words import DRAFT_NO, NUMBER, SOMEBODY, UNIT
from handlers.reviews.reasons import REASONS
from storage.vocabulary import Role

REVIEWERS = frozenset(
    {
        Role.SECTION_HEAD,
        Role.OFFICE,
        Role.SECRECY_REVIEWER,
        Role.LEGAL_REVIEWER,
        Role.DEPUTY,
        Role.PRINCIPAL,
    }
)

_TALKED = later(
    r"(?:通过|过|退回|退稿|合格|采用|签发)率|的?(?:流程|程序|条件|标准|要求|规定|权限)(?:是|怎|有)"
)
_DECIDING = "review_card pending"
_AGREEING = (
    r"(?:同意(?:报送|发布|签发|上报|刊发|印发|通过|采用|发|报|送|了|呈报|转发"
    r"|公开|此稿|该稿|按此.{0,4})*"
    r"|通过(?!率)|通郭|同过|通果|通国|痛过|统过|桶过|tongguo|tong\s?guo|tg\b"
    r"|可以?(?:通过|发布?|报送?|上报?|签发?|过|刊发|用)(?:了|吧|的)*"
    r"|可以(?!考虑|再|吗|不)|予以(?:通过|刊载|刊发|发布|采用)|可行|行(?!不)|可(?=$|[\s,.!])|(?:给"
    r"|予)(?:以)?通过|审(?:核)?通过|通[过國]?了?(?=$|[\s,.])"
    r"|o\s?k|okay|okk+|没(?:有|得|啥子?|什么)*(?:大|其他|别的)?(?:意见|问题|毛病|异议|硬伤|不妥|话说|(?:可|好)?说(?:的|头)"
    r"|(?:可|好|要)?(?:改|挑|补充?)的)|无(?:意见|异议|问题|不妥)"
    r"|(?<!转)(?<!别)(?<!不)(?<!再)发(?:吧|了吧|布吧?|出去吧?|得|(?=$))"
    r"|(?<!别)(?<!不)(?<!再)报(?:吧|上去吧?|送吧?|出去吧?)"
    r"|签发|批准|批了(?=$|[\s,.!])|放行|初审通过|往上(?:报|送|走|递|呈)|准予?(?![备确时则点许])(?:刊发|发布|报送|刊登|上报|印发|采用|签发|发|报)?"
    r"|[照依](?:着|此|这个?|这样|这版|这稿|原样|现在这版)*(?:稿|版|样)?(?:发布?|报送?|办理?|执行|上|走|登)(?:上去|出去)?"
    r"|[报抱](?:上去|出去|上来|走)|(?:发|送|递)(?:上去|出去|走)"
    r"|过(?:了吧?|吧|关)?(?=$|[\s,.!~啦嘞哈过])|要得|中(?=$|[\s,.!吧嘞])|得行|妥(?:了"
    r"|当)?"
    r"|就(?:这样|这么|按这个)(?:发|报)?(?:吧|了)?"
    r"|按(?:这|此)(?:版|稿)(?:本)?(?:发|报)?|按(?:此"
    r"|这个?|程序)(?:发"
    r"|报)(?:布|送|吧|出去?)?|tongyi|同亿|同易|赞成|认可|yes|准了|成(?=$|[\s,.!吧嘞])"
    r"|没得问题|木问题|放行|给过|准奏|签(?:了|字)*(?=$|[\s,.!吧哈啊])|上(?:报)?吧|放心发"
    r"|准发|给过|走起|巴适|阔以|阔以发|稳妥|稳(?=$|[\s,.!了])|可得|lgtm|pass|ｐａｓｓ|guole|印发|过了哈)"
)
_BEFORE_AGREEING = (
    r"(?:(?:审核|(?:我|本人|咱)(?:这|那)?(?:一|头|道)?(?:关|边|里|儿|头)?|编辑|校对|无误|把关|原则|完全|都"
    r"|全部?|这[篇条个份]|此[件稿]|该稿|已阅|审阅|看(?:过|完|了)了?|阅)[\s,.]*)*"
)
_AGREED = rf"{_BEFORE_AGREEING}{_AGREEING}"
_SOFT = (
    r"(?:(?:我|都|也|已经?|刚|仔细|认真|大致)*(?:看|审|阅|读|翻|过目)(?:过|完|了|毕|一遍|一下|两遍){1,3}"
    r"|(?:写|弄|搞|整|编)得?(?:不错|很好|挺好|蛮好|好|可以|扎实|到位|不赖|不孬|行)|不错|不赖|很好|蛮好|挺好的?"
    r"|(?:莫|别|不要|勿)(?:再)?(?:耽误|耽搁|误事|拖)(?:了|时间|事)*|(?:赶紧|赶快|抓紧|尽快|马上|早点|立即|速)(?:点|些)?"
    r"|(?:按|走|照)(?:规定|程序|流程|规矩)(?:走|办|报|来)?|走(?:程序|流程)|编辑|校对|原则|完全|把关|本人|审核|无误|审阅|已?阅"
    r"|我(?:这|那)?(?:一|道)?(?:关|边|里|头)?|咱|请?办公室|内容|稿子?|材料|数据|文字|格式|标题|质量"
    r"|辛苦(?:你|大家|小[一-鿿])?了?|谢谢|这[篇条个份稿]|此[件稿]|该[稿件]|上报|报送|发布|签发|帮我|觉得|认为"
    r"|👌|💪|👍|🙏|🌹|\[强\]|\[玫瑰\]|\[ok\]|[\s,.!~吧的啊哈哦呀了啦嘞滴噻嘛咯喽撒哒呗诶哟就请给都全发报那写看])"
)
_PLAIN_YES = (
    r"(?:同意|通过(?!率)|可以(?:发|报|上|用)|没(?:有|啥"
    r"|什么)?(?:意见|问题)|发吧|报吧|签发|准(?:了|予|发)"
    r"|照发|放行)"
)
# Each word is taken whole, never given back: 都同意都同意… could be split in endless ways.
_AGREED_ALONE = (
    rf"^(?:嗯+|好+的?|恩+|哦)?(?:(?!{_AGREEING}){_SOFT})*+{_AGREEING}(?:{_AGREEING}|{_SOFT})*+$"
)
AGREEING = later(_AGREEING)
"""A word of agreement, wherever it stands."""

AGREED_ALONE = later(rf"{_AGREED_ALONE}|^{_AGREED}$")
"""Words that are an agreement and nothing else, or only polite."""

_ONE = rf"第?{NUMBER}\s?号(?:稿件?|信息|材料)?"
_AND = rf"第?{NUMBER}\s?(?:号稿?件?|稿)?(?:\s?[,和跟及与]\s?|还有|\s)"
_LIST = rf"(?:(?:{_AND}){{0,6}}{_ONE}|(?:{_AND}){{1,6}}第?{NUMBER})"
_BARE_YES = (
    r"(?<=[号\s,都])(?:可以|行|好|ok|成|中)[\s.!~的吧了啊哈嘛]*"  # 25号可以: a day or a draft
)

_VERB_AFTER = (
    r"\s?(?:[,、]|都|全|全部|可以|这[几两三]?[篇条]|那[几两三]?[篇条]|就|我(?:看|觉得)?|给"
    r"|的稿子?|稿子?|均|也|统统)*\s?(?:我审了|我看行"
    r"|行)?[,\s]*(?:照|依)?(?:审核|审批|初审|复审|终审|予以)?(?:给过|放行|批了"
    r"|通过|通郭|同过|tongguo"
    r"|过(?=$|[\s,.;!了吧关])|同意|签发|批准|准(?:了|发|予|报)?(?=$|[,.])|行(?=$|[,.了吧的])|可以(?:发|报)?"
    r"|没问题|没意见|ok|发吧|报吧|放行|可发)"
)

_AT = (
    r"(?:[市省区县]?政[府务](?:门户|官方)?(?:网站?|公众号|新媒体|微博)|住建[局厅](?:官网|网站?|公众号)"
    r"|门户网站|微信公众号|微信|公众号|局?官?网站?|抖音号?|视频号|快手号?|微博|官微|官博|小红书|今日头条|头条号?"
    r"|简报|内刊|报纸|[日晚]报|学习强国|[内外]网|客户端|新媒体|工作群|朋友圈|电子屏|宣传栏)"
)
_UNSAFE = (
    rf"不(?:同意|通过|行|可以|能|宜|予|批|签|准|报|过|合适|妥|该|太|够|符合)"
    rf"|(?<![号站音博书报网条台端微刊]就)(?<![号站音博书报网条台端微刊])不(?:要|用|发"
    rf"|上)(?!.{{0,3}}{_AT})|先(?:别|不)(?!.{{0,3}}{_AT})"
    rf"|别(?:急|忙|过|通过|批|签|报|给)|(?<!号就)(?<!号)(?<!网站)别(?:发|上|放"
    rf"|往|推)(?!.{{0,3}}{_AT})|没(?:有)?(?:通过|过|同意|批|签|写|说|交代|时间"
    rf"|地点)"
    r"|未(?:通过|过|同意|批|签)|暂(?:不|缓|时)|缓一?[缓下]|还没|尚未"
    r"|等(?!因奉此)|之前|要是|如果|假如|除非|再(?:发|报|过|通过|说|议|看|改|核"
    r"|审|定|研究|补|完善|想|重)|退(?!休)|上次|昨天|以前|曾|应该|好像|估计"
    r"|大概|可能|听说|据说|差不多|也许|打回|驳回|重写|重报"
)
_NOT_AGREED = rf"(?:{_UNSAFE})"
_DOUBTFUL = (
    rf"(?:报请?|呈请?|转|请|送|由|让|交)给?{SOMEBODY}|"
    r"会签|转给|[不别没未](?!错|啥|什么|有意见|有问题|客气|问题|意见|异议|毛病)|一起签|核对(?!完|无误)|复核(?!完|无误|过)"
)


def _escalated(heard: Heard) -> Slots:
    """Read to whom an approved draft goes on: 拟同意，请王局审定."""
    found = re.search(
        rf"(?:请|报|呈|送|转|由)(?:请)?(?P<x>{SOMEBODY})(?:.{{0,2}})?(?:审定"
        rf"|审阅|审示|定夺|阅示|批示|审签|审批|审|签发|签批|定|批|把个?关|拍板|过目|阅)",
        heard.plain,
    )
    return {"escalate_to": found["x"]} if found else {}


_REPORTED_TO = later(
    r"(?:报送?|上报|呈报|送)(?:到|给|至)?(?P<x>[省市区县](?:委|政府|局|厅|住建[局厅])(?:办公?室?|网站|简报|信息)?|省厅|两办)"
    r"(?=$|[\s,.吧了就])"
)


def _channels(heard: Heard) -> Slots:
    """Read where it may go and where not: 只发网站，别上公众号."""
    found: Slots = {}
    if no := re.search(
        rf"(?:别|不(?:要|能|用|再|上|发|在|往)|勿|不宜|暂不|先不)(?:再)?(?:上|发|放"
        rf"|推|在|往)*(?P<x>{_AT})",
        heard.plain,
    ):
        found["not_channel"] = no["x"]
    if not no:
        no = re.search(
            rf"(?P<x>{_AT})(?:那边|上)?(?:那边|这边|上)?(?:就|先|也|还是)*(?:别|不|免|莫|算了|缓|不用|甭)",
            heard.plain,
        )
        if no:
            found["not_channel"] = no["x"]
    said = heard.plain if not no else heard.plain[: no.start()] + heard.plain[no.end() :]
    if yes := re.search(
        rf"(?:只|仅限?|就|先|可以|同意|发|上|在|到|推)(?:能|可以|在|发|上|放|报|到|推)*(?P<x>{_AT})"
        rf"|(?P<y>{_AT})(?:上)?(?:[挂登发放推报]{{0,2}}(?:就行|就好|就可以|可以)|挂|登)",
        said,
    ):
        found["channel"] = yes["x"] or yes["y"]
    if "channel" not in found and (to := _REPORTED_TO.search(said)):
        found["channel"] = to["x"]
    return found


_COUNTS = "零一两三四五六七八九"
_COUNTED_OUT = later(r"([两三四五六七八九])篇")
_EVERY = later(r"全|统统|一律|一并|所有|其[他余它]|剩|余下|别的|[这那]一?批")


def _all(heard: Heard) -> Slots:
    """Read 全过 and 除了7号都同意 against the list that was shown."""
    if heard.situation.kind == "review_card" or not re.search(
        r"(?:^|[^不安健完保])(?:全(?!文|面|区|市|省|国|年|县|称)|都|统统|一律|一并|均"
        r"|其[他余它]|所有|剩|余下|别的|一起|统|通通|[这那]一?批|[两二三四五六七八九]篇)",
        heard.plain,
    ):
        return {}
    if heard.drafts() and not re.search(r"其[他余它]|剩|余下|所有|全部", heard.plain):
        return {}
    count, shown = _COUNTED_OUT.search(heard.plain), len(heard.situation.numbers)
    if count and shown not in {0, _COUNTS.find(count[1])} and not _EVERY.search(heard.plain):
        return {}
    found: Slots = {"all": True}
    if heard.situation.kind == "pending" and not re.search(r"其[他余它]|剩|余下", heard.plain):
        found["ids"] = list(heard.situation.numbers)
    return found


_ORDINAL = later(
    r"(?P<edge>前|头|后|最后)面?的?(?P<count>[一二两三四五六\d])(?:个|篇|条)"
    r"|第(?P<place>[一二三四五六\d])(?:个|篇|条)|(?P<last>最后(?:那|一)+[个篇条])"
)


def _shown(heard: Heard) -> Slots:
    """Read the drafts; 前两个 and 第二篇 count along the list that was shown."""
    shown = heard.situation.numbers
    if heard.situation.menu:
        return {"ids": list(shown)}
    found = [*_ORDINAL.finditer(heard.plain)]
    if heard.situation.kind != "pending" or not found:
        return ids(heard)
    named = (number for each in found for number in _counted(each, shown))
    return {"ids": list(dict.fromkeys(named))}


def _counted(found: re.Match[str], shown: Sequence[int]) -> Sequence[int]:
    if found["last"]:
        return shown[-1:]
    word = found["count"] or found["place"]
    count = int(word) if word.isdigit() else "零一二三四五六".index(word.replace("两", "二"))
    if found["place"]:
        return shown[count - 1 : count]
    return shown[:count] if found["edge"] in "前头" else shown[-count:]


def _only_pending(heard: Heard) -> Slots:
    """Take the one draft of a list of one."""
    shown = heard.situation
    if shown.kind == "pending" and len(shown.numbers) == 1 and not heard.drafts():
        return {"ids": list(shown.numbers)}
    return {}


approve = Meaning(
    name="approve",
    guarded=True,
    only=REVIEWERS,
    also=("return", "pending_reviews", "ranking", "quota"),
    needs="ids",
    words=("通过", "同意", "签发", "批准"),
    cues=(
        cue(_AGREED_ALONE, 8, during="review_card", unless=_NOT_AGREED),
        cue(
            rf"(?:^|[\s,.!;:]|\W){_AGREED}(?![一-鿿])",
            7,
            during="review_card pending",
            unless=rf"{_NOT_AGREED}|{_DOUBTFUL}",
        ),
        cue(
            rf"^.{{0,8}}(?:(?<!浏览)(?<!看)(?<!读)(?<!翻)(?<!审)){_PLAIN_YES}",
            6,
            during="review_card pending",
            unless=rf"{_NOT_AGREED}|{_DOUBTFUL}",
        ),
        cue(r"^(?:1|一)[.)]?(?:吧|号|\ufe0f?\u20e3)?$|^选[1一]|^第一个", 9, during="menu"),
        cue(
            rf"^(?:{_SOFT})*{_AGREED}[\s,.]*(?:但|不过|就是"
            rf"|公众号|网站|视频号|微博|抖音|只|仅|标题|题目|把"
            rf"|将|请|别上"
            rf"|不上|不要上|不往|别往|别放|不要放|先发|注意|记得|数据|发在|限|仅限"
            rf"|第.段|最后一?段|\"|图|下次|辛苦|尽快)",
            8,
            during="review_card",
            unless=(
                r"不(?:赞成|认可|同意|通过|行|可以)|先别(?!上|推|发"
                r"|放)|再改改|退|之后再报|等.{1,8}再"
            ),
        ),
        cue(
            rf"^(?:(?!{_AGREEING}){_SOFT}|拟|原则上?|[初复终已]审核?|审[完过了])*+{_AGREEING}[^,.]{{0,4}}[\s,.].{{0,4}}(?:请|报|呈|送|转|由|让|交)(?:给|请)?(?:{SOMEBODY}).{{0,3}}"
            r"(?:审|定|签|批|拍板|把|过目|阅|决)",
            9,
            during="review_card",
            unless=r"[不未别莫勿]|没(?!有?(?:啥|什么|得|大)*(?:意见|问题|毛病|异议|话|说))|[吗?]$",
        ),
        cue(
            rf"(?:我|我这).{{0,3}}(?:同意|通过|没意见|没问题|过了).{{0,6}}(?:请|报|呈"
            rf"|送|转|由|让)(?:{SOMEBODY})",
            9,
            during="review_card",
            unless="不同意|不通过",
        ),
        cue(r"拟(?:同意|报|发|签发)", 8, during="review_card pending", unless="拟不"),
        cue(r"^原则(?:上)?(?:同意|可以|通过)", 9, during="review_card", unless=r"[吗?]$"),
        cue(r"原则(?:上)?(?:同意|可以|通过)", 8, during="review_card pending"),
        cue(rf"{DRAFT_NO}{_VERB_AFTER}", 8, unless=_NOT_AGREED),
        cue(
            rf"^{_LIST}(?:[^\d,.?吗没谁]{{0,14}}[,\s]|都|均|全|可以|这[几两三]?[篇条]|\s)*"
            rf"(?:(?!{_AGREEING}){_SOFT})*+{_AGREEING}(?:{_AGREEING}|{_SOFT})*+$",
            9,
            unless=rf"{_NOT_AGREED}|约稿|舆情|预警|[值换调]班|{_BARE_YES}$",
            roles=REVIEWERS,
        ),
        cue(rf"{_AGREED}.{{0,4}}{_AT}.{{0,12}}", 8, during="review_card", unless=_NOT_AGREED),
        cue(
            rf"^(?:那|就|可以)?(?:只|仅|就|先)(?:限|能|可以)?(?:在|上|发|放|挂|报|推){_AT}",
            8,
            during="review_card",
            unless=r"不(?:同意|通过|行)|退|[?吗]$",
        ),
        cue(
            rf"(?:别|不要|不用|先不|不)(?:往|在)?(?:上|发|放|推|往){_AT}.{{0,4}}(?:其[他它余]|别的)"
            r"(?:渠道|平台|地方|都|的|我)*(?:可以|都?行|照发|照常|没问题|没意见|同意)",
            8,
            during="review_card",
        ),
        cue(
            rf"(?:^|[\s,;:])(?:第)?{NUMBER}(?:(?:\s?[,、和跟及与]\s?|\s)(?:第)?{NUMBER}"
            rf"|\s?(?:到|至|-|~)\s?{NUMBER})*\s?(?:号|稿)?{_VERB_AFTER}",
            8,
            unless=rf"{_NOT_AGREED}|约稿|舆情|换",
        ),
        cue(
            rf"(?:通过|通郭|同过|tongguo|同意|签发|批准"
            rf"|ok)\s?[:,]?\s?(?:第)?(?:{DRAFT_NO}|\d{{1,4}}(?!\d|[年月日点%户个]))",
            8,
            unless=_NOT_AGREED,
        ),
        cue(
            rf"{DRAFT_NO}(?:[,和跟、\s]?{DRAFT_NO})+.{{0,3}}(?:签|批|过|准|通过|同意)了?[吧.!]*$",
            8,
            unless=_NOT_AGREED,
        ),
        cue(
            r"(?:前|后|最后|头)[一二两三四五六\d](?:个|篇|条)?(?:都|全)?(?:通过|过"
            r"|同意|可以|批|签|没问题|ok)|第[一二三四五六](?:个|篇|条).{0,2}(?:通过|过"
            r"|同意|可以|批|签|没问题|ok)",
            8,
            during="pending",
            unless=_NOT_AGREED,
        ),
        cue(
            rf"(?:把|让|给)(?:第)?{DRAFT_NO}.{{0,4}}(?:过|通过|批|签)(?:了|吧|掉|一下)",
            8,
            unless=_NOT_AGREED,
        ),
        cue(
            r"(?:全部?|都|统统|一律|所有(?:的)?|其[他余它](?:的)?"
            r"|剩下(?:的)?)(?:可以)?\s?(?:通过|通郭|tongguo|过(?=$|[了吧,.!])|签(?=$"
            r"|[了吧,.!])|同意|签发|批准|批了|可以发?|没问题|没意见|ok|放行|准了?"
            r"|发了?吧?)",
            8,
            during="pending",
            unless=r"不(?:同意|通过|行|可以|能)|先别|没(?:过|通过)|吗|退",
        ),
        cue(
            r"^(?:同意|通过|批准)(?:全部|所有|都|这[几些].{0,2}|上面.{0,3})[了吧.!]*$",
            8,
            during="pending",
        ),
        cue(
            r"除了?.{1,10}(?:都|其[他余它]|全).{0,4}(?:同意|通过|过|可以|没问题|批|发|签)",
            8,
            during="pending",
            unless=r"不同意|不通过",
        ),
        cue(_AGREED_ALONE, 8, during="pending1", unless=_NOT_AGREED),
        cue(
            r"(?:[两二三四五六七八九]篇|这些|这几篇|别的"
            r"|其余的?).{0,4}(?:签|批|准|过|通过|同意|没问题"
            r"|可以)(?:了|吧|的)*",
            8,
            during="pending",
            unless=_NOT_AGREED,
        ),
    ),
    slots=(
        _shown,
        _only_pending,
        _all,
        _escalated,
        _channels,
        flag("conditional", r"原则(?:上)?(?:同意|可以|通过)"),
        new_title,
        dropped_paragraph,
        when(r"改|换|去掉|删|拿掉|不要", replaced, unless=r"标题.{0,6}[改换]"),
    ),
)

_RETURNED = (
    r"退(?:回(?:去)?|稿|掉|了(?!吗|没)|给|(?=$|[\s,.!吧]))|退会|腿回|退徊|推回"
    r"|退惠|褪回|退灰|tuihui|tui\s?hui|打回|驳回|返回(?:修改|重)|发回|拿回去"
    r"|返工|退(?=\d)"
)
_REFUSED = (
    r"不(?:同意|通过|合格|予(?:通过|采用)|行(?!吗|不)|过(?=$|[,.!]))|不(?:能"
    r"|可以|宜|要|该|适合|便)(?:对外)?(?:发|报|公开|上|通过|签|用)"
    r"|(?<!先)别发了?|(?:还是|就)(?:别|不)(?:发|报)|不发了|重(?:新)?(?:写|弄"
    r"|整理|拟)"
    r"|再(?:好好)?(?:改改|改一?[下版稿]|修改|打磨|完善|斟酌|核实|推敲|润色"
    r"|补充|提炼|精简)|(?:改|补|核|弄|写|调整?)(?:一下|改|好|完|齐|全|充|上|了|实|清楚)*(?:之?后)?再(?:报|发|来|送|交|审)|重来"
    r"|(?:修改|完善|核实|补充|重写)后再(?:报|发|来|送)|暂不(?:宜|发|公开|报)"
    r"|(?:先|还是|就)别报了|不(?:得行|中|成|妥当|够格|像样)|要不得|(?:暂时?|先|还是)?莫(?:发|报|上)(?!.{0,3}公众号|网站)|免了|不宜|回去(?:再)?改|拿回去|不太(?:行|合适|妥)|不妥|不合适|不够格"
)
_FAULTS = "|".join(f"(?:{form})" for form in REASONS.values())

_BACK = r"(?:退|打回|驳回|推回)"
_AWAIT = r"(?:还没|尚未|没有?|未|先别|先不要?|暂(?:时)?(?:不要?|别)|缓)"
DOUBT_OF_RETURN = "|".join(
    (
        r"(?:[?]|吗|么|没|没有|(?<=[一-鿿])[不否])[?.!~\s]*$",
        r"[了过]没|能不能|可不可以|要不要|是不是|该不该",
        rf"(?:谁|怎[么样]|如何|咋|为什么|为啥|凭什么|什么时候|何时|几[时号]|哪[个位天])[^,.]{{0,8}}{_BACK}",
        rf"(?:别|不要|不用|不必|勿|{_AWAIT})(?:再|给|把|都|急着|让)?{_BACK}",
        rf"{_AWAIT}(?:审核|再)?(?:通过|过(?![时期])|批准|同意|签发|可以)",
        (
            rf"{_BACK}.{{0,4}}(?:了吗|没有?[?\s])|退(?:回"
            rf"|稿)(?:率|的?(?:流程|程序|原因|理由|标准|意见"
            rf"|次数))"
        ),
        (
            r"听说|据说|(?:局长|领导|书记|主任|他|她|办公室"
            r"|[一-鿿]局|科长)们?.{0,3}(?:说|讲|问|要求|让|叫"
            r"|表示)"
        ),
        rf"被.{{0,6}}{_BACK}|退给我|退了我|(?:上次|昨天).{{0,6}}{_BACK}",
    )
)

return_ = Meaning(
    name="return",
    guarded=True,
    only=REVIEWERS,
    also=("approve", "pending_reviews", "ranking", "quota"),
    needs="ids",
    words=("退回", "退稿", "打回", "驳回"),
    doubt=DOUBT_OF_RETURN,
    cues=(
        cue(r"^(?:2|二)[.)]?(?:吧|号|\ufe0f?\u20e3)?$|^选[2二]|^第二个", 9, during="menu"),
        cue(
            rf"(?:{_RETURNED})",
            8,
            during=_DECIDING,
            unless=r"退[休役房款订]|没退|别退|不(?:要|用)退|退(?:回)?(?:了)?(?:吗|没)",
        ),
        cue(
            rf"(?:{_REFUSED}|不发(?=$|[,.!吧])|不太同意|毙了|枪毙|不赞成|不认可|唔得"
            rf"|退返|别往外|不要往外|还发什么|没必要发|不(?:能|要|可|得)(?:往外|对外)?(?:捅|讲|说|宣扬|声张))",
            7,
            during="review_card",
            unless=(
                r"^(?:同意|可以|通过|没意见|没问题|发吧)|先(?:别|不)发.{0,3}等|^先(?:别"
                rf"|不要)发[吧.!]*$|(?:别|不要?|先不)(?:往|在)?(?:上|发|放|推|往){_AT}"
            ),
        ),
        cue(
            rf"(?:{_FAULTS})",
            6,
            during="review_card",
            unless=(
                r"[?]$|吗$|^没(?:有|啥|什么)?(?:意见|问题)|转.{1,6}会签|请.{1,6}会签"
                r"|(?<!不)同意|可以发|可以(?!再)|已核|送.{1,8}会签|^(?:配|附)?图.{0,2}呢"
            ),
        ),
        cue(
            r"(?:太|过于|有些|有点|不够|欠|全是|都是)(?!好|棒|赞|精彩|及时|辛苦|快|牛|厉害|感谢|谁|哪|怎|为)[一-鿿]{1,4}"
            r"|(?:词|话|句|说法|图|数字?).{0,6}(?:拿掉|去掉|删掉|换掉|换一?[张个]|改掉)",
            6,
            during="review_card",
            unless=r"[?吗]$|同意|通过|可以|没问题|没意见|发吧|报吧|没(?:什么)?太",
        ),
        cue(
            r"(?:再|重新|好好)(?:改|修改|完善|打磨|核实|写|补|斟酌|推敲|润色|提炼|精简|弄)",
            7,
            during="review_card",
            unless=r"^(?:同意|可以发|通过)",
        ),
        cue(
            rf"{DRAFT_NO}(?:[,和跟、]{DRAFT_NO})*.{{0,6}}(?:{_RETURNED}|不(?:予)?通过"
            rf"|不同意(?:发)?|不发(?=$|[,.!吧])|打回|重写|不行)",
            8,
            unless=r"退[休役房款订]|别退|不(?:要|用)退",
        ),
        cue(
            rf"(?:退回|退会|推回|退稿|退掉|退|打回|驳回|tuihui|不同意"
            rf"|不通过)\s?[:,]?\s?(?:第)?(?:{DRAFT_NO}|\d{{1,4}}(?!\d"
            rf"|[年月日点%户个天]))",
            8,
            unless=r"别退|不(?:要|用)退",
        ),
        cue(rf"(?:把|将)(?:第)?(?:{DRAFT_NO}|\d{{1,3}}).{{0,4}}(?:退|打回)", 8),
        cue(
            rf"^{DRAFT_NO}[^,.?\d]{{2,16}}[,.\s](?:退(?:回|掉|稿|了)?|打回|驳回)[吧了去.!]*$",
            8,
            unless=r"退[休役房款订]|别退|不(?:要|用)退|约稿|舆情",
        ),
        cue(
            rf"(?:^|[\s,;:])第?{NUMBER}(?:\s?(?:[,和跟及与]|\s)\s?第?{NUMBER})*\s?(?:号|稿)?(?:都"
            rf"|先|要)?"
            r"(?:退回|退会|退稿|打回|驳回|不通过|不同意|退(?=$|[\s,.;!吧了掉给]|一?[下退]))",
            8,
            unless=r"约稿|舆情|换|退[休役房款订]|别退|不(?:要|用)退",
        ),
        cue(
            r"(?:都|全部?|其[他余它]|统统|所有).{0,3}(?:退|打回|不(?:行|同意|通过))",
            8,
            during="pending",
        ),
        cue(
            rf"^(?:第)?{NUMBER}(?:[,和跟、\s]{NUMBER})*\s?号?\s?(?:都)?(?:退|打回"
            rf"|不同意|不通过|不行|重写)",
            8,
            during="pending",
        ),
        cue(r"^不(?:同意|通过|行)[.!]*$", 8, during="pending1"),
        cue(rf"(?:{_FAULTS})", 6, during="pending", unless=r"可以(?!再)|已核|[?]$|吗$|同意|通过"),
        cue(r"^(?:这|那)[几些两三]?[个篇条]?(?:都|全)(?:退|打回|不)", 8, during="pending"),
        cue(
            rf"{NUMBER}(?:号)?(?:[,和跟、\s]{NUMBER}(?:号)?)*(?:都|先)?(?:不要发|别发|不发|不通过)",
            8,
            during="pending",
        ),
        cue(r"^(?:tui|退)$", 8, during="review_card pending"),
        cue(
            r"别(?:通过|过|签|批)|不(?:予|批|签|准|给过|符合|够)",
            8,
            during="review_card pending",
            unless=r"[吗?]$|先别",
        ),
    ),
    slots=(_shown, _only_pending, _all, choice("reason_code", REASONS)),
    asks=("reason",),
)


_POSTS = (
    r"(?:保密(?:员|办|专员|审查员?)|法(?:规|制|务)(?:科|办|员|专员)?|法律顾问|律师|纪检(?:组|员)?|校对员?|分管领导|主要领导|领导"
    r"|[一-鿿]{1,4}科的人)"
)
_LOOKS = (
    r"(?:再|也|先|来|去|帮忙|帮我|给)*(?:审定?|看|定夺?|把[一个道好]*关|会签|批|签|过目"
    r"|过[一下]?[道遍下眼过手]|阅|核|处理|瞅|瞧|瞄|掌眼|代|办|拿主意|拍板|意见)"
)


def _to(heard: Heard) -> Slots:
    found = re.search(
        rf"(?:转给?|报请?|呈请?|送|请|让|由|找|给|交给?|等|叫|改由|麻烦|先过|先走"
        rf"|走|要|需要?|经|该|归|征求)(?:一下)?(?:(?:分管|主管|负责)的?(?!领导"
        rf"|副?局长))?(?P<x>{SOMEBODY}(?:科长|主任|局长)?|{_POSTS}|{UNIT})(?=.{{0,6}}{_LOOKS}"
        rf"|[,.!]|.{{0,6}}$)|(?:^|[,.\s])(?P<y>{SOMEBODY}){_LOOKS}",
        heard.plain,
    )
    return {"to": found["x"] or found["y"]} if found else {}


_STANDING_IN = (
    rf"(?:[号日天周]|周.|星期.|月底)\s?(?:[,，]?我.{{0,8}})?(?:[,，]?(?:的?(?:稿子?|稿件|审稿|审核)))?.{{0,3}}"
    rf"(?:由|让|请|给|找)?{SOMEBODY}(?:代审|代签|代批|替我审|代)"
)


def _stretch(heard: Heard) -> Slots:
    """Read the days that somebody stands in for: 8号到12号由李主任代审."""
    days = heard.days()
    return {"days": list(days)} if days else {}


_NOT_PASSED_ON = (
    r"同意|通过|可以[发报]|退[回给了掉]|^退|打回|返工|重写|提醒|约稿|舆情"
    r"|写[一篇]|什么时候|吗$|[?]$|谁|怎么"
)


transfer = Meaning(
    name="transfer_review",
    words=("会签", "代审", "转交"),
    cues=(
        cue(
            rf"(?:转给?|报请?|呈请?|送|请|让|由|找|交给?|给|改由|叫)(?:一下)?(?:{SOMEBODY}|{_POSTS}|{UNIT})"
            rf"(?:那边|同志|这边|一下|的人)?.{{0,3}}{_LOOKS}|^(?:先)?{SOMEBODY}先{_LOOKS}",
            9,
            unless=_NOT_PASSED_ON,
            during="review_card pending draft returned",
        ),
        cue(
            rf"(?:转给?|报请?|呈请?|送|请|让|由|找|交给?|给|改由"
            rf"|叫)(?:一下)?(?:{SOMEBODY}|{UNIT}|分管领导|主要领导"
            rf"|领导)(?:再)?(?:先|来|帮忙|那边|同志|这边|一下)?.{{0,3}}(?:审定|审|看看?"
            rf"|定夺|定|把关|会签|批|签|过目|阅|核|处理)",
            8,
            unless=rf"拟同意|^同意|{_NOT_PASSED_ON.removeprefix('同意|')}",
            during="- review_card pending draft returned",
        ),
        cue(
            rf"(?:转给?|移交给?|呈报?给?|报给)(?:{SOMEBODY}|{UNIT})",
            6,
            during="review_card -",
            unless=r"舆情|写[一篇]|约稿",
        ),
        cue(
            rf"(?:先别|先不|暂不)(?:发|报|过|批|签).{{0,4}}等.{{0,2}}(?:{SOMEBODY}"
            rf"|领导).{{0,4}}(?:看|审|定|回|批|意见|过目)",
            9,
            during="review_card pending draft -",
        ),
        cue(
            rf"等(?:{SOMEBODY}|领导).{{0,3}}(?:看|审|定|批|过目|意见)",
            7,
            during="review_card",
        ),
        cue(
            r"(?:请|转|送|报|需要?).{1,8}会签|会签",
            8,
            during="review_card -",
            unless=r"吗|没有?会签|谁",
        ),
        cue(
            rf"(?:稿子?|稿件|审核|审稿|待审|我的).{{0,6}}(?:都|全|先|改|就)?(?:让|由|给"
            rf"|请|转)(?:{SOMEBODY}|{UNIT}).{{0,3}}(?:代?审|代|看|签|批|负责)",
            9,
        ),
        cue(
            rf"(?:由|让|请)?(?:{SOMEBODY})(?:替|代|帮)我?(?:审|看|签|批|把关)"
            rf"|代审|代签|委托.{{1,6}}审",
            8,
            unless=r"[吗?]$|谁代",
        ),
        cue(r"(?:出差|请假|休假|开会|培训|外出|不在).{0,12}(?:审|签|批|稿)", 6, unless=r"提醒"),
    ),
    slots=(
        when(".", ids, unless=r"号?(?:到|至|-|~).{1,5}[号日].{0,8}(?:代审|代签|代批|替我审)"),
        _to,
        when(r"会签|一起签|联签|会个签|共同审|征求.{0,8}意见", constant(mode="countersign")),
        when(
            r"(?:稿子?|稿件|审核|审稿|待审).{0,6}(?:都|全|让|由|给)|都(?:让|由|给|请"
            r"|转)|代审|委托|替我审|(?:审稿|稿件|稿子).{0,6}(?:找|转|交)|(?:出差|请假"
            r"|休假|住院|学习|不在|在外).{0,16}(?:审|稿)",
            constant(scope="all"),
            unless=r"\d号稿?.{0,4}(?:让|由|转|请|给|报)",
        ),
        when(r"周|星期|礼拜|月|天|号到|日到|期间|年|季", period(), unless=r"稿.{0,3}号"),
        when(_STANDING_IN, _stretch, constant(scope="all")),
    ),
)


back_again = Meaning(
    name="end_delegation",
    guarded=True,
    only=REVIEWERS,
    cues=(
        cue(
            r"(?:结束|取消|停止|撤销|收回|终止|不用|不要|别)(?:再)?(?:[一-鿿]{2,3})?(?:代审|代签|委托)"
            r"|(?:代审|代签|委托)(?:审核|审稿)?(?:可以|就|提前)?(?:结束|取消|到此为止|停)",
            9,
        ),
        cue(
            r"我?(?:出差|休假|学习|培训)?(?:回来|回单位|上班)了.{0,4}(?:稿子?|稿件)?.{0,3}我(?:自己)?(?:来)?审",
            9,
        ),
    ),
)

resume = Meaning(
    name="resume_review",
    guarded=True,
    only=REVIEWERS,
    cues=(
        cue(
            r"恢复审|^[^,.:]{0,8}恢复了?$|(?:继续|接着|重新开始)审|(?:不放|别放|不搁|不挂)了|(?:解除|取消)(?:暂放|挂起)",
            9,
            unless=r"不(?:要|用|能)?(?:继续|恢复)|退回|通过(?!继续)",
        ),
    ),
    slots=(_shown, _only_pending),
    needs="ids",
)


def _unit_filter(heard: Heard) -> Slots:
    return unit()(heard) if re.search(rf"{UNIT}(?:的|报|送|那)|我们?科|本科", heard.plain) else {}


pending = Meaning(
    name="pending_reviews",
    words=("待审", "审核", "待办", "审批"),
    cues=(
        cue(
            r"^(?:待审|待办|审核|审稿|待批|审批|daishen|shenhe|待签|待审核"
            r"|我的待[审办])(?:的|列表|稿件?|清单|一?下|有哪些|呢|吗|多少|几篇|有吗"
            r"|事项|任务|看看?|[\s.!~]|\[[^\]]{1,4}\]|👍|🙏)*[?]?$",
            8,
        ),
        cue(r"^催(?:一?[下催])?(?:审|办|稿|批)?[吧.!]*$", 7),
        cue(r"(?:审核|待审|没审|审批|稿子?).{0,4}(?:压|卡|拖|堆|积压)(?:着|了|在|住)?", 7),
        cue(r"(?:列|看|查)(?:一?下|看|出)?.{0,4}(?:待审|没审|未审|待批|没批|没签)", 8),
        cue(
            r"(?:没|未|还没|待|要|等着?|需要?)(?:我|你|您)?(?:来|去)?(?:审|批|签|处理"
            r"|看)(?:核|批|阅|发|签)?(?:的|稿|了?几|有|完|呢|$)",
            6,
            unless=rf"舆情|为什么|{NUMBER}号|被|我的稿|我报",
        ),
        cue(
            r"(?:我)?(?:要|该|得|需要)(?:审|批|签)(?:核|批)?(?:的)?(?:哪些|什么|啥|几"
            r"|有)|(?:压|卡|积|拖).{0,6}(?:天|小时|周)|(?:送来|新来|新送|报上来|送审"
            r"|刚送|新报).{0,6}(?:稿|信息|的)",
            8,
            unless=r"\d号|采用|约稿",
        ),
        cue(
            r"(?:还有|有)(?:多少|几|啥|什么|哪些|没有)[篇条个份]?.{0,6}(?:没|要|待|等"
            r"|需)(?:我)?(?:审|批|签|看|处理)",
            8,
            unless=r"舆情",
        ),
        cue(
            r"(?:几|多少|哪些|哪几|什么)[篇条个份]?(?:稿子?|稿件)?.{0,3}(?:没|未|要|待"
            r"|等)(?:我)?(?:审|批|签)",
            8,
        ),
        cue(
            r"(?:今天|昨天|今日|本周|这周|上午|下午|今早|刚才?)(?:刚)?(?:送审|送来"
            r"|报来|提交|报上来|交上来|新来)(?:的)?",
            7,
            unless=r"\d号",
        ),
        cue(
            r"(?:催|催办|催促|提醒)(?:一?[下催])?(?:各|他们|审核人|领导|没审)",
            6,
            unless=r"提醒我|约稿|每月|每周",
        ),
        cue(
            r"(?:积压|压着|卡着|卡住|排队|堆)(?:了|的|在)?(?:多少|几|哪些|有|稿|审)?",
            5,
            during="- pending",
        ),
        cue(r"(?:超过?|逾期|超时|过期).{0,6}(?:没|未)(?:审|批|签)", 8),
        cue(r"(?:谁|哪个|哪些).{0,6}(?:没|未|还没)(?:审|批|签)", 7),
        cue(rf"(?:{UNIT}|各科室?|哪些科)(?:报|送|交)(?:上来|来)?的.{{0,4}}(?:待审|没审|稿)", 6),
    ),
    slots=(
        when(
            r"放|等|没人|没动静|搁|超|逾期|以上|多于|过了|压|卡|拖|积压|没(?:审|动|批)",
            duration("overdue"),
        ),
        when(r"催|提醒", constant(action="urge")),
        when(
            r"今天|今日|昨天|今早|昨日",
            lambda heard: {"date": found.value} if (found := heard.day()) else {},
        ),
        when(r"几[篇条个份件]|多少", constant(ask="count")),
        _unit_filter,
    ),
)

_READ = (
    r"(?:浏览过了?|我?看了看|内容已?知悉|已阅览|见到了?"
    r"|阅知|已阅知|阅悉|拜读|已拜读|刚?看完了?|知晓|圈了"
    r"|翻了一遍|收到|收悉|已?阅"
    r"|知道了?|了解|明白|看(?:到|过|了|完)了?|已看|已读|已悉|知悉|嗯+|哦+"
    r"|好的?|好滴|好嘞|噢|👍|👌|🙏|💪|\[(?:强|ok|抱拳|赞|握手|鼓掌|玫瑰|微笑"
    r"|good|胜利|爱心)\]|辛苦了?|谢谢|noted|了)"
)
_READ_ALONE = rf"^(?:{_READ}|晓得了?|有数了?|瞄了|{_SOFT})++$"
_YES_ALONE = rf"^(?:那|都?|嗯|就|好)?{_AGREED}[\s.!~吧了的啊]*$"

unclear = Meaning(
    name="unknown",
    cues=(
        cue(rf"^(?:{_READ}|[\s,.!~啦啊呀]|小宣|信使|圈阅|已圈阅)+$", 7, during="review_card"),
        cue(_READ_ALONE, 7, during="review_card", unless=r"[?]$|不|发布|报送|^先"),
    ),
    slots=(constant(clarify="approve_or_read"),),
)

read_which = Meaning(
    name="unknown",
    cues=(
        cue(
            rf"^(?:{_READ}|[\s,.!~啦啊呀]|小宣|信使|圈阅|已圈阅)+$",
            9,
            during="pending",
            roles=REVIEWERS,
        ),
    ),
    slots=(constant(clarify="which"),),
)

which = Meaning(
    name="unknown",
    cues=(
        cue(rf"^第?{NUMBER}号$", 9, during="-"),  # a draft or a day
        cue(_YES_ALONE, 8, during="-", roles=REVIEWERS),
        cue(r"^(?:行|可以|要得|中|成|得行|好)嘛[.!]*$", 7, during="pending", roles=REVIEWERS),
        cue(r"^拟(?:同意|报|发|签发)", 8, during="-", roles=REVIEWERS),
        cue(
            r"^(?:好的?|行|嗯+|ok|可|中|好了|👌|\[ok\])[\s,.!]*(?:发|过|报)?[吧了.!]*$",
            9,
            during="pending",
            roles=REVIEWERS,
        ),
        cue(
            r"^(?:退回|退会|退|打回|不同意|不通过|驳回|不行)(?:吧|了|掉)?[.!]*$",
            8,
            during="-",
            roles=REVIEWERS,
        ),
        cue(
            r"^(?:这|那)[篇条个](?:我)?(?:同意|通过|可以|过|没问题|退回?|不行)[了吧.!]*$",
            8,
            during="pending -",
            roles=REVIEWERS,
        ),
    ),
    slots=(constant(clarify="which"),),
)

not_yet = Meaning(
    name="unknown",
    cues=(
        cue(
            rf"^(?:{DRAFT_NO}|这[篇条个份]|它)?[\s,]*"
            r"(?:(?:先|暂时?|这会儿?|现在)+(?:还是)?(?:别|不要?|勿|不能|不忙)|且慢)(?:急着|着急|给)?"
            rf"(?:批准?|审|签发?|过|通过|发|放行|同意)(?:它|{DRAFT_NO})?(?:出去|了|吧|啊|呢)?[\s.!~]*"
            r"(?:$|,\s?(?:我|缓|回头|待|先|再|过|还))",
            9,
            during="review_card pending",
            roles=REVIEWERS,
            unless=r"不发了|[,.]\s?(?:等|请|让|转|退|给)|再说|[?吗]|消息|提醒",
        ),
    ),
    slots=(constant(clarify="hold"), ids),
)

of_others = Meaning(
    name="unknown",
    cues=(cue(_YES_ALONE, 9, during="draft"),),
    slots=(constant(clarify="of_others"), ids),
)

DECLARED = declared(
    __file__,
    pending,
    approve,
    return_,
    back_again,
    resume,
    unclear,
    read_which,
    which,
    not_yet,
    of_others,
    transfer,
)
