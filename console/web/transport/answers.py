"""What the transport itself answers; everything else is answered by the namespaces."""

from __future__ import annotations

from typing import Any


def refusal(code: str, message: str) -> dict[str, Any]:
    """The one error shape."""
    return {"ok": False, "error": {"code": code, "message": message, "details": {}}}


UNKNOWN_EVENT = refusal("unknown_event", "This action is unknown.")
UNKNOWN_NAMESPACE = refusal("unknown_namespace", "There is nothing at this address.")
INTERNAL = refusal("internal", "Something went wrong on our side. Please try again.")
BAD_REQUEST = refusal("bad_request", "An event is a name and its data.")
