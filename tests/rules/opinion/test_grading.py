"""What grade is suggested for what an officer or a feed says, and why."""

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.opinion.casualties import Casualties, casualties
from handlers.rules.opinion.grading import Event, Suggestion, suggest
from handlers.rules.opinion.matching import Matcher, Post
from handlers.rules.opinion.signs import Medium, Signs, signs
from handlers.rules.opinion.topics import read_topics
from storage.vocabulary import Grade

READ = read_topics(files("handlers.rules.opinion").joinpath("housing.topics").read_text("utf-8"))
MATCHER = Matcher(READ.topics, READ.filters)
GRADES = list(Grade)


def judged(text: str) -> Suggestion:
    hits = MATCHER.hits(Post.of(text))
    topics = tuple(dict.fromkeys((hit.topic.name, hit.topic.severity) for hit in hits))
    return suggest(Event(topics=topics, signs=signs(text), harm=casualties(text)))


def test_the_topics_that_are_shipped_have_no_fault() -> None:
    assert READ.faults == ()
    assert MATCHER.faults == []


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("翠湖小区电梯又坏了 老人被困", Grade.YELLOW),
        ("桂花苑3号楼电梯故障，两名居民被困其中", Grade.YELLOW),
        ("电梯困人半小时，物业才来", Grade.YELLOW),
        ("把搬家师傅关在电梯里", Grade.YELLOW),
        ("我婆婆昨晚被困在桂花苑3栋电梯里四十分钟", Grade.YELLOW),
        ("电梯故障困住5人，消防已救出", Grade.BLUE),
        ("昨晚电梯困人，人已平安出来", Grade.BLUE),
        ("电梯困人应急演练在翠湖小区举行", Grade.BLUE),
        ("电梯维保到位，全年无困人事件", Grade.BLUE),
        ("防止电梯困人，物业更换钢丝绳", Grade.BLUE),
        ("电梯停运半个月，八十岁老人困在家里", Grade.BLUE),
    ],
)
def test_a_lift_that_has_held_people_is_yellow_at_least(text: str, grade: Grade) -> None:
    """But for what is exercised, and where they are told to be out; who still is, is orange."""
    assert judged(text).grade is grade
    assert signs("现在电梯里还困着一个孕妇").trapped


@pytest.mark.parametrize(
    ("text", "grade", "because"),
    [
        ("翠湖小区停水两天了", Grade.BLUE, ["涉及水电气暖+2"]),
        ("抖音有人发视频说金色家园烂尾 点赞2万", Grade.YELLOW, ["涉及烂尾断供+3", "热度2万+2"]),
        ("抖音有人发视频说金色家园烂尾 点赞1.2万", Grade.YELLOW, ["涉及烂尾断供+3", "热度1.2万+2"]),
        ("几十个业主在售楼处门口拉横幅", Grade.YELLOW, ["聚集、上访等+3"]),
        ("省台记者暗访物业乱收费", Grade.YELLOW, ["涉及物业服务+2", "省级媒体+2"]),
        ("讨薪的农民工爬塔吊，扬言要跳", Grade.ORANGE, ["涉及讨薪+3", "聚集、上访等+3"]),
        (
            "1200名业主围堵住建局大门",
            Grade.ORANGE,
            ["聚集、上访等+3", "聚集100人以上，不低于橙色"],
        ),
        (
            "工地塔吊倒了，砸死一个人",
            Grade.ORANGE,
            ["涉及施工安全+3", "有人员伤亡+3"],
        ),
        (
            "物业打人，两人受伤，视频播放80万+",
            Grade.RED,
            ["涉及物业冲突+3", "有人员伤亡+3", "热度80万+3"],
        ),
        ("某地楼歪歪上了微博热搜", Grade.ORANGE, ["涉及质量险情+3", "中央媒体或热搜+3"]),
        ("网传烂尾系谣言，已辟谣", Grade.BLUE, ["涉及烂尾断供+3", "已有处置或辟谣-1"]),
        ("危房改造竣工", Grade.BLUE, ["涉及房屋安全+1", "已有处置或辟谣-1"]),
        ("防范燃气泄漏应急演练", Grade.BLUE, ["已有处置或辟谣-1"]),
        ("某明星人设塌房", Grade.BLUE, []),
        ("路灯不亮", Grade.BLUE, ["涉及物业服务、城市管理+2"]),
        ("雨过天晴", Grade.BLUE, []),
    ],
)
def test_what_is_suggested(text: str, grade: Grade, because: list[str]) -> None:
    suggestion = judged(text)
    said = [f"{part.said}{part.points:+}" for part in suggestion.parts]
    assert (suggestion.grade, [*said, *suggestion.floors]) == (grade, because)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("金色家园3栋的墙往外鼓，晚上听见响", "涉及质量险情+3"),
        ("基坑边上的路裂了，旁边的楼也斜了，住户连夜搬出来", "涉及质量险情、施工安全+3"),
        ("电梯从8楼直接掉到2楼", "涉及质量险情+3"),
        ("锦绣城7楼着火，窗户往外喷火", "涉及小区火情+3"),
        ("阳光里2栋3单元着了火，消防栓没水", "涉及小区火情+3"),
        ("昨晚着火，烧了两户", "涉及小区火情+3"),
        ("社区中午开展防火灾宣传，排查火灾隐患", ""),
        ("锦绣城楼上的火烧云好美，像大火一样", ""),
        ("工地挖断了燃气管道，两个小区停气", "涉及燃气险情+3"),
        ("几家喝了自来水上吐下泻", "涉及水电气暖+2"),
        ("保安打业主，派出所让私了", "涉及物业冲突+3"),
        ("一千多万维修基金不翼而飞", "涉及公积金+2"),
        ("合同网签不了", "涉及预售违法+3"),
        ("村民说补偿没到位", "涉及征地用地+2"),
    ],
)
def test_what_is_dangerous_is_known_in_other_words(text: str, topic: str) -> None:
    found = [f"{part.said}{part.points:+}" for part in judged(text).parts]
    assert [each for each in found if each.startswith("涉及")] == ([topic] if topic else [])


@pytest.mark.parametrize(
    ("text", "heat"),
    [
        ("点赞2万", 20_000),
        ("金色家园烂尾 https://v.douyin.com/a1 点赞2万", 20_000),
        ("请打13812345678 点赞2万", 20_000),
        ("找张三 点赞量超2万", 20_000),
        ("3万点赞 2万转发", 30_000),
        ("转发3.5w", 35_000),
        ("播放量破一百万", 1_000_000),
        ("已有800多评论", 800),
        ("阅读１２００", 1_200),
        ("赞同这个做法", 0),
        ("点赞已经超过2万", 20_000),
        ("播放量：35万", 350_000),
        ("评论区有13人说也漏水", 0),
        ("播放5万，评论有2人表示要去区政府", 50_000),
        ("播放量 35.6 万次", 356_000),
        ("点赞数为3万", 30_000),
        ("阅读量突破100万", 1_000_000),
        ("播放破百万", 1_000_000),
        ("阅读10万+", 100_000),
        ("10W+阅读", 100_000),
        ("点赞过万", 10_000),
        ("浏览几十万", 200_000),
        ("上万点赞", 10_000),
        ("2万多人点赞", 20_000),
        ("5万人看过", 50_000),
        ("三万多名网友围观", 30_000),
        ("评论区3000多条", 3_000),
        ("被转发了两千多次", 2_000),
        ("转至2026年底交房", 0),
        ("收藏的30000元定金不退", 0),
        ("200多人围观", 0),
    ],
)
def test_heat_is_read_as_people_write_it(text: str, heat: int) -> None:
    assert signs(text).heat == heat


@pytest.mark.parametrize(
    ("text", "medium"),
    [
        ("被新华视点点名", Medium.NATION),
        ("上了抖音热榜第三", Medium.NATION),
        ("冲上同城热搜第3", Medium.CITY),
        ("红星新闻记者已经联系业主", Medium.PROVINCE),
        ("百万粉丝博主转发了", Medium.CITY),
        ("物业群里有人发了", Medium.LOCAL),
    ],
)
def test_who_tells_of_it_is_heard_by_name(text: str, medium: Medium) -> None:
    assert signs(text).medium is medium


@pytest.mark.parametrize(
    ("text", "crowd", "affected", "trapped"),
    [
        ("一百多号人把售楼处围得水泄不通", 100, 0, False),
        ("业主们自发集结上千人", 1000, 0, False),
        ("数十名村民阻拦施工", 20, 0, False),
        ("停气两天，2000多名业主受影响", 0, 2000, False),
        ("3名业主反映停水", 0, 0, False),
        ("围墙倒了，底下埋着人", 0, 0, True),
        ("工人掉进基坑上不来", 0, 0, True),
    ],
)
def test_crowds_the_affected_and_the_trapped(
    text: str, crowd: int, affected: int, *, trapped: bool
) -> None:
    found = signs(text)
    assert (found.crowd, found.affected, found.trapped) == (crowd, affected, trapped)


EVENTS = st.builds(
    Event,
    topics=st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(1, 3)), max_size=3).map(tuple),
    signs=st.builds(
        Signs,
        mass=st.sampled_from([0, 2, 3]),
        crowd=st.integers(0, 500),
        medium=st.sampled_from(Medium),
        heat=st.integers(0, 10**6),
        softened=st.booleans(),
    ),
    harm=st.builds(
        Casualties, dead=st.integers(0, 40), hurt=st.integers(0, 99), poisoned=st.integers(0, 99)
    ),
    trapped=st.booleans(),
    rising=st.booleans(),
    sensitive_period=st.booleans(),
)


@given(EVENTS)
def test_the_parts_add_up_and_the_floors_hold(event: Event) -> None:
    suggestion = suggest(event)
    assert suggestion.points == sum(part.points for part in suggestion.parts)
    if event.harm.dead or event.trapped or event.signs.medium is Medium.NATION:
        assert GRADES.index(suggestion.grade) >= GRADES.index(Grade.ORANGE)
    if event.harm.dead >= 10:
        assert suggestion.grade is Grade.RED


@pytest.mark.parametrize(
    ("harm", "grade"),
    [
        (Casualties(hurt=10), Grade.YELLOW),
        (Casualties(poisoned=30), Grade.YELLOW),
        (Casualties(hurt=9, poisoned=29), Grade.BLUE),
    ],
)
def test_many_hurt_or_poisoned_are_yellow_though_all_is_done(
    harm: Casualties, grade: Grade
) -> None:
    assert suggest(Event(harm=harm, signs=Signs(softened=True))).grade is grade


@given(EVENTS, st.integers(1, 30))
def test_more_dead_never_means_a_lighter_grade(event: Event, more: int) -> None:
    harm = event.harm
    graver = Casualties(dead=harm.dead + more, hurt=harm.hurt, poisoned=harm.poisoned)
    heavier = Event(
        topics=event.topics,
        signs=event.signs,
        harm=graver,
        trapped=event.trapped,
        rising=event.rising,
        sensitive_period=event.sensitive_period,
    )
    assert GRADES.index(suggest(heavier).grade) >= GRADES.index(suggest(event).grade)
