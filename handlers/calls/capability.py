"""Its answers for now."""

from handlers.calls import meanings
from handlers.kit.registry import Registry
from handlers.kit.unopened import not_open

registry = Registry()
registry.meaning(meanings.claim)(not_open("认领或推掉约稿"))
registry.meaning(meanings.listing)(not_open("查约稿"))
registry.meaning(meanings.create)(not_open("下约稿"))
