"""Who exists in the simulated corp: its settings, its accounts and their departments."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

ROOT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A member; *department* is a path such as ``区住建局/物业科``.

    *by_name*: the app's range names him and not his department, so no department's list has him.
    """

    userid: str
    name: str
    department: str = ""
    by_name: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CorpSettings:
    """What the administrator's console would show of the corp and of its one app."""

    corp_id: str
    agent_id: int
    secret: str
    token: str
    encoding_aes_key: str
    callback_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    id: int
    name: str
    parent_id: int


class UnknownAccountError(LookupError):
    """No account has this userid."""

    def __init__(self, userid: str) -> None:
        super().__init__(f"no account {userid!r} in the simulated corp")


class Directory:
    """The accounts by userid, whatever its case, and the departments that their paths name."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._lock = threading.Lock()
        self._accounts: dict[str, Account] = {}
        self._departments: dict[str, Department] = {
            "": Department(id=ROOT, name="全部", parent_id=0)
        }
        for account in accounts:
            self.add(account)

    def add(self, account: Account) -> None:
        with self._lock:
            self._accounts[account.userid.lower()] = account
            self._name_departments(account.department)

    def get(self, userid: str) -> Account:
        with self._lock:
            account = self._accounts.get(userid.lower())
        if account is None:
            raise UnknownAccountError(userid)
        return account

    def knows(self, userid: str) -> bool:
        with self._lock:
            return userid.lower() in self._accounts

    def accounts(self) -> list[Account]:
        with self._lock:
            return list(self._accounts.values())

    def departments(self) -> list[Department]:
        with self._lock:
            return list(self._departments.values())

    def department_of(self, account: Account) -> int:
        with self._lock:
            return self._departments[account.department].id

    def within(self, department_id: int) -> list[Account]:
        """Return the accounts of a department and of those below it."""
        family = {department_id}
        for department in self.departments():
            if department.parent_id in family:
                family.add(department.id)
        return [one for one in self.accounts() if self.department_of(one) in family]

    def _name_departments(self, path: str) -> None:
        parent = ""
        for name in path.split("/") if path else []:
            here = f"{parent}/{name}" if parent else name
            if here not in self._departments:
                self._departments[here] = Department(
                    id=len(self._departments) + ROOT,
                    name=name,
                    parent_id=self._departments[parent].id,
                )
            parent = here
