"""The backup file: a tar.gz whose last member, the manifest, names and hashes all others.

`ArchiveWriter` writes beside the target and renames at the end; `unpack` trusts nothing it reads.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from console.cli.outcome import CommandEnds

MANIFEST = "manifest.json"
FORMAT = 1
_MANIFEST_BYTES = 64_000_000


@dataclass
class Manifest:
    """`schema`: revision of the database. `files`: member name → SHA-256."""

    made_at: str
    schema: str
    database: str  # sqlite or postgresql
    format: int = FORMAT
    files: dict[str, str] = field(default_factory=dict)


class ArchiveWriter:
    """Adds files under names with `/`; the manifest goes last because it holds the hashes."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self._tar = tar
        self._manifest = manifest

    def add(self, name: str, path: Path) -> None:
        """A file that has gone since it was listed is left out."""
        try:
            source = path.open("rb")
        except FileNotFoundError:
            return
        with source:
            member = tarfile.TarInfo(name)
            member.size = os.fstat(source.fileno()).st_size
            member.mtime = int(os.fstat(source.fileno()).st_mtime)
            member.mode = 0o600
            reader = _Hashing(source)
            self._tar.addfile(member, reader)
        self._manifest.files[name] = reader.digest.hexdigest()

    def add_folder(self, name: str, folder: Path) -> None:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and not _is_hidden(path, folder):
                self.add(f"{name}/{path.relative_to(folder).as_posix()}", path)


class _Hashing:
    """A file whose bytes are hashed as they are read, so that hash and content agree."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._source.read(size)
        self.digest.update(chunk)
        return chunk


@contextmanager
def new_archive(target: Path, manifest: Manifest) -> Iterator[ArchiveWriter]:
    """`target` appears complete or not at all; only its owner can read it."""
    number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # with mode 0600
    draft = Path(name)
    try:
        with (
            os.fdopen(number, "wb") as file,
            tarfile.open(fileobj=file, mode="w:gz", compresslevel=5) as tar,
        ):
            yield ArchiveWriter(tar, manifest)
            _add_manifest(tar, manifest)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    content = json.dumps(asdict(manifest), indent=1).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size = len(content)
    member.mode = 0o600
    tar.addfile(member, io.BytesIO(content))


def unpack(source: Path, folder: Path) -> Manifest:
    """Every file of the archive lies in `folder` and has the hash the manifest says.

    Raises `CommandEnds` for anything else: a link, a name that leads outside, a changed, missing or
    additional file. What was written until then is the caller's to remove.
    """
    try:
        with tarfile.open(source, "r:gz") as tar:
            hashes = {member.name: _extract(tar, member, folder) for member in tar}
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError) as error:
        raise CommandEnds(f"{source} is not a backup, or it is damaged: {error}.") from error
    manifest = _read_manifest(folder / MANIFEST, source)
    hashes.pop(MANIFEST)
    if hashes != manifest.files:
        raise CommandEnds(f"{source} is damaged: its files differ from its manifest.")
    (folder / MANIFEST).unlink()
    return manifest


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    target = (folder / member.name).resolve()
    if not member.isreg() or not target.is_relative_to(folder.resolve()) or target.exists():
        raise CommandEnds(f"The archive holds {member.name!r}, which no backup has; refused.")
    target.parent.mkdir(parents=True, exist_ok=True)
    content = tar.extractfile(member)
    if content is None:
        raise ValueError("a member without content")
    with content, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
        return _copy(content, file)


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(1 << 20):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def _read_manifest(path: Path, source: Path) -> Manifest:
    try:
        if path.stat().st_size > _MANIFEST_BYTES:
            raise ValueError("too large")
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        manifest = Manifest(**content)
    except (OSError, ValueError, TypeError) as error:
        raise CommandEnds(f"{source} is not a backup: no readable manifest.") from error
    if manifest.format > FORMAT:
        raise CommandEnds(f"{source} was made by a newer version of baton.")
    return manifest


def _is_hidden(path: Path, folder: Path) -> bool:
    """Unfinished work (a training, an upload) lies under a name with a dot."""
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
