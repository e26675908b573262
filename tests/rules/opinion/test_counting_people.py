"""A number of people is read alike in whatever frame and spelling it stands: the dead, the hurt,
those trapped, those who came together; and what is feared, denied or only said so is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.opinion.casualties import casualties
from handlers.rules.opinion.people import least
from handlers.rules.opinion.signs import signs


def each(texts: str) -> list[str]:
    """Return the texts between bars."""
    return texts.split("|")


SPELLED = {2: "2 两 二 ２", 3: "3 三", 5: "5 五 ５", 12: "12 十二 十二", 20: "20 二十 二十多 20余"}
COUNTS = st.sampled_from(
    [(size, word) for size, words in SPELLED.items() for word in words.split()]
)
DEAD = each(
    "事故造成{}人死亡|已致{}死|塔吊倒了，砸死{}个人|{}名工人不幸遇难|坍塌事故{}人遇难，仍在搜救|工地塌了，死了{}个人|听说没了{}个人，工地塌了"
    "|死亡{}人，受伤1人|{}人经抢救无效死亡|火灾夺走{}条人命|现场抬出{}具遗体|死亡人数升至{}人|已有{}人在这次坍塌中丧生|遇难者人数增加到{}人|{}个民工被活活砸死"
    "|煤气中毒死了{}口人|{}位老人在火灾中去世|{}个工友就这么走了，楼板塌下来|截至目前，{}人已无生命体征|塌方，挖出来的时候{}个人都没了呼吸|{}条人命就这么没了"
    "|{}人因伤势过重死亡|有{}个工人摔死了|昨日通报1人死亡，今天死亡人数升至{}人"
)
HURT = each(
    "事故造成{}人受伤|砸伤{}人|{}人轻伤|{}个人被砸伤|致{}人重伤|{}名伤者已送医|{}位居民被烧伤|{}个孩子被玻璃划伤|伤了{}个人|{}个工人骨折|塌了，送医{}人"
    "|{}个人受了伤|打伤{}名村民|{}人不同程度受伤|{}人住院，墙塌了|受伤人数升至{}人|{}个人被打进医院"
)
TRAPPED = each(
    "{}人被困|{}名工人被埋|{}个人还埋在下面|还有{}人失联|底下压着{}个人|里面困了{}个人|{}人下落不明|塌方埋了{}人|{}个人没跑出来|废墟下还有{}人"
)
CROWDS = each(
    "{}人围堵售楼处|{}名业主到区政府上访|{}户业主拉横幅|{}个工人堵在项目部门口|售楼处聚集了{}人|{}名村民拦住挖机|区政府门口来了{}个业主要说法|{}人联名"
)


@given(st.sampled_from(DEAD), COUNTS)
def test_the_dead_are_counted_in_every_frame(frame: str, count: tuple[int, str]) -> None:
    size, word = count
    assert casualties(frame.format(word)).dead == size


@given(st.sampled_from(HURT), COUNTS)
def test_the_hurt_are_counted_in_every_frame(frame: str, count: tuple[int, str]) -> None:
    size, word = count
    read = casualties(frame.format(word))
    assert (read.hurt, read.dead) == (size, 0)


@given(st.sampled_from(TRAPPED), COUNTS)
def test_who_is_trapped_is_seen_in_every_frame(frame: str, count: tuple[int, str]) -> None:
    assert signs(frame.format(count[1])).trapped


@given(st.sampled_from(CROWDS), COUNTS)
def test_a_crowd_is_counted_in_every_frame(frame: str, count: tuple[int, str]) -> None:
    size, word = count
    assert signs(frame.format(word)).crowd == size


@pytest.mark.parametrize(
    ("word", "size"),
    [
        ("仨", 3),
        ("俩", 2),
        ("十来", 10),
        ("十几", 10),
        ("二十几", 20),
        ("几十", 20),
        ("数十", 20),
        ("五六十", 50),
        ("十五六", 15),
        ("二十七八", 27),
        ("四五", 4),
        ("两三", 2),
        ("近百", 90),
        ("上百", 100),
        ("百余", 100),
        ("百十来", 100),
        ("三四百", 300),
        ("好几百", 200),
        ("千余", 1000),
        ("1200", 1200),
    ],
)
def test_what_is_not_exact_is_the_least_that_it_says(word: str, size: int) -> None:
    assert least(word) == size


@given(st.integers(1, 9999))
def test_a_number_in_figures_is_itself(size: int) -> None:
    assert least(str(size)) == size


@pytest.mark.parametrize(
    ("text", "dead", "hurt"),
    [
        ("之前说死一个，现在又走了一个，两死两伤了，工地塌的", 2, 2),
        ("又有1人抢救无效死亡。事故累计造成3人死亡", 3, 0),
        ("造成2人死亡，3人受伤，其中1人重伤", 2, 3),
        ("网传死了5个人不实，实为1人受伤", 0, 1),
        ("埋了仨，砸死俩", 2, 0),
        ("锦绣城塌了，2伤1亡", 1, 2),
    ],
)
def test_a_total_counts_before_its_parts(text: str, dead: int, hurt: int) -> None:
    read = casualties(text)
    assert (read.dead, read.hurt) == (dead, hurt)


@pytest.mark.parametrize(
    "text",
    each(
        "暂无人员伤亡|所幸无人受伤|幸亏没砸到人|差点砸死人|早晚要出人命|热死人了|吵死人|房贷压死人|一家三口租房|非要砸死人才管吗|等出了人命就晚了"
        "|死活不肯修|死路一条|网传死了3个人，系谣言|辟谣：网传2死5伤不实|死角没人扫|12名业主去投诉，没了下文|10个工人走了，工地空了|三个售楼员都走了"
        "|树死了三棵|物业跟死了一样|3个路灯坏了没人修|2人被批评教育|为避免伤亡，已封闭|没有死人别瞎说|如果塌了会死很多人|28楼爬断腿|伤不起|受害者业主联盟"
        "|8户墙面受损|这楼5年没人住了"
    ),
)
def test_what_is_feared_denied_or_only_said_so_is_nobody(text: str) -> None:
    read = casualties(text)
    assert (read.dead, read.hurt, read.poisoned) == (0, 0, 0)


@pytest.mark.parametrize(
    "text",
    each(
        "3名被困工人全部救出|无人员被困|被困人员已安全脱困|业主被困扰多年|4人被困电梯已救出|开发商失联|老板失踪，工资没发|电梯困人三次了，物业不修"
    ),
)
def test_who_is_free_again_or_hides_is_not_trapped(text: str) -> None:
    assert not signs(text).trapped


@pytest.mark.parametrize(
    ("text", "is_retold"),
    [
        ("二十年前的今天，老纺织厂大火47人遇难", True),
        ("坍塌案一审宣判，项目经理获刑四年", True),
        ("通报外省事故：某工地7人死亡，要求举一反三", True),
        ("法院判了三年，开发商还是不赔", False),
        ("不是演练！真有人困在里面", False),
    ],
)
def test_what_is_of_the_past_or_to_learn_from_is_only_retold(text: str, *, is_retold: bool) -> None:
    assert signs(text).retold is is_retold
