"""Its answers for now."""

from handlers.kit.registry import Registry
from handlers.kit.unopened import not_open
from handlers.opinion import meanings

registry = Registry()
registry.meaning(meanings.report)(not_open("报舆情"))
registry.meaning(meanings.listing)(not_open("查舆情"))
registry.meaning(meanings.acknowledge)(not_open("签收舆情"))
registry.meaning(meanings.dispose)(not_open("处置舆情"))
registry.meaning(meanings.close)(not_open("办结舆情"))
