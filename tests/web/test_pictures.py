"""Pictures: only pixels get in, and only a signed address gets them out."""

from __future__ import annotations

import asyncio
import errno
import io
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from tests.web.pictures import CANARY, a_bomb, a_picture, uploaded
from tests.web.place import Browser, Place

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def a_gif() -> bytes:
    return a_picture("GIF")


REFUSED = {
    "svg": (SVG, 400, "not_a_picture"),
    "gif": (a_gif(), 400, "not_a_picture"),
    "tiff": (a_picture("TIFF"), 400, "not_a_picture"),
    "bmp": (a_picture("BMP"), 400, "not_a_picture"),
    "a page called a picture": (b"<html>" + CANARY, 400, "not_a_picture"),
    "a virus": (EICAR, 400, "not_a_picture"),
    "nothing": (b"", 400, "not_a_picture"),
    "only a beginning": (a_picture()[:30], 400, "not_a_picture"),
    "half a picture": (a_picture("JPEG", (400, 400))[:900], 400, "not_a_picture"),
    "somebody else's magic": (b"GIF89a" + a_picture(), 400, "not_a_picture"),
    "a flood of pixels": (a_bomb(10_000, 10_000), 413, "too_large"),
    "a greater flood": (a_bomb(60_000, 60_000), 413, "too_large"),
    "more than 10 MB": (a_picture() + b"\0" * 10_485_760, 413, "too_large"),
}


def kept_files(place: Place) -> list[bytes]:
    folder = place.desk.settings.uploads_dir
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def shown(browser: Browser, upload_id: str) -> str:
    """The address that the picture's event carries."""
    socket = await browser.socket()
    body = {"kind": "picture", "upload_id": upload_id}
    await socket.ask("post_message", {"client_msg_id": "picture-01", "body": body})
    page = await socket.ask("catch_up", {"after": 0})
    return str(next(e["body"]["url"] for e in page["events"] if "url" in e["body"]))


@pytest.mark.parametrize("what", REFUSED)
async def test_what_is_no_acceptable_picture_is_refused_and_not_kept(
    place: Place, what: str
) -> None:
    data, status, code = REFUSED[what]
    browser = await place.visitor()
    before = await place.rows()

    answer = await uploaded(browser, data)

    assert (answer[0], answer[1]["error"]["code"]) == (status, code)
    assert await place.rows() == before
    assert kept_files(place) == []


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "MPO"])
async def test_a_picture_is_kept_without_anything_that_is_no_pixel(place: Place, kind: str) -> None:
    """Comment, text, profile and a second file behind the picture are gone."""
    text = PngImagePlugin.PngInfo()
    text.add_text("comment", CANARY.decode())
    described = Image.Exif()
    described[0x010E] = CANARY.decode()
    options: dict[str, dict[str, Any]] = {
        "PNG": {"pnginfo": text},
        "JPEG": {"comment": CANARY},
        "WEBP": {"exif": described},
        "MPO": {"save_all": True, "append_images": [Image.new("RGB", (40, 30))]},
    }
    data = a_picture(kind, icc_profile=CANARY, **options[kind]) + b"PK\x03\x04" + CANARY
    browser = await place.visitor()

    status, answer = await uploaded(browser, data)

    assert (status, answer["width"], answer["height"]) == (200, 40, 30)
    assert CANARY in data
    assert [CANARY in kept or b"PK\x03\x04" in kept for kept in kept_files(place)] == [False]


async def test_a_photo_loses_where_it_was_taken_and_keeps_its_upright(place: Place) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010E] = "at home"
    browser = await place.visitor()

    _, answer = await uploaded(browser, a_picture("JPEG", (40, 30), exif=exif))

    assert (answer["width"], answer["height"]) == (30, 40)
    assert dict(Image.open(io.BytesIO(kept_files(place)[0])).getexif()) == {}


async def test_one_picture_sent_twice_at_the_same_moment_is_kept_for_both(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both drafts are written before either takes its place."""
    browsers = [await place.visitor(), await place.visitor()]
    both_written = threading.Barrier(2, timeout=10)
    take_place = Path.replace

    def wait_and_take_place(draft: Path, target: Path) -> Path:
        both_written.wait()
        return take_place(draft, target)

    monkeypatch.setattr(Path, "replace", wait_and_take_place)

    answers = await asyncio.gather(*(uploaded(browser, a_picture()) for browser in browsers))

    assert [status for status, _ in answers] == [200, 200]
    assert len(kept_files(place)) == 1


async def test_a_picture_that_the_disk_does_not_take_leaves_nothing_behind(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(os, "fsync", full)
    browser = await place.visitor()

    status, answer = await uploaded(browser, a_picture())

    assert (status, answer["error"]["code"]) == (500, "internal")
    assert kept_files(place) == []


@pytest.mark.parametrize(
    "name", ["../../../../tmp/x.png", "/etc/passwd", "a\u202egnp.exe", "x.html", "C:\\x.png", ""]
)
async def test_the_name_of_a_file_means_nothing(place: Place, name: str) -> None:
    browser = await place.visitor()

    status, answer = await uploaded(browser, a_picture(), filename=name, kind="text/html")
    address = await shown(browser, answer["upload_id"])
    found = await place.request("GET", address)

    home = place.desk.settings.home
    inside = {path.parent.parent.name for path in home.rglob("*") if path.suffix == ""}
    assert status == 200
    assert found[2].content_type == "image/png"
    assert len(kept_files(place)) == 1
    assert "uploads" in inside


async def test_a_picture_is_shown_by_its_signed_address_for_an_hour(place: Place) -> None:
    browser = await place.visitor()
    _, answer = await uploaded(browser, a_picture())
    address = await shown(browser, answer["upload_id"])

    status, _, response = await place.request("GET", address)
    place.clock.turn(minutes=61)
    late, _, _ = await place.request("GET", address)

    assert (status, late) == (200, 403)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


async def test_an_address_that_was_changed_shows_nothing(place: Place) -> None:
    browser = await place.visitor()
    _, one = await uploaded(browser, a_picture())
    _, two = await uploaded(browser, a_picture("JPEG"))
    address = await shown(browser, one["upload_id"])
    path, _, query = address.partition("?")
    until, _, sig = query.partition("&")
    number = int(until.removeprefix("until="))

    changed = [
        path,
        f"{path}?{until}",
        f"{path}?{sig}",
        f"{path}?until={number + 1}&{sig}",
        f"{path}?until=%C2%B2&{sig}",  # a digit to some, a number to nobody
        f"{path}?until={'9' * 5_000}&{sig}",
        f"{path}?until=-1&{sig}",
        f"{path}?{until}&sig=",
        f"{path}?{until}&sig=%E4%BD%A0",
        f"{path}?{until}&{sig[:-1]}{'0' if sig[-1] != '0' else '1'}",
        address.replace(one["upload_id"], two["upload_id"]),
        address.replace(one["upload_id"], "..%2f..%2fsecrets.toml"),
    ]

    assert {await status_of(place, bad) for bad in changed} <= {403, 404}
    assert await status_of(place, address) == 200


async def status_of(place: Place, address: str) -> int:
    from yarl import URL  # only here: nothing may be decoded on the way

    url = URL(place.url + address, encoded=True)
    async with place.http.get(url) as response:
        return response.status


@pytest.mark.parametrize(
    ("headers", "data"),
    [
        ({"Content-Type": "multipart/form-data"}, b"x"),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"no part at all"),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x\r\n\r\nno name\r\n--x--\r\n"),
        ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x--\r\n"),
        ({"Content-Type": "multipart/mixed; boundary=x"}, b"--x\r\nContent-Type: multipart/mixed"),
        ({"Content-Type": "application/json"}, b"{}"),
        ({}, b"x"),
    ],
)
async def test_a_malformed_form_is_refused(
    place: Place, headers: dict[str, str], data: bytes
) -> None:
    browser = await place.visitor()

    status, body, _ = await place.request(
        "POST", "/api/widget/uploads", headers={**browser.bearer, **headers}, data=data
    )

    assert (status, body and body["error"]["code"]) == (400, "bad_request")
    assert kept_files(place) == []


async def test_a_form_without_a_length_is_refused_before_it_is_read(place: Place) -> None:
    browser = await place.visitor()

    async def endless() -> Any:
        yield b"--x\r\nContent-Disposition: form-data; name=other\r\n\r\n"
        yield b"x" * 1_000

    headers = {**browser.bearer, "Content-Type": "multipart/form-data; boundary=x"}
    status, _, _ = await place.request(
        "POST", "/api/widget/uploads", headers=headers, data=endless()
    )

    assert status == 400


async def test_a_visitor_sends_sixty_pictures_an_hour(place: Place) -> None:
    browser = await place.visitor()

    statuses = [(await uploaded(browser, SVG))[0] for _ in range(61)]

    assert statuses == [400] * 60 + [429]
