"""Its answers for now."""

from handlers.kit.registry import Registry
from handlers.kit.unopened import not_open
from handlers.profiles import meanings

registry = Registry()
registry.meaning(meanings.bind)(not_open("登记自己的身份"))
registry.meaning(meanings.profile)(not_open("修改人员资料"))
