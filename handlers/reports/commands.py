"""通报, 发布通报, 考核表, 一页纸: what is asked about a month and longer."""

from pathlib import Path

from handlers.kit.examples import read_examples
from handlers.kit.registry import Registry

registry = Registry(theme="通报")
registry.examples += read_examples(Path(__file__).with_name("examples.tsv"))
