"""What the process needs before Rasa is imported; every command starts with `prepare`."""

from __future__ import annotations

import os
import sys
import warnings

from bot import without_tensorflow

DEFAULTS = {
    # Two threads of the encoder were slower than one on a busy machine (docs/adr/0023).
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "RASA_TELEMETRY_ENABLED": "false",
    # Rasa's training cache does not see our own modules change; training is fast enough without.
    "RASA_MAX_CACHE_SIZE": "0",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "LOG_LEVEL_LIBRARIES": "ERROR",
    "TQDM_DISABLE": "1",
    # Rasa's error reporting is off; with a name given it does not ask git for one at start either.
    "SENTRY_RELEASE": "baton",
}


def prepare() -> None:
    """Sets defaults the operator has not set, and installs the import hook."""
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    _ignore_warnings()
    without_tensorflow.install()


def quiet() -> None:
    """Rasa logs from here on what an operator should see; call after `prepare`, imports Rasa."""
    import logging

    import sanic.app  # noqa: F401 - brings a filter of its own, which must not come after ours
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    configure_logging_and_warnings(logging.WARNING, warn_only_once=True)
    configure_structlog(logging.WARNING)
    # Rasa's handler writes to stdout, which belongs to results.
    form = "%(asctime)s %(levelname)s %(name)s %(message)s"
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format=form, force=True)
    _ignore_warnings()


def _ignore_warnings() -> None:
    """Old libraries warn developers about themselves; `python -W` brings the warnings back."""
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
