"""What sets off an emergency plan, by the plans that ship as an example."""

import tomllib
from pathlib import Path

import pytest

from handlers.contingencies.plans import PlanForm
from handlers.rules.contingencies import CASE, INCIDENT
from storage.vocabulary import Grade

EXAMPLE = Path("handlers/contingencies/examples/housing.toml")
PLANS = [
    PlanForm.model_validate(one).plan()
    for one in tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["contingency"]
]
GAS, FALLEN, CROWD = (one.name for one in PLANS)


@pytest.mark.parametrize(
    ("kind", "grade", "text", "started"),
    [
        (INCIDENT, Grade.BLUE, "人民路燃气泄漏，2人受伤", [GAS]),
        (INCIDENT, Grade.BLUE, "人民路燃气管道被挖断", [GAS]),
        (CASE, Grade.BLUE, "滨河路商铺燃气乱收费 业主集体投诉", []),
        (CASE, Grade.BLUE, "天然气缴费排队太久", []),
        (INCIDENT, Grade.ORANGE, "老旧厂房倒塌", [FALLEN]),
        (CASE, Grade.YELLOW, "危房改造补贴没有到账", []),
        (CASE, Grade.YELLOW, "金色家园烂尾", [CROWD]),
        (CASE, Grade.BLUE, "金色家园烂尾", []),
    ],
)
def test_a_plan_starts_for_its_danger_and_not_for_its_subject(
    kind: str, grade: Grade, text: str, started: list[str]
) -> None:
    assert [one.name for one in PLANS if one.fits(kind, grade, text)] == started
