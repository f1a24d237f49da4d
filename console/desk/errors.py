"""Everything the desk refuses, with a code for programs and data in fields.

The sentence a person reads is found by code in `console/locale`; raise the most specific class.
"""

from __future__ import annotations


class DeskError(Exception):
    """A refusal. `code` is stable; `details` may reach the person who asked."""

    code = "error"
    status = 400

    def __init__(self, message: str = "", **details: object) -> None:
        super().__init__(message or self.code)
        self.details = details


class BadRequest(DeskError):
    """The request cannot be read or breaks a limit."""

    code = "bad_request"


class TooLarge(DeskError):
    """A text, event, picture or list is above its limit (contracts, section 7)."""

    code = "too_large"
    status = 413


class TooOften(DeskError):
    """A rate limit; `retry_after_s` says when to try again."""

    code = "too_often"
    status = 429


class NotSignedIn(DeskError):
    """No valid session or token."""

    code = "not_signed_in"
    status = 401


class NotAllowed(DeskError):
    """Signed in, but without the permission."""

    code = "not_allowed"
    status = 403


class NotFound(DeskError):
    """It does not exist, or it is not for this person: both read the same."""

    code = "not_found"
    status = 404


class Conflict(DeskError):
    """The state has moved on; nothing was changed."""

    code = "conflict"
    status = 409


class Taken(Conflict):
    """Somebody else was faster. `by` is the winner's name."""

    code = "taken"


class SameIdOtherContent(Conflict):
    """A `client_msg_id` came back with other content; the first stays as it is."""

    code = "same_id_other_content"


class EngineDown(DeskError):
    """The engine is not reachable, not ready, or failed the turn."""

    code = "engine_down"
    status = 503


class ShopDown(DeskError):
    """The shop's order system did not answer."""

    code = "shop_down"
    status = 503
