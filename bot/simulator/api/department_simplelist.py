"""department/simplelist: the ids of the departments, as a tree (vendor page 95350)."""

from bot.simulator.api.kit import Call, Endpoint, Reply
from bot.simulator.corp import ROOT
from bot.simulator.errcodes import Errcode, Refusal


def answer(call: Call) -> Reply:
    departments = call.world.directory.departments()
    wanted = call.query.get("id", str(ROOT))
    if wanted not in {str(department.id) for department in departments}:
        raise Refusal(Errcode.BAD_DEPARTMENT, "department not found")
    family = {int(wanted)}
    rows = []
    for order, department in enumerate(departments):
        if department.id in family or department.parent_id in family:
            family.add(department.id)
            rows.append(
                {"id": department.id, "parentid": department.parent_id, "order": 1000 - order}
            )
    return {"department_id": rows}


ENDPOINT = Endpoint(path="department/simplelist", verb="GET", answer=answer)
