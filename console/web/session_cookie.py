"""The cookie that holds an agent's session."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie

from aiohttp import web

NAME = "baton_session"
LONGEST = 200


def session_token(header: str) -> str:
    """The token in a Cookie header, or an empty text that fits no session."""
    try:
        morsel = SimpleCookie(header).get(NAME)
    except CookieError:
        return ""
    return morsel.value if morsel is not None and len(morsel.value) <= LONGEST else ""


def set_session(response: web.StreamResponse, token: str, max_age_s: int, *, secure: bool) -> None:
    """Not readable by scripts, not sent from other sites, `Secure` wherever the desk has TLS."""
    response.set_cookie(
        NAME, token, max_age=max_age_s, httponly=True, samesite="Strict", secure=secure, path="/"
    )


def clear_session(response: web.StreamResponse) -> None:
    response.del_cookie(NAME, path="/")
