"""Who works in the bureau: sections with an officer and a head each, the office, the leaders."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from storage.vocabulary import UserId

BUREAU = "区住建局"
_OFFICE = f"{BUREAU}/办公室"
_PLACES = (
    *("城东", "城西", "城南", "城北", "江东", "江西", "河口", "湖滨"),
    *("新区", "老城", "港区", "山前", "桥头", "高铁", "机场", "大学"),
)
_FIELDS = ("物业", "燃气", "房管", "质安", "市政", "园林", "征收", "住保", "村镇", "消防")
_FAMILIES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚辉玲华鹏宁晨宇博欣琪瑶"
_DEPUTIES = 4
_DUTY_LEADERS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """One line of the members' list."""

    userid: UserId
    name: str
    unit: str
    roles: str
    in_charge_of: str = ""

    def line(self) -> str:
        cells = (self.userid, self.name, self.unit, self.roles, "", self.in_charge_of)
        return ",".join(cells)


@dataclass(kw_only=True)
class Bureau:
    """*officers* and *heads* are by section, in its order."""

    sections: list[str]
    officers: list[UserId]
    heads: list[UserId]
    office: list[UserId]
    secrecy: list[UserId]
    deputies: list[UserId]
    principal: UserId
    admins: list[UserId]
    duty: list[UserId]
    lead_duty: list[UserId] = field(default_factory=list)
    people: dict[UserId, Somebody] = field(default_factory=dict)

    def roster(self) -> bytes:
        header = "userid,name,unit,roles,aliases,in_charge_of"
        return "\n".join([header, *(one.line() for one in self.people.values())]).encode()

    @property
    def liaison(self) -> UserId:
        """Who releases reports of public opinion: somebody of the office, as in small bureaus."""
        return self.office[0]

    def section_of(self, userid: UserId) -> int:
        return self.sections.index(self.people[userid].unit.rpartition("/")[2])


def founded(units: int, people: int) -> Bureau:
    """Return a bureau of so many sections; whoever is left over stands in the duty roster."""
    sections = [f"{place}{work}科" for place in _PLACES for work in _FIELDS][:units]
    bureau = Bureau(
        sections=sections,
        officers=[UserId(f"o{number}") for number in range(1, units + 1)],
        heads=[UserId(f"h{number}") for number in range(1, units + 1)],
        office=[UserId("office1"), UserId("office2")],
        secrecy=[UserId("secrecy1")],
        deputies=[UserId(f"deputy{number}") for number in range(1, _DEPUTIES + 1)],
        principal=UserId("principal1"),
        admins=[UserId("admin1"), UserId("admin2")],
        duty=[],
    )
    found: list[Somebody] = []
    names = (f"{a}{b}{c}" for a in _FAMILIES for b in _GIVEN for c in _GIVEN)
    for number, section in enumerate(sections):
        unit = f"{BUREAU}/{section}"
        found.append(_one(bureau.officers[number], names, unit, "officer"))
        found.append(_one(bureau.heads[number], names, unit, "section_head"))
    for each in bureau.office:
        roles = "office|opinion_liaison" if each == bureau.liaison else "office"
        found.append(_one(each, names, _OFFICE, roles))
    found += [_one(each, names, _OFFICE, "secrecy_reviewer") for each in bureau.secrecy]
    found += [_one(each, names, _OFFICE, "admin") for each in bureau.admins]
    for number, deputy in enumerate(bureau.deputies):
        theirs = "|".join(sections[number::_DEPUTIES])
        found.append(_one(deputy, names, BUREAU, "deputy", theirs))
    found.append(_one(bureau.principal, names, BUREAU, "principal"))
    for number in range(people - len(found)):
        who = UserId(f"d{number + 1}")
        role = "duty|lead_duty" if number < _DUTY_LEADERS else "duty"
        found.append(_one(who, names, f"{BUREAU}/{sections[number % units]}", role))
        bureau.duty.append(who)
        if number < _DUTY_LEADERS:
            bureau.lead_duty.append(who)
    bureau.people.update({one.userid: one for one in found})
    return bureau


def _one(
    userid: UserId, names: Iterator[str], unit: str, roles: str, in_charge_of: str = ""
) -> Somebody:
    name = next(names)
    return Somebody(userid=userid, name=name, unit=unit, roles=roles, in_charge_of=in_charge_of)
