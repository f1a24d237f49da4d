"""Bodies of requests: read whole, however they arrive, and not at all when they do not."""

from __future__ import annotations

import asyncio
from pathlib import Path
from unittest.mock import Mock

import pytest
import structlog
from aiohttp import StreamReader, web
from aiohttp.test_utils import make_mocked_request

from console.desk.errors import BadRequest, TooLarge
from console.web import widget
from console.web.request import read_json
from tests.web.place import Place

JSON = {"Content-Type": "application/json"}
_on_the_way: set[asyncio.Task[None]] = set()


def arriving(*pieces: bytes, end: BaseException | None = None) -> web.Request:
    """A request whose body comes piece by piece, each when the one before has been read."""
    loop = asyncio.get_running_loop()
    body = StreamReader(Mock(_reading_paused=False), 2**16, loop=loop)

    async def arrive() -> None:
        for piece in pieces:
            body.feed_data(piece)
            while body._buffer:
                await asyncio.sleep(0)
        if end is None:
            body.feed_eof()
        else:
            body.set_exception(end)

    request = make_mocked_request("POST", "/", headers=JSON, payload=body)
    task = loop.create_task(arrive())
    _on_the_way.add(task)
    task.add_done_callback(_on_the_way.discard)
    return request


async def test_a_body_that_comes_in_pieces_is_read_whole() -> None:
    request = arriving(b'{"text": "', b"a long draft", b'"}')

    assert await read_json(request, 1_000) == {"text": "a long draft"}


async def test_a_body_that_breaks_off_is_refused_even_if_what_came_is_whole() -> None:
    request = arriving(b'{"step": "done"}', end=ConnectionResetError("Connection lost"))

    with pytest.raises(BadRequest):
        await read_json(request, 1_000)


async def test_a_body_that_grows_too_large_on_the_way_is_refused() -> None:
    request = arriving(b'{"text": "', b"x" * 600, b"x" * 600, b'"}')

    with pytest.raises(TooLarge):
        await read_json(request, 1_000)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_body_that_cannot_be_unpacked_is_refused(place: Place, encoding: str) -> None:
    headers = {**JSON, "Content-Encoding": encoding}

    status, answer, _ = await place.request(
        "POST", "/console/login", headers=headers, data=b"not packed at all"
    )

    assert (status, answer and answer["error"]["code"]) == (400, "bad_request")


async def test_who_hangs_up_in_the_middle_of_a_picture_leaves_nothing_and_is_no_fault(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, read = await place.visitor(), widget.read_upload
    before, port = await place.rows(), int(place.url.rpartition(":")[2])
    is_reading, is_over = asyncio.Event(), asyncio.Event()

    async def read_and_tell(request: web.Request) -> bytes:
        is_reading.set()
        try:
            return await read(request)
        finally:
            is_over.set()

    monkeypatch.setattr(widget, "read_upload", read_and_tell)
    head = (
        f"POST /api/widget/uploads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {browser.token}\r\n"
        "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000\r\n\r\n"
    )
    begun = '--b\r\nContent-Disposition: form-data; name="file"; filename="x.png"\r\n\r\nhalf'

    with structlog.testing.capture_logs() as logs:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write((head + begun).encode())
        await is_reading.wait()
        writer.close()
        await is_over.wait()

    assert [line for line in logs if line["log_level"] == "error"] == []
    assert await place.rows() == before
    assert not Path(place.desk.settings.uploads_dir).exists()


async def test_a_drawing_under_a_name_that_no_file_can_have_is_not_found(place: Place) -> None:
    status, _, _ = await place.request("GET", f"/art/{'x' * 3_000}.svg")

    assert status == 404
