"""通报: reports. Understood so far, not done yet."""

from pathlib import Path

from handlers.kit.examples import read_examples
from handlers.kit.registry import Registry
from handlers.kit.unopened import not_open
from handlers.reports import meanings

registry = Registry()
registry.examples += read_examples(Path(__file__).with_name("examples.tsv"))
registry.meaning(meanings.report)(not_open("看通报和考核表"))
