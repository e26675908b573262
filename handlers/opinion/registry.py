"""What 舆情 registers."""

from handlers.kit.registry import Registry

registry = Registry(theme="舆情")
