"""Pictures as people and attackers make them, and sending them."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from aiohttp import FormData
from PIL import Image

from tests.web.place import Answer, Browser, json_of

CANARY = b"<script>alert('canary')</script>"


def a_picture(kind: str = "PNG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 60, 20)).save(out, format=kind, **options)
    return out.getvalue()


def a_bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be a huge one."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00" * 1_000)
    chunks = ((b"IHDR", head), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


async def uploaded(
    browser: Browser, data: bytes, filename: str = "x.png", kind: str = "image/png"
) -> tuple[int, Answer]:
    form = FormData()
    form.add_field("file", io.BytesIO(data), filename=filename, content_type=kind)
    url = f"{browser.place.url}/api/widget/uploads"
    async with browser.place.http.post(url, data=form, headers=browser.bearer) as response:
        return response.status, await json_of(response)
