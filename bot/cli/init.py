"""init: ask what only the bureau can know, and write the configuration."""

from typing import Annotated

import typer
from rich.console import Console

from bot.cli.common import DEFAULT_CONFIG, ConfigPath, fail
from bot.installation import Answers, Callback, InstallationError, install

app = typer.Typer()


@app.command()
def init(
    *,
    corp_id: Annotated[
        str, typer.Option(prompt="企业ID (corp id)", help="On the console's page 我的企业.")
    ],
    agent_id: Annotated[int, typer.Option(prompt="AgentId", help="On the app's page.")],
    secret: Annotated[
        str,
        typer.Option(
            prompt="Secret", hide_input=True, envvar="XINSHI_SECRET", help="On the app's page."
        ),
    ],
    public_url: Annotated[
        str,
        typer.Option(prompt="Public https address", help="Such as https://xinshi.example.gov.cn."),
    ],
    database: Annotated[
        str, typer.Option(prompt="Database", help="sqlite:///path or postgresql://….")
    ] = "sqlite:///var/xinshi.db",
    redis: Annotated[
        str, typer.Option(prompt="Redis", help='"embedded" or redis://….')
    ] = "embedded",
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file, its token and its keys.")
    ] = False,
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Write a configuration with fresh keys, and say what to enter in the WeCom console."""
    if config.exists() and not force:
        raise fail(f"{config} exists; --force replaces it, and its token and keys with it")
    answers = Answers(
        corp_id=corp_id,
        agent_id=agent_id,
        secret=secret,
        public_url=public_url,
        database_url=database,
        redis_url=redis,
    )
    try:
        callback = install(config, answers)
    except InstallationError as error:
        raise fail(str(error)) from error
    option = "" if config == DEFAULT_CONFIG else f" --config {config}"
    Console(soft_wrap=True, highlight=False, markup=False).print(
        _WRITTEN.format(config=config, option=option, **_shown(callback))
    )


def _shown(callback: Callback) -> dict[str, str]:
    return {"url": callback.url, "token": callback.token, "key": callback.encoding_aes_key}


_WRITTEN = """\
{config} is written; it holds secrets, and only you may read it.

Next, on this machine:
  xinshi migrate{option}
  xinshi members import FILE.csv{option}
  xinshi up{option}

Then, while it runs, on the app's page in the WeCom console:
  接收消息 › API接收
    URL             {url}
    Token           {token}
    EncodingAESKey  {key}
  企业可信IP: the address from which this machine goes out

Last, to see whether all is well:
  xinshi doctor{option}
  xinshi menu push{option}"""
