"""What gatherings register."""

from handlers.kit.registry import Registry

registry = Registry(theme="会议")
