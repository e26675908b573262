"""值班: the duty roster. Understood so far, not done yet."""

from pathlib import Path

from handlers.duty import meanings
from handlers.kit.examples import read_examples
from handlers.kit.registry import Registry
from handlers.kit.unopened import not_open

registry = Registry()
registry.examples += read_examples(Path(__file__).with_name("examples.tsv"))
registry.meaning(meanings.today)(not_open("查值班"))
registry.meaning(meanings.swap)(not_open("换班"))
