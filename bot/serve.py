"""`python -m bot serve`: Rasa's server with the desk's channel and nothing else.

Rasa's own HTTP interface stays off. The socket opens when the model is loaded; `health` says ready
only after a throw-away turn has been understood and predicted, so the first customer does not wait.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
from pathlib import Path
from typing import Any

from bot import environment
from bot.model_files import find_model
from bot.sources import PROJECT, add_model_option
from bot.turn_request import BODY_BYTES

WARM_TEXT = "你好,我想查一下订单 12345678901234"
log = logging.getLogger(__name__)


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    missing = _what_is_missing(options)
    if missing:
        print(missing, file=sys.stderr)
        return 3
    serve(options)
    return 0


def serve(options: argparse.Namespace) -> None:
    """Returns after SIGTERM or SIGINT; turns in flight are answered first."""
    sys.path.insert(0, str(PROJECT))
    environment.quiet()
    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints

    model = find_model(Path(options.model))
    rasa.core.run.serve_application(
        model_path=str(model) if model else None,
        interface=options.host,
        port=options.port,
        credentials=str(options.credentials),
        endpoints=AvailableEndpoints.read_endpoints(str(options.endpoints)),
        enable_api=False,
        server_listeners=[
            (_limit, "before_server_start"),
            (_warm, "after_server_start"),
            (_hang_up, "after_server_stop"),
        ],
    )


async def _limit(app: Any, _loop: Any) -> None:
    # The channel answers in its own shape; this one only guards the memory.
    app.config.REQUEST_MAX_SIZE = 2 * BODY_BYTES
    app.config.ACCESS_LOG = False  # nobody hears it at our level, but every line is put together
    app.ctx.is_warm = False


async def _warm(app: Any, _loop: Any) -> None:
    """Understands and predicts once; runs no action, so nothing outside notices."""
    agent = app.ctx.agent
    if agent.is_ready():
        await _throw_away_turn(agent.processor)
        # What is loaded stays: it need not be looked through for garbage during turns.
        gc.collect()
        gc.freeze()
        app.ctx.is_warm = True
        log.warning("engine ready: model=%s", agent.processor.model_metadata.model_id)
    else:
        log.warning("engine up without a model")


async def _hang_up(app: Any, _loop: Any) -> None:
    from bot.strict_actions import StrictEndpoint

    agent = app.ctx.agent
    endpoint = agent.processor.action_endpoint if agent.is_ready() else None
    if isinstance(endpoint, StrictEndpoint):
        await endpoint.close()


async def _throw_away_turn(processor: Any) -> None:
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.reading import read

    tracker = DialogueStateTracker("warm", processor.domain.slots)
    await processor._update_tracker_session(tracker, CollectingOutputChannel())
    message = UserMessage(WARM_TEXT, parse_data=read(processor, WARM_TEXT))
    await processor._handle_message_with_tracker(message, tracker)
    processor.predict_next_with_tracker_if_should(tracker)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m bot serve", description=__doc__)
    add_model_option(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    parser.add_argument("--port", default=5005, type=int, help="port to listen on (%(default)s)")
    parser.add_argument("--credentials", default=PROJECT / "credentials.yml")
    parser.add_argument("--endpoints", default=PROJECT / "endpoints.yml")
    return parser.parse_args(arguments)


def _what_is_missing(options: argparse.Namespace) -> str:
    for name in ("BATON_ENGINE_TOKEN", "BATON_ACTIONS_URL"):
        if not os.environ.get(name):
            return f"{name} is not set. The engine shares it with the desk; ./baton up sets both."
    for path in (options.credentials, options.endpoints):
        if not Path(path).is_file():
            return f"{path} is missing."
    return ""
