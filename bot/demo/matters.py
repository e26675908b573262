"""What is said in public about the sample bureau, and what it does about each matter: invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType

PLATFORM, FORUM, HOTLINE = "舆情监测平台", "本地论坛监测", "12345热线转办"
SERVICES: Mapping[str, str] = MappingProxyType({PLATFORM: "", FORUM: "论坛", HOTLINE: "12345"})
"""Monitoring services that send, and what the posts of one are on where it does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a service sends, some minutes after it was posted."""

    service: str
    words: str
    platform: str = ""
    ago: int = 20
    likes: int = 0
    comments: int = 0
    views: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What happens at a time, *back* working days before today: posts come, or *who* says *words*.

    In words `{case}` is the matter's number, `{code:WORD}` the code of the alert with that word.
    """

    back: int
    at: time
    posts: tuple[Post, ...] = ()
    who: str = ""
    words: str = ""


Matter = tuple[Step, ...]
"""What becomes of one thing, in order."""


def _said(back: int, at: str, who: str, words: str) -> Step:
    return Step(back=back, at=time.fromisoformat(at), who=who, words=words)


def _seen(back: int, at: str, *posts: Post) -> Step:
    return Step(back=back, at=time.fromisoformat(at), posts=posts)


def _video(words: str, likes: int, comments: int = 0, ago: int = 20) -> Post:
    found = {"likes": likes, "comments": comments, "views": likes * 30, "ago": ago}
    return Post(service=PLATFORM, platform="抖音", words=words, **found)


def _blog(words: str, likes: int = 0, comments: int = 0, ago: int = 20) -> Post:
    found = {"likes": likes, "comments": comments, "views": likes * 12, "ago": ago}
    return Post(service=PLATFORM, platform="微博", words=words, **found)


def _forum(words: str, comments: int = 0, ago: int = 60) -> Post:
    return Post(service=FORUM, words=words, comments=comments, views=comments * 40, ago=ago)


def _hotline(words: str, ago: int = 90) -> Post:
    return Post(service=HOTLINE, words=words, ago=ago)


_LIFT: Matter = (
    _seen(
        13,
        "10:02",
        _video("翠湖小区3号楼电梯困人四十分钟，物业电话打不通，一个月第三次了", 860, 214),
    ),
    _seen(13, "10:31", _forum("翠湖小区3号楼电梯又把人关在里面，维保单位到底有没有来过", 46)),
    _said(13, "10:36", "zhoumin", "收到 {code:翠湖}"),
    _said(13, "10:36", "zhoumin", "定级 {case} 黄色"),
    _said(13, "10:36", "zhoumin", "交办 {case} 物业管理科 今天查清维保记录"),
    _said(13, "10:45", "liqiang", "收到 {code:翠湖}"),
    _said(13, "11:24", "wangfang", "核实 {case} 属实，门机故障，被困2人10点05分救出，无人受伤"),
    _seen(13, "13:40", _video("翠湖小区电梯困人后续：老人被救出来腿都软了", 2300, 540)),
    _said(
        13,
        "14:10",
        "wangfang",
        "口径 {case} 故障电梯已停用检修，我局已责成维保单位更换门机，并对该小区18部电梯逐部检查，"
        "结果在小区公示栏公布。",
    ),
    _said(13, "14:32", "liuwei", "同意口径 {case}"),
    _said(13, "15:05", "liqiang", "已回应 {case} 抖音本局账号评论区"),
    _seen(12, "09:46", _blog("翠湖小区电梯已经停下来检修了，住建局说全小区都要查一遍", 35, 12)),
    _said(12, "15:20", "wangfang", "续报 {case} 门机已更换，检验合格，今天下午恢复运行"),
    _said(12, "16:12", "liqiang", "观察舆情 {case} 3天"),
    _said(
        9,
        "10:20",
        "zhoumin",
        "办结舆情 {case} 门机已更换，18部电梯查完，整改5处，业主认可。"
        "复盘：维保单位没有按期检查，已约谈并记入信用档案",
    ),
)
_STALLED: Matter = (
    _seen(
        11,
        "09:35",
        _video(
            "东湖名邸停工半年了，说好去年交房，工地一个人都没有，几十户业主今天在售楼处讨说法",
            6200,
            1480,
        ),
        _blog("东湖名邸延期交房一年，开发商不接电话，贷款照样还", 420, 160),
    ),
    _said(11, "09:41", "yangxue", "收到 {code:东湖名邸}"),
    _said(11, "09:41", "yangxue", "定级 {case} 橙色"),
    _said(11, "09:41", "yangxue", "交办 {case} 房产市场科 马上到现场"),
    _said(11, "09:50", "gaofeng", "收到 {code:东湖名邸停工}"),
    _said(11, "09:50", "gaofeng", "收到 {code:到现场接待}"),
    _said(11, "09:50", "zhoumin", "收到 {code:通报公安}"),
    _said(11, "09:50", "liuwei", "收到 {code:约谈开发}"),
    _said(11, "09:50", "sunyu", "收到 {code:答复口径}"),
    _said(11, "10:10", "zhoumin", "解除 {code:通报公安} 已通报公安、信访和东湖街道，现场平稳"),
    _said(
        11, "10:10", "gaofeng", "解除 {code:到现场接待} 接待业主43户，推选代表5人，主要诉求是复工"
    ),
    _said(11, "10:22", "gaofeng", "核实 {case} 属实，总包欠款停工，5栋楼主体完工，涉及业主312户"),
    _seen(
        11,
        "11:20",
        _video("东湖名邸业主在售楼处等说法，住建局来人了", 9400, 2100),
        _forum("东湖名邸到底什么时候复工，有没有内部消息", 188),
        _blog("东湖名邸停工，监管账户里的钱还够不够盖完", 980, 310),
    ),
    _said(11, "11:30", "sunyu", "舆情上报 {case} 区委宣传部、区委网信办"),
    _said(
        11, "11:30", "zhoumin", "舆情批示 {case} 黄局：今天约谈开发企业，明确复工时间，当天对外答复"
    ),
    _said(
        11,
        "12:40",
        "gaofeng",
        "口径 {case} 我局已到现场接待业主，今天下午约谈开发企业和总包单位，复工安排今晚公布；"
        "预售监管资金账户由我局和银行共同监管，余额足够完成主体工程。",
    ),
    _said(11, "12:58", "liuwei", "同意口径 {case}"),
    _said(11, "13:10", "sunyu", "解除 {code:答复口径} 口径已审定并统一发布"),
    _said(11, "13:10", "gaofeng", "已回应 {case} 本局公众号、抖音本局账号"),
    _said(11, "13:10", "liuwei", "解除 {code:约谈开发} 开发企业承诺10日内复工，先付总包欠款的六成"),
    _said(11, "13:40", "gaofeng", "续报 {case} 业主代表5人和开发企业已坐下来谈，现场还有20人"),
    _said(11, "14:05", "sunyu", "专报 {case}"),
    _said(
        11,
        "14:05",
        "sunyu",
        "专报建议 {case} 一是派人驻点盯复工；二是每周公布进度；三是对监管资金拨付逐笔复核。",
    ),
    _said(11, "14:05", "sunyu", "发专报 {case}"),
    _seen(
        11,
        "15:40",
        _video("东湖名邸复工时间定了？开发商签了承诺书", 5100, 1220),
        _blog("东湖名邸的承诺书看到了，希望这次说话算数", 260, 90),
    ),
    _said(
        11,
        "17:02",
        "gaofeng",
        "续报 {case} 开发企业书面承诺10日内复工，业主代表已签收，现场业主全部离开",
    ),
    _said(11, "17:02", "gaofeng", "观察舆情 {case} 7天"),
    _seen(10, "10:15", _video("东湖名邸门口今天没人了，等复工", 1700, 330)),
    _seen(7, "11:05", _forum("东湖名邸停工半年，今天真的复工了，有工人进场", 64)),
    _said(4, "15:30", "liuwei", "办结舆情 {case} 已于昨天复工，进场工人60名，每周公布进度"),
)
_OLD_VIDEO: Matter = (
    _seen(10, "14:22", _video("滨河路一工地塔吊倒塌，压到两层工棚，有没有人受伤", 1500, 420)),
    _said(10, "14:26", "yangxue", "收到 {code:滨河路}"),
    _said(10, "14:26", "yangxue", "交办 {case} 质量安全科 马上核实"),
    _said(10, "14:33", "caobin", "收到 {code:滨河路}"),
    _said(
        10,
        "14:52",
        "qinfei",
        "核实 {case} 不属实，全区塔吊逐台查过都完好，画面是外省2023年的旧视频",
    ),
    _said(10, "15:05", "yangxue", "误报 {case} 经核实是外省2023年的旧视频，已请平台标注"),
)
_LAMPS: Matter = (
    _said(
        9,
        "09:38",
        "fanyan",
        "报舆情 微博有人说阳光花园门口的市政路灯坏了三个月没人修，老人摔了一跤",
    ),
    _said(9, "09:52", "zhoumin", "转出舆情 {case} 区城管局 市政路灯由区城管局维护"),
)
_RENTING: Matter = (
    _said(
        8,
        "10:25",
        "majun",
        "报舆情 12345有人反映公租房排队两年还没轮到，质疑配租不公开，要求公布名单",
    ),
    _said(8, "12:05", "dengli", "收到 {code:公租房}"),
    _said(8, "14:12", "zhoumin", "定级 {case} 蓝色"),
    _said(8, "14:12", "zhoumin", "交办 {case} 住房保障科"),
    _said(8, "14:40", "dengli", "收到 {code:公租房}"),
    _said(8, "16:10", "majun", "核实 {case} 部分属实，轮候名单每季度公布，本季度的晚了一周"),
    _said(
        7, "10:30", "majun", "口径 {case} 本季度轮候名单今天在本局网站公布，摇号过程由公证处监督。"
    ),
    _said(7, "11:02", "liuwei", "同意口径 {case}"),
    _said(7, "15:18", "dengli", "已回应 {case} 本局网站、12345热线回复"),
    _said(6, "10:45", "zhoumin", "办结舆情 {case} 名单已公布，来电人满意"),
)
_PIPE: Matter = (
    _said(
        6,
        "14:03",
        "chenjing",
        "紧急信息：建设西路施工挖断燃气管道，燃气泄漏，周边约60户受影响，暂无人员伤亡",
    ),
    _said(6, "14:05", "zhaolei", "收到 {code:关阀}"),
    _said(6, "14:05", "songwei", "收到 {code:疏散}"),
    _said(6, "14:05", "zhoumin", "收到 {code:对外答复}"),
    _said(6, "14:05", "yangxue", "收到 {code:带队}"),
    _said(6, "14:05", "zhaolei", "收到 {code:紧急1}"),
    _said(6, "14:09", "chenjing", "今天下午1点50分，施工单位挖掘机挖断，已关阀，正在疏散周边群众"),
    _said(6, "14:14", "zhaolei", "解除 {code:关阀} 14点10分已关阀，影响60户"),
    _said(6, "14:14", "chenjing", "已电话报告 区委值班室"),
    _said(6, "14:20", "songwei", "解除 {code:疏散} 已疏散60户，拉起警戒线"),
    _said(6, "14:20", "yangxue", "解除 {code:带队} 已到现场，抢修队正在换管"),
    _said(6, "14:36", "yangxue", "签发紧急1"),
    _said(6, "14:36", "chenjing", "已书面报告 区委办公室"),
    _said(6, "14:50", "zhoumin", "解除 {code:对外答复} 已发布停气通告和抢修进展"),
    _seen(6, "15:02", _video("建设西路封路停气，几十户做不了饭，什么时候恢复没人说", 740, 190)),
    _said(6, "15:06", "yangxue", "收到 {code:建设西路封路}"),
    _said(6, "15:06", "yangxue", "定级 {case} 黄色"),
    _said(6, "15:06", "zhoumin", "交办 {case} 燃气管理科"),
    _said(6, "15:12", "zhaolei", "收到 {code:建设西路封路}"),
    _said(6, "15:12", "zhaolei", "关联舆情 {case} 紧急1"),
    _said(6, "15:12", "chenjing", "核实 {case} 属实，施工挖断，无人员伤亡"),
    _said(6, "15:40", "chenjing", "续报紧急 管道已更换完成，正在试压，17点前恢复供气"),
    _said(6, "15:52", "yangxue", "签发紧急1"),
    _said(6, "15:52", "chenjing", "已书面报告 区委办公室"),
    _said(
        6,
        "16:05",
        "chenjing",
        "口径 {case} 抢修已完成，今天17点前恢复供气；挖断管道的施工单位已停工，由我局立案调查。",
    ),
    _said(6, "16:05", "yangxue", "同意口径 {case}"),
    _said(6, "16:05", "zhaolei", "已回应 {case} 本局公众号、社区业主群"),
    _said(
        6, "17:05", "chenjing", "终报紧急 17点整恢复供气，60户居民全部回家，施工单位已停工接受调查"
    ),
    _said(6, "17:05", "yangxue", "签发紧急1"),
    _said(6, "17:05", "chenjing", "已书面报告 区委办公室"),
    _said(5, "09:50", "zhaolei", "观察舆情 {case} 2天"),
    _said(
        3,
        "10:10",
        "yangxue",
        "办结舆情 {case} 已恢复供气，施工单位已立案。复盘：动土前没有交底，已要求全区先交底再开挖",
    ),
)
_WAGES: Matter = (
    _seen(
        5,
        "10:12",
        _video("青石村安置房工地拖欠工资三个月，十几个工人在项目部等着要钱", 1900, 410),
    ),
    _said(5, "10:20", "yangxue", "收到 {code:青石村}"),
    _said(5, "10:20", "yangxue", "定级 {case} 黄色"),
    _said(5, "10:20", "yangxue", "交办 {case} 城市建设科"),
    _said(5, "10:32", "songwei", "收到 {code:青石村}"),
    _seen(5, "10:58", _hotline("来电人称在青石村安置房工地做木工，工资一直不发，共有18人")),
    _said(5, "11:15", "luohao", "核实 {case} 属实，分包单位欠薪18人共46万元"),
    _said(
        5, "14:10", "luohao", "口径 {case} 总包单位今天先行垫付工资，我局会同人社部门现场监督发放。"
    ),
    _said(5, "14:20", "yangxue", "同意口径 {case}"),
    _said(5, "16:30", "songwei", "已回应 {case} 12345热线回复、抖音本局账号"),
    _seen(4, "10:05", _blog("青石村工地的工资今天真发了，住建局和人社局的人都在现场", 88, 23)),
    _said(4, "10:30", "luohao", "续报 {case} 18人工资46万元已全部发放，工人已签字"),
    _said(4, "10:55", "songwei", "观察舆情 {case} 7天"),
)
_CRACKS: Matter = (
    _seen(
        3,
        "10:40",
        _video("和平里老楼墙体开裂能伸进手指，住着二十多户老人，报了一个月没人来看", 1300, 366),
    ),
    _said(3, "10:52", "zhoumin", "收到 {code:和平里}"),
    _said(3, "10:52", "zhoumin", "定级 {case} 黄色"),
    _said(3, "10:52", "zhoumin", "交办 {case} 房屋安全中心"),
    _said(3, "11:12", "duanping", "收到 {code:和平里}"),
    _said(3, "15:20", "panlei", "核实 {case} 部分属实，裂缝是抹灰层开裂，是否影响结构要等鉴定"),
    _seen(2, "09:55", _forum("和平里那栋裂了的老楼，有人来拍过照片了，后面呢", 58)),
    _said(2, "11:15", "panlei", "续报 {case} 已委托鉴定机构，危险部位拉了警戒线"),
    _seen(2, "15:30", _video("和平里开裂的老楼今天来了鉴定的人，老人还住在里面", 2100, 480)),
    _said(1, "14:50", "panlei", "续报 {case} 鉴定机构今天进场，住户暂住社区安排的周转房"),
)
_FEES: Matter = (
    _said(
        2,
        "09:32",
        "wangfang",
        "报舆情 业主群里转发帖子说锦绣江南物业费没开会就涨到2.8元，收费不公示，点赞300",
    ),
    _said(2, "12:06", "liqiang", "收到 {code:锦绣江南}"),
    _said(2, "14:20", "zhoumin", "定级 {case} 蓝色"),
    _said(2, "14:20", "zhoumin", "交办 {case} 物业管理科"),
    _said(2, "14:50", "liqiang", "收到 {code:锦绣江南}"),
    _said(2, "15:30", "wangfang", "核实 {case} 部分属实，业主大会开过，票数没有公示"),
    _seen(2, "16:02", _blog("锦绣江南物业涨价不开业主大会，公共收益也不公示", 120, 44)),
    _said(
        2,
        "16:20",
        "wangfang",
        "口径 {case} 已责成物业公示业主大会票数和收费明细，公示期间仍按原标准收费。",
    ),
    _said(2, "16:31", "liuwei", "同意口径 {case}"),
    _said(2, "17:05", "liqiang", "已回应 {case} 小区公示栏、业主群"),
    _said(1, "10:30", "wangfang", "续报 {case} 票数和收费明细今天已公示"),
)
_CLUES: Matter = (
    _said(
        12,
        "09:30",
        "chenjing",
        "线索：外地突发 某市一餐饮店燃气爆燃致3人受伤 https://www.example.com/news/101",
    ),
    _said(12, "10:10", "zhoumin", "办结线索 1 已转燃气管理科，用作警示案例"),
    _said(
        9,
        "10:05",
        "xuting",
        "线索：新政策 住建部印发城市房屋全生命周期管理试点通知 https://www.example.com/news/102",
    ),
    _said(9, "11:30", "sunyu", "线索成稿 2"),
    _said(
        9,
        "11:30",
        "sunyu",
        "区住建局对照新通知梳理房屋体检、养老金、保险三项试点任务，提出今年先做的5件事。",
    ),
    _said(9, "11:30", "sunyu", "完成"),
    _said(
        4,
        "09:40",
        "wangfang",
        "线索：外地做法 邻市推行电梯“物联网+按需维保” https://www.example.com/news/103",
    ),
    _said(
        4,
        "14:05",
        "panlei",
        "线索：外地做法 邻市电梯装传感器按需维保，故障少了三成 https://www.example.com/news/104",
    ),
    _said(4, "15:10", "zhoumin", "合并线索 4 3"),
    _said(
        1,
        "09:50",
        "luohao",
        "线索：苗头 某市业主群在传装配式住宅渗水照片，还没有回应 https://www.example.com/news/105",
    ),
)
_EXERCISE: Matter = (
    _said(9, "15:00", "zhoumin", "演练 房屋坍塌应急预案"),
    _said(9, "15:02", "panlei", "收到 {code:核实被困}"),
    _said(9, "15:02", "luohao", "收到 {code:疏散相邻}"),
    _said(9, "15:02", "zhoumin", "收到 {code:临时安置}"),
    _said(9, "15:05", "yangxue", "收到 {code:带队}"),
    _said(9, "15:05", "sunyu", "收到 {code:拟对外}"),
    _said(9, "15:14", "panlei", "解除 {code:核实被困} 模拟住户名册已核对，报消防救援2人被困"),
    _said(9, "15:14", "luohao", "解除 {code:疏散相邻} 相邻两栋48户已疏散，水电气已断"),
    _said(9, "15:26", "yangxue", "解除 {code:带队} 已到现场，专家评估没有次生风险"),
    _said(9, "15:26", "sunyu", "解除 {code:拟对外} 口径已拟好"),
    _said(9, "16:05", "zhoumin", "解除 {code:临时安置} 48户在社区活动中心临时安置"),
)
FRESH = (
    _forum("阳光花园老旧小区改造屋面没做好，一下雨顶楼就漏水，找施工队都推", 39, ago=50),
    _video("阳光花园改造后顶楼漏水，墙皮都掉了", 150, 31),
)
"""What has just come in and nobody has taken."""
MATTERS: tuple[Matter, ...] = (
    _LIFT,
    _STALLED,
    _OLD_VIDEO,
    _LAMPS,
    _RENTING,
    _PIPE,
    _WAGES,
    _CRACKS,
    _FEES,
    _CLUES,
    _EXERCISE,
)
AMBIENT = (
    _blog("周末想带孩子去滨河公园，停车方便吗", 12, 9),
    _forum("求推荐靠谱的装修队，一百平简装", 31),
    _hotline("来电人咨询公积金提取还贷需要带什么材料"),
    _blog("外省某市一商住楼外墙脱落砸中两车，无人受伤", 310, 55),
    _forum("东湖边新开的菜市场挺干净，就是停车难", 17),
    _hotline("来电人咨询老旧小区加装电梯的补贴标准"),
    _video("带大家看看滨河路夜景灯光", 640, 38),
    _forum("本地二手房最近带看多了没有", 52),
    _hotline("来电人感谢房屋安全中心上门看房，答复很及时"),
    _blog("今年冬天供暖前检查来得早，给物业点个赞", 44, 6),
    _forum("出租次卧，近地铁口，押一付一，可短租", 3),
    _hotline("来电人咨询农村自建房审批到哪里办"),
    _video("邻省一工地脚手架垮塌致1人受伤，已停工调查", 2800, 330),
    _forum("阳台封窗物业要不要同意", 24),
    _hotline("来电人咨询购房资格证明怎么开"),
    _blog("口袋公园修得不错，晚上好多人跳舞", 73, 15),
    _forum("二手家电转让，冰箱洗衣机，自提", 2),
    _hotline("来电人咨询公租房申请条件"),
    _video("老旧小区改造前后对比，变化太大了", 920, 66),
    _forum("周边哪家健身房不推销", 29),
    _hotline("来电人咨询施工许可网上办理进度"),
)
"""What comes every day besides: nothing of it is a case."""
