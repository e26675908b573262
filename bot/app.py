"""The one composition root: what the service is made of, and the web application around it."""

from datetime import timedelta
from functools import cache, partial

from flask import Flask
from httpx import BaseTransport
from redis import Redis
from sqlalchemy.orm import configure_mappers

from bot import dispatch
from bot.capabilities import all_capabilities
from bot.channel.client import WeComClient
from bot.channel.transport import Transport, trusted
from bot.channel.webhook import CallbackSettings, wecom_blueprint
from bot.channel.wecom import WeComChannel
from bot.clock import Now, SimulatedClock, system_now
from bot.config import Config
from bot.contacts import api_settings
from bot.doorbell import Doorbell
from bot.embedded_redis import redis_address
from bot.ids import new_id
from bot.language.recogniser import Recogniser
from bot.meanings import understanding
from bot.media import path_of
from bot.services import Services
from bot.web.links import open_address, page_link
from bot.web.probes import probes
from bot.web.push import push_routes
from bot.web.site import add_pages
from bot.web.status import status_address, status_page
from handlers.adoptions.capability import AdoptionPolicy
from handlers.briefings.capability import BriefingPolicy
from handlers.calls.capability import CallPolicy
from handlers.cases.capability import CasePolicy
from handlers.drafts.capability import DuplicatePolicy, ProofPolicy
from handlers.duty.capability import DutyPolicy
from handlers.feeds.capability import FeedPolicy
from handlers.kit.context import Surroundings, Usage
from handlers.kit.quiet import QuietHours
from handlers.kit.registry import Registry, join
from handlers.kit.scoring import RankingPolicy
from handlers.opinion.capability import OpinionPolicy
from handlers.outside.capability import OutsidePolicy
from handlers.plans.capability import PlanPolicy
from handlers.quotas.capability import QuotaPolicy
from handlers.recalls.capability import RecallPolicy
from handlers.reports.capability import ReportPolicy
from handlers.reviews.capability import ReviewPolicy
from handlers.troubles.capability import CanaryPolicy, StatusPage, TroublePolicy
from handlers.zero_reports.capability import ZeroReportPolicy
from storage.unit_of_work import open_database

_REDIS_SECONDS = 1.5
"""A Redis that does not answer must not make an answer to WeCom late: it waits for 5 seconds."""


def clock_of(config: Config) -> Now:
    """Return the machine's clock, or in a simulation one that can be moved."""
    if config.environment == "simulation":
        return SimulatedClock(config.storage.state / "clock")
    return system_now


def warm_up() -> None:
    """Make what every process has alike and nobody changes; what is forked afterwards shares it."""
    configure_mappers()
    trusted()
    _registry()


@cache
def _registry() -> Registry:
    return join([all_capabilities(), dispatch.registry])


def build_services(config: Config, carrier: BaseTransport | None = None) -> Services:
    """Wire up one process; *carrier* brings its calls to WeCom, if not the network."""
    registry = _registry()
    redis = Redis.from_url(
        redis_address(config.storage),
        socket_connect_timeout=_REDIS_SECONDS,
        socket_timeout=_REDIS_SECONDS,
        protocol=2,  # what every server from the wheels speaks
    )
    doorbell = Doorbell(redis)
    return Services(
        config=config,
        database=open_database(config.storage.database_url, pool_size=config.server.threads),
        redis=redis,
        channel=_channel(config, redis, carrier),
        registry=registry,
        recogniser=Recogniser(registry.commands.values()),
        understanding=understanding,
        surroundings=Surroundings(
            new_id=new_id,
            ring=doorbell.ring,
            kinds=registry.kinds,
            reactions=registry.reactions,
            policies={
                ReviewPolicy: config.reviews,
                QuotaPolicy: config.quotas,
                ZeroReportPolicy: config.zero_reports,
                DuplicatePolicy: config.duplicates,
                RecallPolicy: config.recalls,
                AdoptionPolicy: config.adoptions,
                QuietHours: QuietHours(quiet=config.calendar.quiet_hours),
                CallPolicy: config.calls,
                CasePolicy: config.cases,
                BriefingPolicy: config.briefings,
                PlanPolicy: config.plans,
                ReportPolicy: config.reports,
                RankingPolicy: config.ranking,
                OutsidePolicy: config.outside,
                ProofPolicy: config.proof,
                TroublePolicy: config.troubles,
                CanaryPolicy: config.canary,
                DutyPolicy: config.duty,
                FeedPolicy: config.feeds,
                OpinionPolicy: config.opinion,
                StatusPage: StatusPage(address=partial(status_address, config.server)),
            },
            usages=_usages(registry),
            calendar_of=config.calendar.of,
            link=partial(page_link, config.server),
            address_of=partial(open_address, config.server),
        ),
        doorbell=doorbell,
        now=clock_of(config),
        new_id=new_id,
    )


def create_app(services: Services) -> Flask:
    """Return the web application: WeCom's callback, the probes, the pages."""
    app = Flask("xinshi", static_folder=None)
    wecom = services.config.wecom
    settings = CallbackSettings(
        corp_id=wecom.corp_id,
        token=wecom.token,
        encoding_aes_key=wecom.encoding_aes_key,
        replay_window=timedelta(seconds=wecom.replay_window_seconds),
    )
    answer = partial(dispatch.handle, services)
    app.register_blueprint(wecom_blueprint(settings, answer, services.now))
    app.register_blueprint(probes(services))
    app.register_blueprint(status_page(services))
    if services.config.server.secret_key:
        app.register_blueprint(push_routes(services))
    add_pages(app, services)
    return app


def _channel(config: Config, redis: Redis, carrier: BaseTransport | None) -> WeComChannel:
    wecom, media_dir = config.wecom, config.storage.media_dir
    transport = Transport(wecom.api_base_url, carrier=carrier)
    return WeComChannel(
        WeComClient(api_settings(wecom), redis, transport),
        wecom.agent_id,
        lambda sha256: path_of(media_dir, sha256).read_bytes(),
    )


def _usages(registry: Registry) -> tuple[Usage, ...]:
    return tuple(
        Usage(
            theme=command.theme,
            word=command.words[0],
            usage=command.usage,
            purpose=command.purpose,
            shown_to=command.shown_to,
        )
        for command in registry.commands.values()
    )
