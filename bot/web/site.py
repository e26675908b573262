"""The pages of the service: which there are, and what holds for all of them."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, request, url_for
from secure import (
    CacheControl,
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    CrossOriginResourcePolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    StrictTransportSecurity,
    XContentTypeOptions,
    XFrameOptions,
)
from werkzeug.wrappers import Response

from bot.config import Server
from bot.ids import new_id
from bot.services import Services
from bot.web import visitors
from bot.web.adoptions import adoption_pages
from bot.web.alerts import alert_pages
from bot.web.appeals import appeal_pages
from bot.web.bulletins import bulletin_pages
from bot.web.burden import burden_pages
from bot.web.calls import call_pages
from bot.web.cases import case_pages
from bot.web.changes import change_pages
from bot.web.clues import clue_pages
from bot.web.compose import compose_pages
from bot.web.contingencies import contingency_pages
from bot.web.drafts import draft_pages
from bot.web.duty import duty_pages, feed_pages
from bot.web.errors import register_errors
from bot.web.family import csrf
from bot.web.gatherings import gathering_pages
from bot.web.incidents import incident_pages
from bot.web.library import library_pages
from bot.web.links import PAGES, has_pages
from bot.web.login import login_pages, visit_pages
from bot.web.marks import mark_pages
from bot.web.mine import mine_pages
from bot.web.opinion import opinion_pages
from bot.web.papers import paper_pages
from bot.web.pending import pending_pages
from bot.web.pictures import picture_pages
from bot.web.plans import plan_pages
from bot.web.quotas import quota_pages
from bot.web.reports import report_pages
from bot.web.sheets import sheet_pages
from bot.web.sources import source_pages
from bot.web.told import told_pages
from bot.web.waiting import waiting_pages
from handlers.adoptions.capability import OVERSEERS
from handlers.bulletins.capability import READERS as BULLETIN_READERS
from handlers.rules.visibility import ALERTS_SEEN_BY

FAMILIES: tuple[Callable[[Services], Blueprint], ...] = (
    duty_pages,
    feed_pages,
    login_pages,
    visit_pages,
    mine_pages,
    pending_pages,
    draft_pages,
    compose_pages,
    change_pages,
    picture_pages,
    quota_pages,
    paper_pages,
    library_pages,
    bulletin_pages,
    sheet_pages,
    report_pages,
    adoption_pages,
    appeal_pages,
    call_pages,
    plan_pages,
    alert_pages,
    incident_pages,
    case_pages,
    opinion_pages,
    mark_pages,
    contingency_pages,
    waiting_pages,
    told_pages,
    burden_pages,
    gathering_pages,
    clue_pages,
    source_pages,
)
"""Each makes the blueprint of one family of pages: docs/pages.md."""

NAVIGATION = (
    ("mine.drafts", "我的稿件"),
    ("compose.blank", "写稿"),
    ("pending.reviews", "待审"),
    ("calls.listing", "约稿"),
    ("plans.year", "计划"),
    ("adoptions.register", "采用"),
    ("quotas.show", "配额"),
    ("reports.home", "看板"),
    ("alerts.standing", "警报"),
    ("incidents.ledger", "紧急信息"),
    ("cases.listing", "舆情"),
    ("bulletins.issues", "简报"),
    ("library.search", "范文"),
    ("duty.show", "值班"),
)
"""What stands at the top of each page: endpoint and words."""

_ONLY_FOR = {
    "adoptions.register": OVERSEERS,
    "alerts.standing": ALERTS_SEEN_BY,
    "incidents.ledger": ALERTS_SEEN_BY,
    "cases.listing": ALERTS_SEEN_BY,
    "bulletins.issues": BULLETIN_READERS,
}

_STANDS_UNDER = {
    "opinion": "cases",
    "marks": "cases",
    "sources": "cases",
    "clues": "cases",
    "contingencies": "incidents",
    "gatherings": "duty",
    "waiting": "adoptions",
}
"""Families of pages that the navigation does not name, and under which of its families they are."""

_STYLESHEET = "pages.css"
_POLICY = "Content-Security-Policy"
_A_YEAR = 365 * 24 * 3600


def add_pages(app: Flask, services: Services) -> None:
    """Serve the pages, where there is an address to give out and a key to sign with."""
    server = services.config.server
    assets = Blueprint(
        "assets",
        __name__,
        static_folder="static",
        static_url_path=f"{PAGES}assets",
        template_folder="templates",
    )
    app.register_blueprint(assets)
    app.context_processor(_shared)
    app.template_global("new_act")(new_id)
    headers = _headers(server)

    @app.after_request
    def guard(response: Response) -> Response:
        if not request.path.startswith(PAGES):
            return response
        stricter = response.headers.get(_POLICY)
        headers.set_headers(response)
        if stricter:
            response.headers[_POLICY] = stricter
        if request.endpoint == "assets.static":
            response.headers["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
        return response

    register_errors(app)
    if has_pages(server):
        visitors.keep_cookies_safe(app, server)
        app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
        csrf.init_app(app)
        for make in FAMILIES:
            app.register_blueprint(make(services))


def stylesheet() -> str:
    """Return the address of the style; another one whenever the style changes."""
    return asset(_STYLESHEET)


def asset(name: str) -> str:
    """Return the address of a file that goes with the pages; another one whenever it changes."""
    return url_for("assets.static", filename=name, v=_version(name))


@cache
def _version(name: str) -> str:
    content = (Path(__file__).parent / "static" / name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


def _shared() -> dict[str, Any]:
    """Return what every template may use."""
    return {
        "stylesheet": stylesheet,
        "script": asset,
        "navigation": [
            (endpoint, words, _here(endpoint))
            for endpoint, words in NAVIGATION
            if endpoint not in _ONLY_FOR or _ONLY_FOR[endpoint] & visitors.roles()
        ],
        "visitor": visitors.present(),
    }


def _here(endpoint: str) -> str:
    """Return what ``aria-current`` says of the navigation's *endpoint*; empty where one is not."""
    if request.endpoint == endpoint:
        return "page"
    here = _STANDS_UNDER.get(request.blueprint or "", request.blueprint)
    return "true" if here == endpoint.partition(".")[0] else ""


def _headers(server: Server) -> Secure:
    """Return the headers of every page: nothing from outside, no script, no frame around it."""
    own, none = "'self'", "'none'"
    policy = (
        ContentSecurityPolicy()
        .default_src(none)
        .style_src(own)
        .img_src(own)
        .form_action(own)
        .base_uri(none)
        .frame_ancestors(none)
    )
    over_tls = server.public_url.startswith("https://")
    return Secure(
        cache=CacheControl().no_store(),
        csp=policy,
        coop=CrossOriginOpenerPolicy().same_origin(),
        corp=CrossOriginResourcePolicy().same_origin(),
        hsts=StrictTransportSecurity().max_age(_A_YEAR) if over_tls else None,
        permissions=PermissionsPolicy().camera().microphone().geolocation(),
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions().nosniff(),
        xfo=XFrameOptions().deny(),
    )
