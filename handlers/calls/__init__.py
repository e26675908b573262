"""约稿: calls for drafts. Understood so far, not done yet."""

from pathlib import Path

from handlers.calls import meanings
from handlers.kit.examples import read_examples
from handlers.kit.registry import Registry
from handlers.kit.unopened import not_open

registry = Registry()
registry.examples += read_examples(Path(__file__).with_name("examples.tsv"))
registry.meaning(meanings.claim)(not_open("认领或推掉约稿"))
registry.meaning(meanings.listing)(not_open("查约稿"))
registry.meaning(meanings.create)(not_open("下约稿"))
