"""Serves until somebody says stop: the desk in this process, the engine as its child.

Ends within ten seconds, whatever hangs.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading

import structlog
from aiohttp import web

from console import garbage
from console.app import build_app
from console.cli.engine import engine_command, engine_environment
from console.gateways.engine_process import EngineProcess, health_probe
from console.settings import Settings

log = structlog.get_logger(__name__)

_LAST_WORD_S = 9.0
_OPEN_REQUESTS_S = 2.0


class Serving:
    """`start` returns when the desk can be used; the engine becomes ready on its own."""

    def __init__(self, settings: Settings, *, starts_engine: bool) -> None:
        self._settings = settings
        self._starts_engine = starts_engine
        self._stop = asyncio.Event()
        self._open = contextlib.AsyncExitStack()
        self._engine: EngineProcess | None = None
        self._training: asyncio.Task[None] | None = None

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._stop.set)
        try:
            await self._start_desk()
            if self._starts_engine:
                await self._start_engine()
        except BaseException:
            await self._close()
            raise
        garbage.settle()

    async def until_stopped(self) -> None:
        await self._stop.wait()
        log.info("stopping")
        last_word = threading.Timer(_LAST_WORD_S, _end_now)
        last_word.daemon = True
        last_word.start()
        await self._close()
        last_word.cancel()

    async def _start_desk(self) -> None:
        app = await build_app(self._settings)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=_OPEN_REQUESTS_S)
        self._open.push_async_callback(runner.cleanup)
        await runner.setup()
        await web.TCPSite(runner, self._settings.host, self._settings.port).start()

    async def _start_engine(self) -> None:
        settings = self._settings
        probe = await self._open.enter_async_context(
            health_probe(settings.engine_url, settings.engine_token)
        )
        command = engine_command("serve", "--port", str(settings.engine_port))
        self._engine = EngineProcess(command, engine_environment(settings), probe)
        self._engine.start()
        self._training = asyncio.create_task(self._train_if_needed(self._engine))

    async def _train_if_needed(self, engine: EngineProcess) -> None:
        """The newest data is served; broken data leaves the model that works."""
        process = await asyncio.create_subprocess_exec(
            *("nice", *engine_command("train", "--if-needed")),
            env=engine_environment(self._settings),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            _, output = await process.communicate()
        except asyncio.CancelledError:
            process.kill()
            raise
        if process.returncode != 0:
            log.error("the training data is broken, the old model stays", reason=_last(output))
        elif b'"finished"' in output:
            log.info("new model")
            await engine.restart()

    async def _close(self) -> None:
        """Desk and engine end side by side; each has its own limit."""
        if self._training is not None:
            self._training.cancel()
        endings = [self._open.aclose()]
        if self._engine is not None:
            endings.append(self._engine.stop())
        for failure in await asyncio.gather(*endings, return_exceptions=True):
            if isinstance(failure, BaseException):
                log.error("did not end in order", exc_info=failure)


def _last(output: bytes) -> str:
    lines = output.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


def _end_now() -> None:
    print("baton: something hangs; ending without it.", file=sys.stderr, flush=True)
    os._exit(1)
