"""要素: does the text say when, where, who, and what came of it?"""

import re
from collections.abc import Iterator

from handlers.rules.proof.finding import Finding, Found, Item
from storage.vocabulary import DraftKind

_OF_EVENTS = frozenset(
    {DraftKind.DYNAMIC, DraftKind.PRACTICE, DraftKind.EMERGENCY, DraftKind.PARTY_BUILDING}
)

_TIME = re.compile(
    r"\d{1,2} ?月(?:\d{1,2} ?日|份|[上中下]旬|底|初)|\d{1,2} ?日(?!常)|20\d{2} ?年|[今昨前]天"
    r"|[今昨]日|[今昨]晚|当[天日晚]|近日|日前|近期|[本上]周|[本上]月|[一二三四上下]季度"
    r"|[上下]半年|今年"
    r"|去年|\d{1,2}[:：]\d{2}|(?:上午|下午|凌晨|傍晚|中午)|春节|元旦|国庆|清明|端午|中秋|五一|汛期"
)
_NAME = r"[^\W\d_a-zA-Z在到赴对向由与和及的习达开于了将从为会]"
_UNIT = re.compile(
    rf"(?:{_NAME}{{0,8}}?[省市区县镇乡])?{_NAME}{{0,6}}?(?:局(?!面|势|部|限|长)|委(?:员会)?(?!托"
    rf"|员|派)"
    r"|办公室|科(?!技|学|普|目|长)|处(?=[、，和与])|大队|支队|中队|党支部|党委|党组|政府|人大"
    r"|政协|公司"
    r"|集团|工会|团委|妇联|协会|商会|居委会|村委会|物业企业)"
)
_PERSON = re.compile(
    r"我[局委科处队区县市镇办所站院中]|本[局委科处队单]|人员|干部|党员|职工|志愿者|群众代表|负责人"
    r"|(?:局|主|县|区|市|镇|乡|处|科|院|校|所|站|队|部|组|秘书)(?:长|任)|书记|工作组|检查组"
    r"|督查组|调研组|专班"
    r"|领导|专家|代表|居民|业主|企业|商户|网格员|消防员|医护"
)
_WIDE = re.compile(
    r"(?:全|辖|本|我|各|城)[省市区县镇乡村](?!场|容|民|别|长|政府|委)|辖区内?|线上|全域"
)
_PLACE = re.compile(
    r"[\u4e00-\u9fff\d]{1,10}(?:街道|社区|小区|村(?!民|委)|镇(?!政府|长|压|定)|乡(?!政府|长"
    r"|村振兴|亲)|县城|大道"
    r"|[一-鿿]路(?!径|线|演|过|况|口?号)|街(?!道办)|巷|[大立天]?桥(?!梁)|广场|公园|工地|项目部"
    r"|施工现场|会议室|会场"
    r"|礼堂|学校|中学|小学|大学|幼儿园|医院|卫生院|敬老院|养老院|[一-鿿]{2}中心(?!支部|组|任务|工作)|活动中心|文化中心"
    r"|会展中心|体育馆|图书馆"
    r"|博物馆|车站|客运站|加油站|泵站|配气站|门站|变电站|厂区|工厂|化工厂|水厂|园区|工业园|景区"
    r"|水库|河道|河段"
    r"|大厦|商场|超市|市场(?!秩序|监管|主体|化|环境|价格|需求)|酒店|餐馆|饭店|仓库|码头|门店|广电"
    r"|基地|农场|大棚|田间|展厅|教室|党校"
    r"|片区|路段|沿线"
    r"|楼栋|号楼|\d+号|家中|门口|地铁站?|隧道|机场|口岸|政务大厅|办事大厅|现场会)"
)
_IN = re.compile(
    r"(?:在|赴|到|深入|走进|前往|来到|位于|地点[：:])[\u4e00-\u9fff]{1,12}?(?:召开|举[行办]|开展"
    r"|进行|检查|调研)"
)
_PLAN = re.compile(
    r"[^。；！？\n]*(?:下一步|下步|接下来|今后|将(?:继续|进一步|持续|不断)|拟于|计划)[^。；！？\n]*"
)
_WHEN = re.compile(r"20\d{2} ?年|\d{1,2} ?月(?:份)?|\d{1,2} ?日|\d{1,2}[时点:：]\d{0,2}分?|第\d+")
_COUNT = re.compile(
    r"\d[\d,.]*[余多]? ?(?:万|亿|千|百)?[余多]?(?:家|处|个(?!月|小时|工作日)|户|人|名|件|起|份|条"
    r"|次|场|项|栋|幢|台|辆"
    r"|吨|公里|千米|平方米|立方米|米|元|套|座|所|宗|批|例|只|棵|盏|块|张|支|艘|亩|公顷|%|％|％|倍)"
)
_DONE = re.compile(
    r"完成|整改|解决|消除|达成|签订|签约|挽回|发放|处置完毕|恢复|查处|立案|拆除|清理|收集|化解"
    r"|办结|移交|交付|通过了|获评"
    r"|获得|荣获|建成|投用|通车|无人员伤亡|未造成|扑灭|救出|控制|形成|印发|出台|现场解答|责令"
    r"|下达|覆盖|惠及|审议通过|部署"
)


def missing_elements(item: Item) -> Iterator[Found]:
    """Yield what a report of something that happened does not say."""
    if item.kind not in _OF_EVENTS:
        return
    text = f"{item.title}\n{item.body}"
    if not _TIME.search(text):
        yield Found(code=Finding.NO_TIME)
    without_units = _UNIT.sub("", text)
    if not (_PLACE.search(without_units) or _WIDE.search(text) or _IN.search(without_units)):
        yield Found(code=Finding.NO_PLACE)
    if without_units == text and not _PERSON.search(text):
        yield Found(code=Finding.NO_WHO)
    happened = _WHEN.sub("", _PLAN.sub("", item.body))
    if not (_COUNT.search(happened) or _DONE.search(happened)):
        yield Found(code=Finding.NO_RESULT)
