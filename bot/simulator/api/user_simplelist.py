"""user/simplelist: the members of one department, without those below it (vendor page 90200)."""

from bot.simulator.api.kit import Call, Endpoint, Reply
from bot.simulator.errcodes import Errcode, Refusal


def answer(call: Call) -> Reply:
    directory = call.world.directory
    wanted = call.query.get("department_id", "")
    if wanted not in {str(department.id) for department in directory.departments()}:
        raise Refusal(Errcode.BAD_DEPARTMENT, "department not found")
    members = [
        {
            "userid": account.userid.lower(),
            "name": account.name,
            "department": [directory.department_of(account)],
        }
        for account in directory.accounts()
        if directory.department_of(account) == int(wanted) and not account.by_name
    ]
    return {"userlist": members}


ENDPOINT = Endpoint(path="user/simplelist", verb="GET", answer=answer)
