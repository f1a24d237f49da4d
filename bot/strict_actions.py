"""A failing action ends the turn, instead of being logged and forgotten.

Rasa catches every `Exception` of an action and goes on without its events; it can even submit a
form that was never filled. `TurnAborted` is a `BaseException`, so it passes those handlers and
reaches the channel, which answers 502; nothing of the turn is kept. HTTP 400 stays what it is in
the protocol of the SDK: the action refuses to run. Source: docs/adr/0022.
"""

from __future__ import annotations

from typing import Any

import aiohttp
from jsonschema.exceptions import best_match
from jsonschema.validators import validator_for
from rasa.core.actions.action import Action, ActionExecutionRejection, RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig, concat_url

ACTION_TIMEOUT_S = 12.0  # below the 15 s after which the desk gives the turn up
_SLOT = frozenset({"event", "timestamp", "name", "value"})
_LOOP = frozenset({"event", "timestamp", "name"})


class TurnAborted(BaseException):
    """The turn failed in `action`; whoever catches it keeps nothing of the turn."""

    def __init__(self, action: str, reason: str) -> None:
        super().__init__(f"{action}: {reason}")
        self.action = action
        self.reason = reason


class StrictEndpoint:
    """Stands before Rasa's action endpoint: one kept connection, and no failure goes unseen.

    Everything else of the endpoint (address, headers, options) is read through.
    """

    def __init__(self, endpoint: EndpointConfig, timeout_s: float = ACTION_TIMEOUT_S) -> None:
        self._endpoint = endpoint
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._session: aiohttp.ClientSession | None = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._endpoint, name)

    async def request(self, **call: Any) -> Any:
        """Answers like `EndpointConfig.request`; raises `TurnAborted` for all but HTTP 400."""
        action = str((call.get("json") or {}).get("next_action"))
        try:
            return await self._post(call["json"], compress=bool(call.get("compress")))
        except ClientResponseError as error:
            if error.status == 400:
                raise
            raise TurnAborted(action, f"answered {error.status}") from error
        except Exception as error:
            raise TurnAborted(action, type(error).__name__) from error

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _post(self, body: Any, *, compress: bool) -> Any:
        async with self._open_session().post(
            concat_url(self._endpoint.url, None),
            json=body,
            headers=self._endpoint.headers,
            params=self._endpoint.combine_parameters(),
            compress=compress or None,
        ) as response:
            if response.status >= 400:
                content = (await response.read()).decode("utf-8", "replace")
                raise ClientResponseError(response.status, str(response.reason), content)
            return await response.json()

    def _open_session(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        return self._session


def read_the_schema_once() -> None:
    """Rasa checks the schema of all answers against its own schema for every answer: that was two
    thirds of a turn. Answers are checked as before. (Known upstream: RasaHQ/rasa#11717.)
    """
    schema = RemoteAction.action_response_format_spec()
    validator = validator_for(schema)(schema)

    def check(_action: RemoteAction, answer: Any) -> bool:
        if is_plain(answer):
            return True
        if (error := best_match(validator.iter_errors(answer))) is not None:
            raise error
        return True

    RemoteAction._validate_action_result = check


def is_plain(answer: Any) -> bool:
    """True for what nearly all answers are, and only where the schema says the same."""
    if not isinstance(answer, dict):
        return False
    events, responses = answer.get("events", []), answer.get("responses", [])
    return (
        isinstance(events, list)
        and isinstance(responses, list)
        and all(_is_plain_event(event) for event in events)
        and all(isinstance(response, dict) for response in responses)
    )


def _is_plain_event(event: Any) -> bool:
    """A slot with name and value, or a form that opens or ends, and nothing unusual beside it."""
    if not isinstance(event, dict) or event.get("timestamp") is not None:
        return False
    if event.get("event") == "slot":
        return isinstance(event.get("name"), str) and event.keys() <= _SLOT and "value" in event
    return event.get("event") == "active_loop" and event.keys() <= _LOOP


class StrictAction:
    """Runs one action of the turn; every error but a refusal ends the turn.

    Catches what the endpoint cannot see: unreadable answers, unknown events, a fault in a form.
    """

    def __init__(self, action: Action) -> None:
        self._action = action

    def __getattr__(self, name: str) -> Any:
        return getattr(self._action, name)

    async def run(self, *arguments: Any, **named: Any) -> Any:
        try:
            return await self._action.run(*arguments, **named)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            raise TurnAborted(self._action.name(), type(error).__name__) from error
