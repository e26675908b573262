"""menu push: publish the app's menu."""

import typer

from bot.channel.port import ChannelError
from bot.cli.common import DEFAULT_CONFIG, ConfigPath, console, fail, opened
from bot.doctor.refusals import in_words
from bot.menu import MENU

app = typer.Typer(name="menu", no_args_is_help=True, help="The app's menu in WeCom.")


@app.callback()
def _menu() -> None:
    """Keep the command's name although it is the only one."""


@app.command("push")
def push_menu(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Publish the app's menu."""
    with opened(config) as services:
        try:
            services.channel.publish_menu(MENU)
        except ChannelError as error:
            raise fail(f"the menu is not published: {in_words(error)}") from error
    console.print("the menu is published; phones show it when the chat is opened again")
