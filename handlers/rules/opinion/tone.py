"""How a post speaks: harm and complaint, public power in it, routine work, advertisement.

Negative words are not risk by themselves: a film review is full of them. What counts is that
somebody comes to harm or complains **and** that it is the public's business: an office, a school, a
hospital, a developer, an estate. Each list was written for this product.
"""

import re
from dataclasses import dataclass

from handlers.rules.numerals import NUMERAL
from handlers.rules.opinion.plain import plain

_GRAVE = (
    "死亡|身亡|遇难|丧生|丧命|殒命|毙命|罹难|遇害|被害|被杀|坠河|坠井|坠桥|坠崖|溃坝|决堤|山洪|滑坡|泥石流|内涝|脱轨|坠机|沉船|翻船|爆燃|闪爆|砍人|砍死|刺死|伤人|毒打|针扎|欺凌|霸凌|投毒|腹泻|呕吐|昏迷|窒息|坠亡|猝死|溺亡|致死|撞死|打死|砸死|捅死|杀害|命案|跳楼|轻生|自杀|自焚|服毒|喝.{0,3}农药|绝食"
    "|爆炸|火灾|起火|失火|大火|坍塌|垮塌|倒塌|塌陷|塌方|泄漏|中毒|车祸|相撞|追尾|侧翻|坠落|坠楼|触电|溺水|被困|被埋|失联"
    "|受伤|重伤|骨折|打伤|砍伤|致残|伤亡|踩踏|感染|疫情|旱情|洪灾|地震|事故"
    "|性侵|猥亵|强奸|强暴|强迫|虐待|殴打|打人|体罚|拐卖|绑架|劫持|暴力|围堵|围攻|冲突|聚众|持刀|医闹|纵火|放火"
)
_WRONG = (
    "偷排|直排|篡改|克扣|截留|冒用|顶替|吃空饷|暗箱|猫腻|病死猪|注水肉|假药|假酒|劣质|不翼而飞|无证|超载|瞒天过海|强征|圈地|毁林|毁田|宰客|吃拿卡要|形象工程|面子工程|黑中介|黑作坊|涉嫌|通缉|潜逃|外逃|失信|老赖|超期|贪污|受贿|行贿|索贿|贿赂|回扣|挪用|侵吞|骗取|冒领|套取|公款|吃喝|红包|包养|情妇|落马|双规|被查|立案|停职|免职|撤职|问责"
    "|违纪|违规|违法|非法|渎职|失职|滥用|徇私|舞弊|造假|假冒|伪造|虚假|虚报|瞒报|谎报|隐瞒|内幕|黑幕|暴利|天价|乱收费|强制收费|强收"
    "|酒驾|醉酒|醉驾|逃逸|脱逃|越狱|冤案|刑讯|钓鱼执法|暴力执法|打砸|强拆|逼迁|被迫|驱逐|欺压|打压|封口|删帖|截访"
    "|地沟油|毒奶粉|问题奶粉|三聚氰胺|添加剂|硼砂|过期|变质|致癌|污染|超标|有毒|不合格|豆腐渣|偷工减料|盗挖|盗采|私挖|传销|诈骗|黑社会|黑恶|卖淫|嫖娼|赌博|涉黄|不雅|裸照|信息泄露|叫卖|倒卖"
    "|刑拘|拘留|被捕|获刑|判刑|被判|一审|起诉|上庭|被指|被曝|曝光|自曝|举报|实名|爆料|疑似"
)
_PLAINT = (
    "漏雨|发霉|发臭|发黄|断供|断电|断水|滞留|瘫痪|闲置|荒废|被要求|跑断腿|索赔|追责|报警|警方介入|彻查|投诉|维权|上访|信访|抗议|讨薪|欠薪|拖欠|工钱|血汗钱|罢工|停运|停课|停水|停电|停暖|停气|不满|质疑|不作为|乱作为|推诿|踢皮球|敷衍"
    "|争议|引.{0,3}关注|引发|热议|怪象|乱象|难题|何时|无人管|没人管|不管|无法|难以|被拒|拒绝|拒不|强行|霸王|坑人|被骗|受骗|上当|退款难|退费"
    "|扰民|油烟|噪音|异味|恶臭|污水|漏水|开裂|烂尾|延期|逾期|办证难|违建|占道|堵路|拥挤|涨价|提价|缩水|减配|哄抬|抢购|造谣|谣言|泼墨|侮辱|歧视|冷漠|漠视|见死不救"
    "|坑|臭|霉|吓人|气人|寒心|无语|崩溃|绝望|欺负|太黑|良心|跑路|赖账|没说法|说法"
    "|凭什么|找谁|谁来管|谁管|没下文|没人接|没人收|没人来|打不通|占线|成问题|睡不着|吵得|不敢|没影|失联|不见人|跑了|走人|卷款|卷钱"
    "|不退|不给|不发|没发|没拿到|拿不到|要不到|办不下|拖了|一拖再拖|扣了|换锁|坑了|扬尘|打桩|积水|泡了|泡车|掉下来|掉瓷砖|裂了|歪了|断了|坏了"
    "|假房源|没批|没办|转办|老鼠|堆得|堆了|挪用|豪车|关系户|走后门|堵住|堵着|围着|围了|要说法|讨要|反对|联名|出不去|没着落"
)
_ACTORS = (
    "高铁|火车站|车站|机场|客运|化工厂|水厂|电厂|养老院|敬老院|福利院|护工|储户|存款|社保|医保|低保|扶贫|救助|公墓|殡仪馆|景区|游客|环卫|快递|外卖|网约车|食堂|食品厂|作坊|农民|培训机构|驾校|考场|成绩|户主|强拆|水库|大坝|河道|饮用水|隧道|桥梁|大桥|景观桥|道路|业委会|摊贩|小贩|办证|户口|学费|校园|校车|操场|宿舍|官员|干部|书记|局长|县长|市长|区长|镇长|村长|村主任|村官|村支书|主任|科长|处长|厅长|省长|副部长|院长|校长|公务员|公职|机关|领导"
    "|政府|部门|委员会|法院|检察|公安|警察|民警|警方|警车|交警|刑侦|派出所|看守所|监狱|在押|城管|执法|拆迁办|工商|税务|质检|药监|发改委|纪委|监管|听证|公文|收费站|村委|居委|社区"
    "|学校|小学|中学|初中|高中|大学生|幼儿园|学生|老师|教师|教授|学院|技校|招生|中招|中考|高考|考生|儿童|女童|男童|少女|婴儿|未成年"
    "|医院|卫生院|诊所|门诊|医生|护士|患者|医托|疫苗|药品"
    "|公交|客车|校车|的哥|出租车|司机|地铁|列车|高速|大桥|路面|航班|乘客"
    "|开发商|售楼处|楼盘|业主|物业|小区|保安|拆迁|征地|农田|耕地|安置|公摊|房顶|工地|工程|民工|工人|包工头|矿|煤气|液化气|燃气|自来水"
    "|银行|食品|饭馆|餐馆|猪肉|奶粉|超市|市场|村民|居民|市民|群众|群体|老人|死者家属|网帖|网友|网传|旱|涝"
)
_ROUTINE = (
    "竣工|开工仪式|揭牌|启动仪式|顺利|圆满|有序推进|稳步|扎实|全面完成|表彰|荣获|获评|获奖|优秀|先进|示范|点赞好|感谢信|锦旗|调研|督导|座谈会|培训班|宣讲|部署会|推进会|签约|喜迎|惠民|普法"
    "|清退|专项整治|整治行动|集中整治|已约谈|责令|跨省通办|一窗办结|暖心|点赞公开|公开摇号|公示(?<!没公示)(?<!没有公示)(?<!不公示)(?<!未公示)(?!都没|也没|没|上没|看不)|征求意见|征求公众意见|建成开放|已恢复|恢复供水|正常进行|请勿恐慌|上调|提高额度"
    "|演练|演习|宣传周|宣传月|安全课|知识竞赛|防范|预防|杜绝|严防|排查整治|专项行动|长效机制|攻略|指南|解读|答疑|须知|指导|技巧|测评|榜单|排行"
    "|敬请谅解|停水通知(?!都没|也没|没)|停电通知(?!都没|也没|没)|停气通知(?!都没|也没|没)|停水公告|停电公告|停气公告|计划停[水电气]|提前储水|申领指南|申请指南|敬请周知|不便之处|特此(?:通知|公告)|做好准备|相互转告|整治(?!了)|冬季行动|多措并举|守好|让[^,。!?;]{0,6}不再|一图看懂|谨防|注意防范|预警信号|消防提[醒示]|警方提[醒示]|温馨提[醒示]|安全提[醒示]"
    "|召开[^,。!?;]{0,10}(?:会议|推进会|调度会)|安全大检查|签约率|满意度|拟建|慰问|选举结果|结果公示|公布[^,。!?;]{0,12}案例|为防止|为防范|连续[^,。!?;]{0,6}年未|更有保障|当日办结|宣传[^,。!?;]{0,10}(?:制度|政策|知识|法规|条例)|获评|完成返修|返修到位|签字确认|出台新政|转发学习"
)
_ADVERT = (
    "热销|开盘|在售|均价|首付|折优惠|0折|1折|2折|3折|4折|5折|6折|7折|8折|9折|特价房|样板间|户型|抄底|咨询电话|联系电话|扫码|加微信|优惠|返现|免费领|钜惠"
    "|火爆|抢购热潮|看房团|尊享|臻品|盛大|入驻|招租|招聘|诚聘|代办|中介费全免|加盟"
    "|补漏|防水公司|师傅电话|免费上门|押一付[一三]|中介勿扰|精装[^,。!?;]{0,3}居|拎包入住|江景|大平层|收官|热线电话|见评论|评论区|私信|急售|出售|整租(?![屋房车])|出租(?![屋房车])|满五唯一"
    "|南北通透|限时|买一送一|特卖|开抢|劲销|组客户|教你|避坑|验房师|再付款|错过|爆款|开业|推新|近地铁|成交价|特惠|速抢|送车位|[0-9]万起"
)
_LACKING = (
    "没人|无人|不给|不让|不管|不理|不来|不修|不发|不退|不肯|不接|不回|不归|不通|不下来|没法|没地|没处|没商量|没说|没影|一直没|还没|都没(?!了)|也没|没给|没用|没水|没电|没修|没装"
    "|不见|不亮|不公|联系不上|空号|关机|石沉大海|泡汤|落空|打水漂|没拿|没住|只好|少了|缺|只肯|没消息|没下文|没着落|没动静|没通知|没见着|没规划|凑不[齐够]|不打招呼|(?:叫|让|推)我?[去找问][^,。!?;]{1,8},[^,。!?;]{0,8}(?:叫|让|推|说)我?[去找问归]|不如不|爱答不理"
    "|(?:办|落|上|进|出|用|买|打|开|睡|住|拿|取|提|退|修|领|交|接|找|过|关|吃|喝|洗|回|收|装|充|签|查|批)不(?:了|上|去|来|开|出|到|动|好|成|下来)"
)
_LONG = (
    rf"(?:{NUMERAL}|半|几|多|好几)个?(?:年|月|天|周|次|趟|回|遍|小时)(?!前的|内|度|轻)"
    "|天天|一直|至今|到现在|每次|又|半夜|凌晨|昨[晚夜]|整天|一到|一下雨|永远|头一个"
)
_DAMAGED = (
    "掉|砸|断|裂|塌|垮|漏|渗|霉|臭|堵|扒|飞下|冒烟|冒出|脏|烂|破|坏|吵|冷风|滑|油污|危险|刺鼻|异味|味道|锈|晃|淹|积水|撞|滚下|松动|冻|挖断|呛"
    "|弯了|歪了|倒了|往下溜|水泥块|跳闸|漏电|腥|馊|骚味|苍蝇|蚊虫|蟑螂|老鼠|黑毛|巨响|救护车|消防车|发黄|倒灌|往屋里|往家里|返水|滴水|轰隆|泡松|剥落|往下剥|灌胶水|异响|失灵|震得|杂草|长草|黑灯|摔了|绊倒|追着[^,。!?;]{0,8}打|头破|躺那|圈起来|平了"
)
_CHEATED = (
    "骗|坑|逼|偷|私自|私下|擅自|强行|假|威胁|恐吓|推给|踢|猫腻|关系户|一毛不|不公开|认错|糊弄|黑|一分|欠|拖|扣|占|敷衍|忽悠|翻倍|涨"
    "|拉黑|茅台|购物卡|不认账|变卦|改口|备给别人|甩脸|装聋|打太极|推来推去|只管|睁只眼|另外收|加收|多收|模板|拍个照|走过场|应付|摆设|空壳|是个壳|上坟|说坏就坏|说停就停|白交|白跑|白等|白干|摘了|缩水"
)
_UPSET = (
    "气死|愤怒|无语|寒心|心酸|崩溃|哭|跪|惨|可怜|怎么活|没法活"
    "|活不下去|老百姓|受不了|忍无可忍|绝望|过分|离谱|王法|良心|害怕|心慌|发慌|冒冷汗|腿软|提心|受罪|遭罪|心惊|求扩散|求曝光"
)
_STRONG = tuple(map(re.compile, (_LACKING, _DAMAGED, _CHEATED, _UPSET)))
"""Each is a way in which people complain and hardly say anything else."""
_WEAK = tuple(
    re.compile(words)
    for words in (
        # how long it has been so
        _LONG,
        "凭啥|凭什么|到底|究竟|谁(?!家)|怎么|为啥|为什么|难道|有没有人|什么时候|何时|啥时|说句话|求助|救命|求(?!购|租|职)|哪去|吗[?!]|呢[?!]?$|吧[?!]?$",
        "压根|根本|居然|竟然|才知道|才发现|偏偏|明明|说好|本来|连[^,。!?;]{1,6}都|结果",
        "老人|孩子|孕妇|婴儿|我家|我们家|!.{0,40}!",
    )
)
"""Each stands beside a complaint and by itself may be anything; two of them hardly are."""
_CONTENT = re.compile(
    "点赞|感谢|谢谢大家|满意|顺利|好样|真香|心情|好看|舒服|暖心|表扬|锦旗|恭喜|欢迎|公告|通告|举办|举行|落幕|发布|推出|启动|开展|召开|部署|完成率|完毕|恢复"
    "|名额|报名|拟|免费|面议|转让|回应|通报|介绍|记者从|据悉|电视剧|电影|综艺|剧集|接访|新增|配租|推行|宣传|更有保障|已完成|今年完成|返修|签字确认|获评|荣获|打卡|拼团|转让|求购|求租|出租(?![屋房车])|寻[猫狗人物]|捡到|失主|推荐|丰收|采摘"
    "|生日|志愿|邻里|圆满|开业|新开|挂牌|夺冠|烦恼|回忆|太美|真美|不错|漂亮|方便多|好吃|顺风车|怎么走|运动会|入队"
)
"""Beside these, complaints need a word of their own lists to be heard."""
_WEAK_NEEDED = 2
_FORMS = {
    name: re.compile(words)
    for name, words in {
        "grave": _GRAVE,
        "wrong": _WRONG,
        "plaint": _PLAINT,
        "actors": _ACTORS,
        "routine": _ROUTINE,
        "advert": _ADVERT,
    }.items()
}
_WARDED = r"不会|杜绝|防范|预防|严防|避免|防止|谨防|远离|如何|怎样|严禁"
_DENIED = {
    # 未发放工资 is a complaint: only harm and wrong are denied by a no.
    "grave": re.compile(rf"(?:未|无|没有|没|零|{_WARDED})[^,。!?;:、\n致]{{0,4}}$"),
    "wrong": re.compile(rf"(?:未发现|没有|零|{_WARDED})[^,。!?;:、\n]{{0,4}}$"),
    "plaint": re.compile(rf"(?:{_WARDED})[^,。!?;:、\n]{{0,4}}$"),
}
_BEFORE = 8
_WEIGHT = {"grave": 1.0, "wrong": 0.8, "plaint": 0.6}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """How a post speaks, each part 0 to 1; *words* are those that say so.

    *negative*: harm and complaint; *public*: whose business it is; *grave*: somebody came to harm.
    *advert*: it sells something.
    """

    negative: float = 0.0
    public: float = 0.0
    grave: bool = False
    advert: bool = False
    routine: bool = False
    words: tuple[str, ...] = ()

    @property
    def risk(self) -> float:
        """How much it is the public's business that somebody is harmed or complains, 0 to 1."""
        return self.negative * self.public


def tone(text: str) -> Tone:
    """Return how a text speaks."""
    spelled = plain(text).text
    found = {name: _undenied(name, spelled) for name in _FORMS}
    missing = 1.0
    for name, weight in _WEIGHT.items():
        for _ in dict.fromkeys(found[name]):
            missing *= 1 - weight * 0.55
    actors = len(dict.fromkeys(found["actors"]))
    negative = 1 - missing
    if found["routine"]:
        negative *= 0.5
    advert = len(set(found["advert"])) > 1 and not found["grave"]
    if advert:
        negative *= 0.3
    said = (*found["grave"], *found["wrong"], *found["plaint"])
    return Tone(
        negative=negative,
        public=min(1.0, 0.1 + 0.3 * actors),
        grave=bool(found["grave"]),
        advert=advert,
        routine=bool(found["routine"]),
        words=tuple(dict.fromkeys(said)),
    )


def complains(text: str) -> bool:
    """Tell whether something is not as it ought to be, in whatever words."""
    spelled = plain(text).text
    if not any(cue.search(spelled) for cue in _STRONG):
        weak = sum(cue.search(spelled) is not None for cue in _WEAK)
        if weak < _WEAK_NEEDED:
            return False
    return not _CONTENT.search(spelled)


def _undenied(name: str, text: str) -> list[str]:
    """Return the words of a list that stand there and are neither denied nor warded off."""
    found = _FORMS[name].finditer(text)
    denied = _DENIED.get(name)
    if denied is None:
        return [each[0] for each in found]
    return [each[0] for each in found if not denied.search(_before(each))]


def _before(found: re.Match[str]) -> str:
    return found.string[max(found.start() - _BEFORE, 0) : found.start()]
