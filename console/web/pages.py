"""Pages and the bundled files they need."""

from __future__ import annotations

import mimetypes
from pathlib import Path

import jinja2
import orjson
from aiohttp import web

from console.desk.errors import DeskError
from console.services.agent import agent_of_session
from console.web.keys import DESK, TEMPLATES
from console.web.request import language_of
from console.web.session_cookie import NAME

HERE = Path(__file__).resolve().parent.parent
DIST = HERE / "static" / "dist"
ART = HERE / "static" / "art"
FOREVER = "public, max-age=31536000, immutable"


def build_templates() -> jinja2.Environment:
    """Templates escape everything; `asset(name)` gives the hashed address of a bundled file."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.globals["asset"] = asset
    return environment


def asset(name: str) -> str:
    """`/static/assets/console-3F2A.js` for `console.js`; read anew, so that a rebuild shows."""
    manifest = orjson.loads((DIST / "manifest.json").read_bytes())
    return f"/static/{manifest[name]}"


def page(request: web.Request, template: str, **values: object) -> web.Response:
    text = request.app[TEMPLATES].get_template(template).render(lang=language_of(request), **values)
    return web.Response(text=text, content_type="text/html")


async def static_file(request: web.Request) -> web.StreamResponse:
    """Only files that the bundler wrote; names carry a hash, so browsers keep them."""
    path = _bundled(request.match_info["path"])
    if path is None:
        raise web.HTTPNotFound
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return web.FileResponse(path, headers={"Content-Type": kind, "Cache-Control": FOREVER})


def _bundled(name: str) -> Path | None:
    """None outside the folder, and for names that no file can have."""
    try:
        path = (DIST / name).resolve()
        return path if path.is_relative_to(DIST) and path.is_file() else None
    except (ValueError, OSError):
        return None


async def art(request: web.Request) -> web.StreamResponse:
    """Drawings of the demo goods."""
    path = ART / f"{request.match_info['name']}.svg"
    if not path.is_file():
        raise web.HTTPNotFound
    headers = {"Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=3600"}
    return web.FileResponse(path, headers=headers)


async def widget_loader(_request: web.Request) -> web.StreamResponse:
    """The one script a shop embeds: a stable name, so only briefly cached, and usable anywhere."""
    return web.FileResponse(
        DIST / "widget-loader.js",
        headers={
            "Content-Type": "text/javascript",
            "Cache-Control": "public, max-age=300",
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )


async def widget_frame(request: web.Request) -> web.Response:
    desk = request.app[DESK]
    origins = [*desk.settings.widget_origins, f"{request.url.scheme}://{request.host}"]
    return page(request, "widget.html", widget_origins=origins)


async def console_page(request: web.Request) -> web.Response:
    """The console for whoever is signed in, the sign-in page for everybody else."""
    try:
        await agent_of_session(request.app[DESK], request.cookies.get(NAME, "")[:200])
    except DeskError:
        return page(request, "console_sign_in.html")
    return page(request, "console.html")


async def patterns(request: web.Request) -> web.Response:
    return page(request, "patterns.html")


def add_routes(app: web.Application) -> None:
    app.router.add_get("/static/{path:.+}", static_file)
    app.router.add_get("/art/{name:[a-z_]{1,40}}.svg", art)
    app.router.add_get("/widget.js", widget_loader)
    app.router.add_get("/widget/frame", widget_frame)
    app.router.add_get("/console", console_page)
    app.router.add_get("/patterns", patterns)
