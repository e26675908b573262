"""python -m bot: the same as xinshi."""

from bot.cli import app

app()
