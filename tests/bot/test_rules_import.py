"""xinshi rules import: all of a file or nothing of it, and every fault with its line."""

from pathlib import Path

import pytest

from tests.harness.administrator import Administrator, administrator
from tests.harness.rows import all_rows
from tests.harness.service import OTHER_BUREAU, Chat

ROUTE = '[[route]]\nname = "日常"\n\n[[route.gate]]\nrole = "section_head"\n'


@pytest.fixture
def admin(bureau: Chat, tmp_path: Path) -> Administrator:
    return administrator(bureau.config, tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "routes.toml"


def test_an_import_makes_the_next_version_and_says_what_is_in_force(
    bureau: Chat, admin: Administrator, file: Path
) -> None:
    file.write_text(ROUTE, encoding="utf-8")
    said = admin.runs("rules", "import", str(file))
    assert (said.code, said.out) == (0, "")
    assert "routes of 区住建局: version 1" in said.err
    assert "日常: 科室负责人" in said.err
    assert "already says the same" in admin.runs("rules", "import", str(file)).err

    file.write_text(ROUTE + '[[route.gate]]\nrole = "deputy"\n', encoding="utf-8")
    assert "日常: 科室负责人 → 分管领导" in admin.runs("rules", "import", str(file)).err
    stored = all_rows(bureau.services.database)["rule_tables"]
    assert [(row["version"], len(row["definition"]["gates"])) for row in stored] == [(1, 1), (2, 2)]


def test_every_fault_is_told_with_its_line_and_nothing_is_taken(
    bureau: Chat, admin: Administrator, file: Path
) -> None:
    file.write_text(
        '[[route]]\nname = "一"\nkinds = ["poem"]\n\n'
        '[[route.gate]]\nrole = "boss"\n\n'
        '[[route.gate]]\nrole = "office"\nhours = -1\ncolour = "red"\n\n'
        "[[route]]\ngate = []\n\n"
        '[[quiz]]\nname = "?"\n',
        encoding="utf-8",
    )
    said = admin.runs("rules", "import", str(file))
    assert said.code == 1
    places = ((3, "kinds.1"), (6, "gate.1.role"), (10, "gate.2.hours"), (11, "colour"))
    for line, word in places:
        assert f"{file}:{line}: " in said.err, line
        assert word in said.err
    assert f"{file}:13: name: Field required" in said.err
    assert f"{file}:14: gate: " in said.err
    assert f"{file}:16: nobody takes [[quiz]]; known are " in said.err
    assert "7 fault(s): nothing was taken" in said.err
    assert all_rows(bureau.services.database)["rule_tables"] == []


def test_a_file_may_hold_rule_sets_for_points_too(
    bureau: Chat, admin: Administrator, file: Path
) -> None:
    text = (
        f'{ROUTE}\n[[rule_set]]\nname = "积分"\nadoption = [{{ level = "city", points = 4.5 }}]\n'
    )
    file.write_text(text.replace("4.5", "[]"), encoding="utf-8")
    said = admin.runs("rules", "import", str(file))
    assert (said.code, f"{file}:9: 积分: points" in said.err) == (1, True)
    assert all_rows(bureau.services.database)["rule_tables"] == []

    file.write_text(text, encoding="utf-8")
    said = admin.runs("rules", "import", str(file))
    assert (said.code, "rule sets of 区住建局: 积分" in said.err) == (0, True)
    stored = all_rows(bureau.services.database)["rule_sets"]
    assert [(row["name"], row["table"]["adoption"]) for row in stored] == [
        ("积分", [{"level": "city", "points": 4.5}])
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (ROUTE + '[[route]]\nname = "二"\n[[route.gate]]\nrole = "office"\n', "6: 二 is never"),
        (ROUTE + "skippable = true\n", "6: 日常: the last gate signs and cannot be skipped"),
        (ROUTE.replace("\n\n", '\nkinds = ["research"]\n\n'), "1: no route fits every draft"),
        (ROUTE + 'units = ["法规科"]\n', "6: there is no unit 法规科"),
        (
            ROUTE.replace("section_head", "legal_reviewer"),
            "4: 日常, gate 1: nobody is legal_reviewer for 区住建局/燃气科",
        ),
        (ROUTE.replace("]]", "]", 1), "the file is no TOML: "),
        ("route = 3\n", "route must be written [[route]]"),
        ("", "the file holds no rules"),
        ('bureau = "水利局"\n' + ROUTE, "there is no bureau 水利局, but 区住建局"),
    ],
    ids=[
        "never taken", "last is skippable", "a draft without route", "no such unit",
        "nobody to walk it", "no TOML", "no tables", "empty", "no such bureau",
    ],
)  # fmt: skip
def test_what_cannot_be_walked_is_refused_by_name(
    bureau: Chat, admin: Administrator, file: Path, text: str, fault: str
) -> None:
    file.write_text(text, encoding="utf-8")
    said = admin.runs("rules", "import", str(file))
    assert said.code == 1
    assert fault in said.err
    assert all_rows(bureau.services.database)["rule_tables"] == []


def test_each_bureau_has_routes_of_its_own(bureau: Chat, admin: Administrator, file: Path) -> None:
    bureau.enrol(OTHER_BUREAU)
    file.write_text(ROUTE, encoding="utf-8")
    assert "whose rules? 区住建局, 区水务局" in admin.runs("rules", "import", str(file)).err
    said = admin.runs("rules", "import", str(file), "--bureau", "区水务局")
    assert "routes of 区水务局: version 1" in said.err
    assert len(all_rows(bureau.services.database)["rule_tables"]) == 1


def test_a_check_names_faults_and_keeps_nothing(
    bureau: Chat, admin: Administrator, file: Path
) -> None:
    file.write_text(ROUTE, encoding="utf-8")
    said = admin.runs("rules", "import", str(file), "--check")
    assert (said.code, "no fault was found" in said.err) == (0, True)
    assert all_rows(bureau.services.database)["rule_tables"] == []
    assert admin.runs("rules", "import", str(file.with_name("gone.toml")), "--check").code == 1
