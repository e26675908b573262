"""config.toml -> a frozen, typed Config; unknown keys are refused, all faults told at once."""

import tomllib
from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from bot.budget import BudgetPolicy
from bot.channel.addresses import WECOM_API, WECOM_LOGIN
from handlers.adoptions.capability import AdoptionPolicy
from handlers.briefings.capability import BriefingPolicy
from handlers.calls.capability import CallPolicy
from handlers.cases.capability import CasePolicy
from handlers.drafts.capability import DuplicatePolicy, ProofPolicy
from handlers.duty.capability import DutyPolicy
from handlers.feeds.capability import FeedPolicy
from handlers.kit.scoring import RankingPolicy
from handlers.opinion.capability import OpinionPolicy
from handlers.outside.capability import OutsidePolicy
from handlers.plans.capability import PlanPolicy
from handlers.quotas.capability import QuotaPolicy
from handlers.recalls.capability import RecallPolicy
from handlers.reports.capability import ReportPolicy
from handlers.reviews.capability import ReviewPolicy
from handlers.rules.calendar import Season, WorkCalendar
from handlers.troubles.capability import CanaryPolicy, TroublePolicy
from handlers.zero_reports.capability import ZeroReportPolicy

_HIGHEST_PORT = 65_535
_EVERYWHERE = frozenset({"", "*", "0.0.0.0", "::", "[::]"})  # noqa: S104 - not bound, looked for


class ConfigError(Exception):
    """The configuration cannot be used; the message names every fault."""


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _span(value: object) -> object:
    return tuple(value.split("-")) if isinstance(value, str) else value


def _in_order(spans: tuple[tuple[time, time], ...]) -> tuple[tuple[time, time], ...]:
    WorkCalendar(exceptions={}, office_hours=spans)
    return spans


Span = Annotated[tuple[time, time], BeforeValidator(_span)]
Hours = Annotated[tuple[Span, ...], AfterValidator(_in_order)]


class Server(_Section):
    """Where the service listens, and how the world reaches it."""

    bind: str = Field(
        default="127.0.0.1:8710",
        pattern=r"^.+:\d+$",
        description="address and port of the web process; put a TLS proxy in front of it",
    )
    public_url: str = Field(
        default="",
        description="address that WeCom and phones use, such as https://xinshi.example.gov.cn",
    )
    secret_key: str = Field(
        default="", repr=False, description="signs links and sessions; a long random text"
    )
    threads: int = Field(default=8, ge=1, le=64, description="threads of the web process")
    workers: int = Field(
        default=1,
        ge=1,
        le=16,
        description="processes of `xinshi up` that send and judge; two where services push posts",
    )

    @field_validator("bind")
    @classmethod
    def _with_a_port_that_exists(cls, bind: str) -> str:
        if int(bind.rpartition(":")[2]) > _HIGHEST_PORT:
            raise ValueError(f"no port is above {_HIGHEST_PORT}")
        return bind

    @property
    def own_address(self) -> str:
        """Where this machine itself reaches the web process."""
        host, _, port = self.bind.rpartition(":")
        return f"http://{'127.0.0.1' if host in _EVERYWHERE else host}:{port}"


class WeCom(_Section):
    """The self-built app; the values are on its page in the WeCom console."""

    corp_id: str = Field(min_length=1, description="企业ID")
    agent_id: int = Field(description="AgentId of the app")
    secret: str = Field(min_length=1, repr=False, description="Secret of the app")
    token: str = Field(min_length=1, repr=False, description="Token of 接收消息 (API)")
    encoding_aes_key: str = Field(
        pattern=r"^[A-Za-z0-9+/]{43}$", repr=False, description="EncodingAESKey of 接收消息 (API)"
    )
    api_base_url: str = Field(
        default=WECOM_API,
        pattern=r"^https?://",
        description="where the server API is; another address for a stand-in",
    )
    login_url: str = Field(
        default="",
        pattern=r"^(https?://.*)?$",
        description="page that logs members in; empty: WeCom's own, or the stand-in's",
    )
    replay_window_seconds: int = Field(
        default=600, ge=0, description="how old a callback may be; 0 accepts any age"
    )

    @property
    def login_address(self) -> str:
        """Where a browser is sent to log in; a stand-in for the server API has its own page."""
        if self.login_url:
            return self.login_url
        if self.api_base_url == WECOM_API:
            return WECOM_LOGIN
        return self.api_base_url.rstrip("/") + urlsplit(WECOM_LOGIN).path


class Storage(_Section):
    """Where things are kept. Relative paths start at the folder of config.toml."""

    database_url: str = Field(
        default="sqlite:///var/xinshi.db",
        description="sqlite:///path or postgresql://user:password@host/database",
    )
    redis_url: str = Field(
        default="embedded", description='"embedded" (for `xinshi up`), or redis://host:6379/0'
    )
    media_dir: Path = Field(default=Path("var/media"), description="pictures and files")
    state_dir: Path | None = Field(
        default=None, description="Redis's own file and the simulated clock; beside media_dir"
    )

    @property
    def state(self) -> Path:
        return self.state_dir or self.media_dir.with_name("state")


class Delivery(_Section):
    """How pushes leave."""

    lease_seconds: int = Field(
        default=60, ge=2, le=600, description="how long a worker has for what it took"
    )
    budget: BudgetPolicy = BudgetPolicy()


def _month_and_day(value: object) -> object:
    """Read "05-01"; that day must be one of a leap year."""
    if not isinstance(value, str):
        return value
    day = date.fromisoformat(f"2028-{value}")
    return day.month, day.day


MonthDay = Annotated[tuple[int, int], BeforeValidator(_month_and_day)]


class SeasonHours(_Section):
    """Office hours from one day of every year to another."""

    first: MonthDay
    last: MonthDay
    office_hours: Hours = Field(min_length=1)


class Calendar(_Section):
    """When people work. Times are Shanghai's."""

    office_hours: Hours = Field(
        default=((time(8, 30), time(12)), (time(14), time(17, 30))),
        min_length=1,
        description='spans such as "08:30-12:00"',
    )

    quiet_hours: Span = Field(
        default=(time(22), time(7)), description="routine messages wait for the end of this span"
    )
    seasons: tuple[SeasonHours, ...] = Field(
        default=(),
        description='parts of every year with other office hours: first and last day ("05-01", "09-30") and office_hours',  # noqa: E501 - one line of the table of settings
    )

    @model_validator(mode="after")
    def _no_day_in_two_seasons(self) -> Self:
        self.of({})
        return self

    def of(self, exceptions: Mapping[date, bool]) -> WorkCalendar:
        """Return the calendar with the days that differ from Monday-to-Friday."""
        seasons = tuple(
            Season(first=each.first, last=each.last, office_hours=each.office_hours)
            for each in self.seasons
        )
        return WorkCalendar(exceptions=exceptions, office_hours=self.office_hours, seasons=seasons)


class Config(_Section):
    """The whole configuration."""

    environment: Literal["production", "simulation"] = Field(
        default="production", description="simulation lets the clock be moved"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="what is logged; never texts or secrets"
    )
    server: Server = Server()
    wecom: WeCom
    storage: Storage = Storage()
    delivery: Delivery = Delivery()
    calendar: Calendar = Calendar()
    reviews: ReviewPolicy = ReviewPolicy()
    quotas: QuotaPolicy = QuotaPolicy()
    zero_reports: ZeroReportPolicy = ZeroReportPolicy()
    duplicates: DuplicatePolicy = DuplicatePolicy()
    recalls: RecallPolicy = RecallPolicy()
    adoptions: AdoptionPolicy = AdoptionPolicy()
    calls: CallPolicy = CallPolicy()
    cases: CasePolicy = CasePolicy()
    plans: PlanPolicy = PlanPolicy()
    reports: ReportPolicy = ReportPolicy()
    briefings: BriefingPolicy = BriefingPolicy()
    ranking: RankingPolicy = RankingPolicy()
    outside: OutsidePolicy = OutsidePolicy()
    proof: ProofPolicy = ProofPolicy()
    troubles: TroublePolicy = TroublePolicy()
    canary: CanaryPolicy = CanaryPolicy()
    duty: DutyPolicy = DutyPolicy()
    feeds: FeedPolicy = FeedPolicy()
    opinion: OpinionPolicy = OpinionPolicy()


def load_config(path: Path) -> Config:
    """Read a configuration file.

    A key that ends in `_file` names a file that holds the value, for secrets.

    Raises:
        ConfigError: the file is missing, is no TOML, or has faults; all of them are named.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"{path} does not exist: run `xinshi init`, or copy config.example.toml there"
        ) from None
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    base = path.resolve().parent
    try:
        config = Config.model_validate(_with_secret_files(raw, base))
    except ValidationError as error:
        raise ConfigError(_faults(path, error)) from None
    return _anchored(config, base)


def _with_secret_files(section: dict[str, Any], base: Path) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for key, value in section.items():
        if isinstance(value, dict):
            read[key] = _with_secret_files(value, base)
        elif key.endswith("_file") and isinstance(value, str):
            plain = key.removesuffix("_file")
            if plain in section:
                raise ConfigError(f"both {plain} and {key} are there: which one counts?")
            read[plain] = _secret(base / value)
        else:
            read[key] = value
    return read


def _secret(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: not UTF-8") from None


def _faults(path: Path, error: ValidationError) -> str:
    lines = [
        f"  {'.'.join(str(part) for part in fault['loc']) or 'config'}: {fault['msg']}"
        for fault in error.errors(include_input=False, include_url=False)
    ]
    return "\n".join([f"{path} has {len(lines)} fault(s):", *lines])


def _anchored(config: Config, base: Path) -> Config:
    """Let relative paths start at the configuration's folder, wherever the command is run."""
    storage = config.storage
    url = storage.database_url
    if url.startswith("sqlite:///") and not url.startswith("sqlite:////"):
        url = f"sqlite:///{base / url.removeprefix('sqlite:///')}"
    return config.model_copy(
        update={
            "storage": storage.model_copy(
                update={
                    "database_url": url,
                    "media_dir": base / storage.media_dir,
                    "state_dir": base / storage.state,
                }
            )
        }
    )
