"""采用, 批示: what became of a draft. Understood so far, not done yet."""

from pathlib import Path

from handlers.adoptions import meanings
from handlers.kit.examples import read_examples
from handlers.kit.registry import Registry
from handlers.kit.unopened import not_open

registry = Registry()
registry.examples += read_examples(Path(__file__).with_name("examples.tsv"))
registry.meaning(meanings.record)(not_open("登记采用或批示"))
