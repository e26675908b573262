"""绑定, 资料: what people say about themselves. Understood so far, not done yet."""

from pathlib import Path

from handlers.kit.examples import read_examples
from handlers.kit.registry import Registry
from handlers.kit.unopened import not_open
from handlers.profiles import meanings

registry = Registry()
registry.examples += read_examples(Path(__file__).with_name("examples.tsv"))
registry.meaning(meanings.bind)(not_open("登记自己的身份"))
registry.meaning(meanings.profile)(not_open("修改人员资料"))
