"""What people say about themselves: who they are, where they moved, who is whose officer."""

import re

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.patterns import later
from handlers.kit.slots import when
from handlers.kit.words import PERSON, UNIT

_SECTION = r"[一-鿿]{1,6}?(?:科|股|处|办公室|室|中心|大队|支队|站|所|办)"
_POSITION = later(
    r"(?:副?(?:科长|股长|处长|主任|局长|所长|站长|队长)|信息员|科员|干事|主办"
    r"|负责人|科室负责人|一级主任科员|二级主任科员|四级调研员)"
)
_PHONE = later(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_GONE = r"(?:调到|调去|调整到|转到|换到|轮岗到|调任|调回|调入|借调到?|分到)"
_OTHER = (
    rf"^(?:把|将|请把|麻烦把)?(?P<x>{PERSON})(?:同志)?(?:已经?|现在|今天起)?(?:从{UNIT})?"
    rf"{_GONE}了?{UNIT}"
)
_OTHER_MOVED = later(_OTHER)


def _phone(heard: Heard) -> Slots:
    found = _PHONE.search(re.sub(r"(?<=\d)[\s-](?=\d)", "", heard.plain))
    return {"phone": found[0]} if found else {}


def _unit(heard: Heard) -> Slots:
    for form in (
        (
            rf"(?:我是|我在|我叫\S{{2,3}}[,\s]*|调到|调去|调整到|转到|去|到|换到|改成"
            rf"|现在|去了|改到|借调到?|分到|归|来自|单位是?:?"
            rf"|科室是?:?)\s?(?P<x>{UNIT}|(?![一-鿿]{{0,2}}(?:是|叫)){_SECTION})"
        ),
        (
            rf"(?P<x>{UNIT}|(?:(?![我叫是的在让把将给请从由])[一-鿿]){{2,6}}?(?:科|股|处|办公室"
            rf"|室|中心|大队|支队|站|所|办))(?!长|员)"
        ),
    ):
        if found := re.search(form, heard.plain):
            return {"unit": re.sub(r"^(?:以后|今后|往后|从今|了|在)+", "", found["x"])}
    return {}


def _name(heard: Heard) -> Slots:
    text = _PHONE.sub(" ", heard.plain)
    for form in (
        (
            r"(?:我叫|姓名是?:?|名字(?:是|叫):?|叫)\s?(?P<x>[一-鿿]{2,4}?)(?=[,.\s,;]"
            r"|$|是|在|手机|电话)"
        ),
        rf"(?:更换|换人|让|由)[:,\s]*(?P<x>{PERSON})(?=[,.\s接当做任]|$)",
        (
            rf"(?:换成|改成|改为|换为|变成|改由|换了?|由|定为|是)(?P<x>{PERSON})(?=[,.!\s吧了来哈啦]"
            rf"|担任|接任|接替|接手|当|$)"
        ),
        (
            rf"(?:科|股|处|室|办|中心|站|所|大队)(?:的|长|副科长|信息员"
            rf"|主任)?\s?(?P<x>{PERSON})(?=[,.!\s\d:]|手机|电话|$|来报到|报到)"
        ),
        rf"^(?:我是|我叫|本人(?:是|叫)?|俺是|这里是|新来的,?)?(?P<x>{PERSON})(?=[,.\s]|$)",
        rf"我是.{{0,8}}?(?P<x>{PERSON})(?=[,.\s]|手机|电话|$)",
    ):
        if found := re.search(form, text):
            return {"name": found["x"]}
    return {}


def _other(heard: Heard) -> Slots:
    found = _OTHER_MOVED.search(heard.plain)
    return {"name": found["x"], "moved": True} if found else {}


def _position(heard: Heard) -> Slots:
    found = _POSITION.search(heard.plain)
    return {"position": found[0]} if found and "信息员换" not in heard.plain else {}


bind = Meaning(
    name="bind",
    words=("绑定", "注册"),
    cues=(
        cue(
            rf"^(?:你好|您好)?[,\s]*(?:我是|我叫|本人|这里是|俺是).{{0,4}}(?:{UNIT}"
            rf"|[一-鿿]{{2,8}}(?:科|股|处|室|办|中心|站"
            rf"|所)).{{0,4}}(?:的)?(?:{PERSON})?",
            7,
            unless=r"退|稿|谁|几|吗$|不是",
        ),
        cue(
            r"(?:绑定|登记|注册|bangding|认证|激活|报到).{0,12}",
            6,
            unless=r"采用|舆情|批示|成绩|登记错|登记成",
        ),
        cue(r"绑定.{0,8}我(?:是|叫)", 9),
        cue(
            r"(?<!\d)1[3-9]\d{9}(?!\d)",
            5,
            unless=r"换(?:了)?(?:手机|号|电话)|改(?:了|成)|记者|稿|舆情",
        ),
        cue(r".", 6, during="ask:name ask:phone ask:unit", unless=r"取消|算了"),
        cue(rf"^我(?:是|叫)(?:{PERSON})[,.\s]*", 5, unless=r"稿|退"),
        cue(r"^(?:姓名|名字)\s?[:]", 7),
    ),
    slots=(_unit, _name, _phone, _position),
    asks=("name", "phone", "unit"),
)

profile = Meaning(
    name="profile",
    cues=(
        cue(
            r"我(?:现在|如今|已经)?(?:是|在)\S{2,6}科的人|(?:岗位|职务"
            r"|工作)(?:有)?(?:调整|变动|变化)|我去(?:了)?\S{2,6}科了|(?:我的)?(?:信息"
            r"|资料)(?:要|得)?(?:改|更新|变更)一?下|(?:看|查)(?:一?下|看)?我的(?:信息"
            r"|资料|身份|角色|权限)",
            9,
            unless=r"几[篇条]|\d号",
        ),
        cue(
            r"我.{0,6}(?:调到|调去|调整到|转到|换到|借调|调岗"
            r"|换岗|轮岗|调任|调回|去了|分到|调动).{0,8}",
            8,
            unless=r"值班|换班|班|稿",
        ),
        cue(_OTHER, 9, unless=r"^[我俺]|值班|[换替调]班|稿"),
        cue(
            r"(?:信息员|联络员|通讯员|负责人|科长|审核人).{0,8}(?:换成|改成|改为|换为"
            r"|变成|由|换|变更|调整为|定为|是)",
            8,
            unless=r"谁|吗|标题",
        ),
        cue(
            r"(?:我的?|本人).{0,3}(?:手机|电话|号码|联系方式|姓名|名字).{0,4}(?:换|改"
            r"|变|更新|更正|错)|(?:手机|电话|号码|联系方式)号?(?:换|改|变更|更新)",
            8,
            unless=r"记者|稿|领导",
        ),
        cue(
            r"(?:换|改|更新|变更)(?:一?下|个)?(?:了)?(?:我的?)?(?:手机|电话|号码"
            r"|联系方式|科室|单位|职务|信息员)",
            8,
        ),
        cue(
            rf"(?:让|由|请)?(?:{PERSON})(?:来)?(?:当|担任|做|接任|接替|接手"
            rf"|任).{{0,8}}(?:信息员|联络员|通讯员)",
            9,
        ),
        cue(r"我.{0,6}(?:升|提|任|当)(?:了|为|上)?(?:副?(?:科长|主任|处长|股长))", 7),
        cue(r"^我的?(?:资料|信息|身份|科室|角色|权限)(?:是|呢|查|有|对)?[?什么哪些啥]*$", 6),
        cue(r"(?:退休|离职|离岗|不再(?:担任|是|当)|不当信息员)", 6, unless=r"标题|稿"),
    ),
    slots=(
        _unit,
        _other,
        when(r"信息员|通讯员|联络员", lambda _heard: {"set_role": "officer"}),
        when(r"信息员|通讯员|联络员|换成|改成|叫", _name),
        _phone,
        when(r"当|任|升|提", _position, unless=r"信息员"),
    ),
)

DECLARED = declared(__file__, bind, profile)
