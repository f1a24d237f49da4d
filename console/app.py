"""Puts the parts of a desk together; each is opened and closed by a `cleanup_ctx`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Protocol

import socketio
from aiohttp import web

from actions.server import build_action_app
from console.gateways.bus import Bus, LocalBus
from console.gateways.demo_shop import DemoShop
from console.gateways.engine import BotEngine
from console.gateways.http_engine import HttpEngine
from console.gateways.valkey_bus import ValkeyBus
from console.services.after_sale_clock import AfterSaleClocks
from console.services.agent_words import AgentWords
from console.services.hub import Hub
from console.services.item_alert_watch import AlertWatch
from console.services.parcel_watch import ParcelWatch
from console.services.parts import Clock, Desk, SystemClock
from console.services.pending import PendingWork
from console.services.relay import Relay
from console.services.routing import Router
from console.services.timekeeper import Timekeeper
from console.services.turn_worker import TurnWorker
from console.settings import Settings
from console.storage.database import Database
from console.web import by_hand, console, demo, health, on_behalf, pages, trace, widget
from console.web.agent_socket import AgentSocket
from console.web.customer_socket import CustomerSocket
from console.web.emitter import Emitter
from console.web.engine_watch import EngineWatch
from console.web.keys import BUS, DESK, LIMITS, SOCKETS, TEMPLATES
from console.web.middlewares import careful_headers, errors
from console.web.rate_limit import RateLimit, RateLimits
from console.web.request import is_secure
from console.web.transport import build_socket_server, close_all_sockets, refuse_compression

FORM_BYTES = 64 * 1024  # beside a picture in a form


class Loop(Protocol):
    """Something that lives as long as the desk."""

    def start(self) -> None: ...

    async def stop(self) -> None: ...


async def build_app(
    settings: Settings, *, engine: BotEngine | None = None, clock: Clock | None = None
) -> web.Application:
    """A desk that is ready to be served. `engine` and `clock` are for tests and benchmarks."""
    desk = _desk(settings, engine, clock or SystemClock())
    app = web.Application(
        middlewares=[careful_headers, errors, refuse_compression()],
        client_max_size=settings.limits.picture_bytes + FORM_BYTES,
    )
    app[DESK] = desk
    app[BUS] = _bus(settings)
    app[LIMITS] = rate_limits(settings)
    app[TEMPLATES] = pages.build_templates()
    app[SOCKETS] = sockets = _sockets(settings)
    sockets.attach(app)
    for routes in (pages, widget, console, on_behalf, by_hand, trace, health):
        routes.add_routes(app)
    if settings.demo:
        demo.add_routes(app)
    app.cleanup_ctx.extend([_database, _engine, _action_listener, _loops])
    return app


def _desk(settings: Settings, engine: BotEngine | None, clock: Clock) -> Desk:
    hub = Hub()
    database = Database(settings.database_url, hub.committed)
    if engine is None:
        engine = HttpEngine(
            settings.engine_url, settings.engine_token, settings.timers.engine_turn_s
        )
    shop = DemoShop(database, clock.now)
    return Desk(database, shop, engine, hub, clock, settings)


def _bus(settings: Settings) -> Bus:
    """Whoever knows the key of the agents' sessions may speak as a desk on the bus."""
    if settings.redis_url is None:
        return LocalBus()
    return ValkeyBus(settings.redis_url, settings.session_key)


def _sockets(settings: Settings) -> socketio.AsyncServer:
    return build_socket_server(
        lean=settings.lean_sockets,
        allowed_origins=_same_origin,
        event_bytes=settings.limits.event_bytes,
        ping_interval_s=10,
        ping_timeout_s=10,
    )


def _same_origin(origin: str | None, environ: dict[str, Any]) -> bool:
    """Pages of the desk itself: the widget's frame and the console.

    Programs send no origin, nor do browsers on requests to the page's own origin.
    """
    if origin is None:
        return True
    scheme, _, host = origin.partition("://")
    expected = "https" if is_secure(environ["aiohttp.request"]) else scheme
    return host == environ.get("HTTP_HOST") and scheme == expected


VISITORS_OF_ONE_ADDRESS = 5  # who send as many pictures as one may: an office, a family


def rate_limits(settings: Settings) -> RateLimits:
    limits = settings.limits
    sign_in = (limits.sign_in_tries, limits.sign_in_window_s)
    return RateLimits(
        visitor_messages=RateLimit(limits.visitor_messages, limits.visitor_window_s),
        visitor_commands=RateLimit(limits.visitor_commands, limits.visitor_window_s),
        agent_actions=RateLimit(limits.agent_actions, limits.agent_window_s),
        agent_commands=RateLimit(limits.agent_commands, limits.agent_window_s),
        sign_in_address=RateLimit(*sign_in),
        sign_in_account=RateLimit(*sign_in),
        sessions=RateLimit(limits.sessions_per_minute, 60),
        demo_customers=RateLimit(limits.sessions_per_minute, 60),
        reveals=RateLimit(limits.reveals_per_hour, 3_600),
        uploads=RateLimit(limits.uploads_per_hour, 3_600),
        uploads_address=RateLimit(VISITORS_OF_ONE_ADDRESS * limits.uploads_per_hour, 3_600),
    )


async def _database(app: web.Application) -> AsyncIterator[None]:
    database = app[DESK].database
    await database.open()
    yield
    await database.close()


async def _engine(app: web.Application) -> AsyncIterator[None]:
    engine = app[DESK].engine
    await engine.open()
    yield
    await engine.close()


async def _action_listener(app: web.Application) -> AsyncIterator[None]:
    """The engine's way back into the desk: its own port, on loopback or a private network."""
    desk = app[DESK]
    runner = web.AppRunner(
        build_action_app(desk, desk.settings.engine_token), access_log=None, shutdown_timeout=1
    )
    await runner.setup()
    await web.TCPSite(runner, desk.settings.actions_host, desk.settings.actions_port).start()
    yield
    await runner.cleanup()


async def _loops(app: web.Application) -> AsyncIterator[None]:
    """Sockets speak while the loops run; on the way down sockets close first."""
    desk, sockets = app[DESK], app[SOCKETS]
    relay = Relay(desk.hub, app[BUS])
    await relay.open()
    emitter = Emitter(desk, sockets, app[BUS])
    agents = AgentSocket(desk, app[LIMITS], emitter)
    sockets.register_namespace(CustomerSocket(desk, app[LIMITS], emitter))
    sockets.register_namespace(agents)
    loops: list[Loop] = [
        emitter,
        TurnWorker(desk),
        Router(desk),
        Timekeeper(desk),
        PendingWork(desk),
        AfterSaleClocks(desk),
        AlertWatch(desk),
        ParcelWatch(desk),
        AgentWords(desk),
        EngineWatch(desk, sockets, agents),
    ]
    for loop in loops:
        loop.start()
    yield
    await close_all_sockets(sockets)
    await agents.close()
    for loop in reversed(loops):
        await loop.stop()
    await relay.close()
