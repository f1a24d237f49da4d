"""Classes of events by their name on the wire, each looked for once.

Rasa goes through all classes of events, however deep, for every event that it reads. Which class
a name means stays Rasa's answer; a name that it does not know is asked for each time.
Source: docs/adr/0027.
"""

from __future__ import annotations

from rasa.shared.core.events import Event

_search = Event.resolve_by_type
_found: dict[str, type[Event]] = {}


def remember_classes_of_events() -> None:
    """From now on `Event.resolve_by_type` searches once for each name; once is enough."""
    Event.resolve_by_type = staticmethod(resolve)


def resolve(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    """As Rasa's own, for classes that are defined before they are first asked for."""
    known = _found.get(type_name)
    if known is not None:
        return known
    found: type[Event] | None = _search(type_name, default)
    if found is not None and found is not default:
        _found[type_name] = found
    return found
