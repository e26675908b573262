"""通报, 发布通报, 考核表, 一页纸: what is asked about a month and longer."""

from handlers.kit.registry import Registry

registry = Registry(theme="通报")
