"""Where the parts hang on the aiohttp application."""

from __future__ import annotations

import jinja2
import socketio
from aiohttp import web

from console.gateways.bus import Bus
from console.services.parts import Desk
from console.web.rate_limit import RateLimits

DESK = web.AppKey("desk", Desk)
BUS: web.AppKey[Bus] = web.AppKey("bus")
SOCKETS = web.AppKey("sockets", socketio.AsyncServer)
LIMITS = web.AppKey("limits", RateLimits)
TEMPLATES = web.AppKey("templates", jinja2.Environment)
