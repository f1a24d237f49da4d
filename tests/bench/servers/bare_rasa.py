"""Baseline: Rasa as `rasa run --enable-api` starts it: REST channel, in-memory tracker, our model.

Runs in an engine's environment: `python -m tests.bench.servers.bare_rasa PORT MODEL ENDPOINTS`.
The interface is on because the benchmark tells a conversation there that its customer is verified.
"""

from __future__ import annotations

import importlib.util
import logging
import sys
import tempfile
from pathlib import Path


def main() -> None:
    port, model, endpoints = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    if importlib.util.find_spec("tensorflow") is None:
        from bot import environment

        environment.prepare()  # ours; the stock set-up is started as it comes
    import rasa.core.run
    from rasa.core.utils import AvailableEndpoints
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(logging.WARNING)  # quieter than its default, as ours is
    configure_structlog(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        credentials = Path(folder) / "credentials.yml"
        credentials.write_text("rest:\n", encoding="utf-8")
        rasa.core.run.serve_application(
            model_path=model,
            interface="127.0.0.1",
            port=port,
            credentials=str(credentials),
            endpoints=AvailableEndpoints.read_endpoints(endpoints),
            enable_api=True,
        )


if __name__ == "__main__":
    main()
