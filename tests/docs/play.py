"""Plays the examples of docs/protocol.md: a request, then what is documented as its answer."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from tests.docs.pages import DOCS, Section, below
from tests.docs.world import World

PROTOCOL = DOCS / "protocol.md"
HTTP_CHAPTERS = (
    "HTTP for the widget",
    "HTTP for the console",
    "HTTP for machines",
    "HTTP for the demo shop",
)
COMMAND_CHAPTERS = {
    "Namespace /customer: commands": "customer",
    "Namespace /agent: commands": "lin",
}


@dataclass(frozen=True)
class Example:
    """`request`: an HTTP message, or a command as `[name, data]`. `answer`: None for a picture."""

    chapter: str
    name: str
    request: str
    answer: Any


def examples(chapter: str) -> list[list[Example]]:
    """For each section of the chapter its pairs of request and answer, in order."""
    return [_pairs(section) for section in below(PROTOCOL, chapter) if section.level == 3]


def _pairs(section: Section) -> list[Example]:
    texts = [code.text for code in section.codes]
    requests, answers = texts[::2], [*map(json.loads, texts[1::2])]
    answers += [None] * (len(requests) - len(answers))
    return [
        Example(section.above, section.names[0], request, answer)
        for request, answer in zip(requests, answers, strict=True)
    ]


def filled(text: str, values: dict[str, Any]) -> str:
    """With every `$name` replaced; an unknown one is an error in the document."""
    return re.sub(r"\$([a-z_]+)", lambda name: str(values[name[1]]), text)


async def play(world: World, example: Example) -> Any:
    """The real answer; of a picture its bytes."""
    request = filled(example.request, world.values)
    if example.chapter in HTTP_CHAPTERS:
        return await send(world, request)
    command, data = json.loads(request)
    return await world.ask(COMMAND_CHAPTERS[example.chapter], command, data)


async def send(world: World, request: str, url: str = "") -> Any:
    """An HTTP message as it stands in the document; must be answered with 200."""
    head, _, body = request.strip().partition("\n\n")
    first, *lines = head.splitlines()
    method, target = first.split(" ", 1)
    headers = dict(line.split(": ", 1) for line in lines)
    if headers.get("Content-Type", "").startswith("multipart/"):
        del headers["Content-Type"]  # comes with the boundary
        call = await world.uploads(target, headers)
    else:
        call = world.http.request(
            method, (url or world.url) + target, headers=headers, data=body.encode() or None
        )
    async with call as response:
        content = await response.read()
        assert response.status == 200, content
        is_json = response.content_type == "application/json"
        return json.loads(content) if is_json else content
