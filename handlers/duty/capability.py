"""Its answers for now."""

from handlers.duty import meanings
from handlers.kit.registry import Registry
from handlers.kit.unopened import not_open

registry = Registry()
registry.meaning(meanings.today)(not_open("查值班"))
registry.meaning(meanings.swap)(not_open("换班"))
