"""Who works in the bureau: sections with an officer and a head each, the office, the leaders."""

from dataclasses import dataclass, field

from storage.vocabulary import UserId

BUREAU = "区住建局"
_OFFICE = f"{BUREAU}/办公室"
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
    people: dict[UserId, Somebody] = field(default_factory=dict)

    def roster(self) -> bytes:
        header = "userid,name,unit,roles,aliases,in_charge_of"
        return "\n".join([header, *(one.line() for one in self.people.values())]).encode()

    def section_of(self, userid: UserId) -> int:
        return self.sections.index(self.people[userid].unit.rpartition("/")[2])


def founded(units: int, people: int) -> Bureau:
    """Return a bureau of so many sections; whoever is left over stands in the duty roster."""
    sections = [f"第{number:03}科" for number in range(1, units + 1)]
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
    for number, section in enumerate(sections):
        unit = f"{BUREAU}/{section}"
        found.append(_one(bureau.officers[number], "信息员", unit, "officer"))
        found.append(_one(bureau.heads[number], "科长", unit, "section_head"))
    found += [_one(each, "文秘", _OFFICE, "office") for each in bureau.office]
    found += [_one(each, "保密员", _OFFICE, "secrecy_reviewer") for each in bureau.secrecy]
    found += [_one(each, "管理员", _OFFICE, "admin") for each in bureau.admins]
    for number, deputy in enumerate(bureau.deputies):
        theirs = "|".join(sections[number::_DEPUTIES])
        found.append(_one(deputy, "副局长", BUREAU, "deputy", theirs))
    found.append(_one(bureau.principal, "局长", BUREAU, "principal"))
    for number in range(people - len(found)):
        who = UserId(f"d{number + 1}")
        role = "duty|lead_duty" if number < _DUTY_LEADERS else "duty"
        found.append(_one(who, "值班员", f"{BUREAU}/{sections[number % units]}", role))
        bureau.duty.append(who)
    bureau.people.update({one.userid: one for one in found})
    return bureau


def _one(userid: UserId, title: str, unit: str, roles: str, in_charge_of: str = "") -> Somebody:
    name = f"{title}{userid.strip('abcdefghijklmnopqrstuvwxyz')}"
    return Somebody(userid=userid, name=name, unit=unit, roles=roles, in_charge_of=in_charge_of)
