"""Pictures: decoded, bounded, re-encoded without metadata, kept under their digest."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from console.desk.errors import BadRequest, NotAllowed, NotFound, TooLarge
from console.desk.identity import new_id
from console.services.parts import Desk
from console.storage.upload import find_upload, insert_upload

FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_OF_PIXELS = {"transparency"}  # comments, profiles and positions are not
LONGEST_SIDE = 2560  # pixels after re-encoding


class NotAPicture(BadRequest):
    """Neither JPEG, PNG nor WebP, or broken."""

    code = "not_a_picture"


@dataclass(frozen=True, slots=True)
class Picture:
    upload_id: str
    width: int
    height: int


async def store_picture(desk: Desk, conversation_id: str, data: bytes, by: str) -> Picture:
    """Raises `TooLarge`, `NotAPicture`; nothing is kept then. `by`: who uploaded it."""
    limits = desk.settings.limits
    if len(data) > limits.picture_bytes:
        raise TooLarge("the picture is too large", limit=limits.picture_bytes)
    clean, mime, width, height = await asyncio.to_thread(_reencode, data, limits.picture_pixels)
    digest = hashlib.sha256(clean).hexdigest()
    await asyncio.to_thread(_keep, desk.settings.uploads_dir, digest, clean)
    picture = Picture(new_id("up"), width, height)
    row = {
        "id": picture.upload_id,
        "conversation_id": conversation_id,
        "digest": digest,
        "mime": mime,
        "bytes": len(clean),
        "width": width,
        "height": height,
        "by": by,
        "at": desk.clock.now(),
    }
    await desk.database.write(lambda tx: insert_upload(tx, row))
    return picture


def _reencode(data: bytes, most_pixels: int) -> tuple[bytes, str, int, int]:
    """Only pixels survive: no metadata, no second file behind the first."""
    try:
        with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
            if image.width * image.height > most_pixels:
                raise TooLarge("the picture has too many pixels", limit=most_pixels)
            kind = "JPEG" if image.format == "MPO" else str(image.format)  # a JPEG with more views
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            if kind == "JPEG":
                upright = upright.convert("RGB")
            upright.info = {key: upright.info[key] for key in upright.info.keys() & _OF_PIXELS}
            out = io.BytesIO()
            upright.save(out, format=kind, quality=88)
            return out.getvalue(), FORMATS[kind], upright.width, upright.height
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NotAPicture() from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooLarge("the picture has too many pixels", limit=most_pixels) from error


def _keep(folder: Path, digest: str, data: bytes) -> None:
    path = _path(folder, digest)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # A draft of its own: the same picture may be on its way twice at this moment.
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        draft = Path(file.name)
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # whoever is told "kept" may lose the power a moment later
            draft.replace(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def _path(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def signed_address(desk: Desk, upload_id: str) -> str:
    """An address that shows the picture for an hour, to whoever may read the conversation."""
    lasts = timedelta(seconds=desk.settings.timers.upload_link_s)
    until = int((desk.clock.now() + lasts).timestamp())
    return f"/api/uploads/{upload_id}?until={until}&sig={_signature(desk, upload_id, until)}"


def _signature(desk: Desk, upload_id: str, until: int) -> str:
    text = f"{upload_id}.{until}".encode()
    return hmac.new(desk.settings.upload_key.encode(), text, hashlib.sha256).hexdigest()


async def read_picture(desk: Desk, upload_id: str, until: str, sig: str) -> tuple[Path, str]:
    """(file, mime). Raises `NotAllowed` for a wrong or old signature, `NotFound`."""
    if not until.isascii() or not until.isdecimal() or len(until) > 12:
        raise NotAllowed()
    fits = hmac.compare_digest(_signature(desk, upload_id, int(until)).encode(), sig.encode())
    if not fits or _is_past(int(until), desk.clock.now()):
        raise NotAllowed()
    row = await desk.database.read(lambda tx: find_upload(tx, upload_id))
    if row is None:
        raise NotFound("upload")
    return _path(desk.settings.uploads_dir, row.digest), row.mime


def _is_past(until: int, now: datetime) -> bool:
    return now.timestamp() > until
