"""The two players of a script: a customer's widget and an agent's console, over the public wire."""

from __future__ import annotations

import asyncio
import io
import itertools
import secrets
from datetime import UTC, datetime
from typing import Any

import socketio
from aiohttp import ClientSession, FormData
from PIL import Image

from console.cli.outcome import CommandEnds, missing
from console.cli.talk_script import Customer
from console.gateways.customer_jwt import sign_customer_jwt

_ANSWER_S = 15
Answer = dict[str, Any]


class CustomerPlayer:
    """`events`: everything the customer has seen, by seq."""

    def __init__(self, http: ClientSession, url: str, widget_keys: dict[str, str]) -> None:
        self.events: dict[int, Answer] = {}
        self.conversation_id = ""
        self.numbers: dict[str, str] = {}  # of a fresh customer: the script's number → theirs
        self._token: dict[str, str] = {}
        self._seen = 0  # the last seq before the latest step of a person
        self._http = http
        self._url = url
        self._keys = widget_keys
        self._socket = socketio.AsyncClient(reconnection=False)

    async def open(self, customer: Customer) -> None:
        session = await self._open_session(customer)
        self.conversation_id = session["conversation_id"]
        self._token = token = {"token": session["visitor_token"]}
        await self._socket.connect(
            self._url, namespaces=["/customer"], auth=token, transports=["websocket"]
        )
        await self.look()
        self.mark()

    async def _open_session(self, customer: Customer) -> Answer:
        kid, key = next(iter(self._keys.items()))
        sign_in = await self._fresh(customer.like) if customer.like else customer.sign_in
        context = {name: self.numbers.get(no, no) for name, no in customer.context.items()}
        body: Answer = {"key": kid, "lang": customer.lang, "context": context}
        if sign_in:
            jti, now = secrets.token_urlsafe(12), datetime.now(UTC)
            body["jwt"] = sign_customer_jwt(sign_in, kid, key, "talk", jti, now)
        async with self._http.post(f"{self._url}/api/widget/session", json=body) as response:
            return _accepted("opening the widget", await response.json())

    async def _fresh(self, like: str) -> str:
        async with self._http.post(f"{self._url}/demo/customers", json={"like": like}) as response:
            if response.status == 404:
                raise missing(f"No customer like {like} here: start the desk with --demo.")
            answer = _accepted("a fresh customer", await response.json())
        self.numbers = answer["numbers"]
        return str(answer["customer_no"])

    async def close(self) -> None:
        await self._socket.disconnect()

    def mark(self) -> None:
        """What comes after this counts as the answer to the next step."""
        self._seen = max(self.events, default=0)

    def fresh(self) -> list[Answer]:
        """What others sent since the mark, oldest first."""
        return [
            event
            for seq, event in sorted(self.events.items())
            if seq > self._seen and event["actor"]["kind"] != "customer"
        ]

    async def say(self, text: str) -> None:
        await self.do("post_message", {"body": {"kind": "text", "text": text}})

    async def click(self, label: str) -> None:
        await self.do("press_button", {"button_id": self._button(label)})

    async def send_picture(self, text: str) -> None:
        """Any picture will do: what it shows is for people."""
        form = FormData()
        form.add_field("file", _a_picture(), filename="photo.png", content_type="image/png")
        url = f"{self._url}/api/widget/uploads"
        headers = {"Authorization": f"Bearer {self._token['token']}"}
        async with self._http.post(url, data=form, headers=headers) as response:
            upload = _accepted("a picture", await response.json())
        body = {"kind": "picture", "upload_id": upload["upload_id"], "text": text}
        await self.do("post_message", {"body": body})

    async def do(self, command: str, fields: Answer) -> Answer:
        data = {"client_msg_id": secrets.token_hex(8), **fields}
        answer = await self._socket.call(command, data, namespace="/customer", timeout=_ANSWER_S)
        return _accepted(command, answer)

    async def look(self) -> Answer:
        """Reads what is new; returns the state the widget shows."""
        while True:
            after = max(self.events, default=0)
            page = await self.do("catch_up", {"after": after})
            self.events |= {event["seq"]: event for event in page["events"]}
            if not page["events"] or max(self.events) >= page["head"]:
                return dict(page["state"])

    def _button(self, label: str) -> str:
        newest_first = (event for _, event in sorted(self.events.items(), reverse=True))
        buttons = itertools.chain.from_iterable(
            event["body"].get("buttons") or () for event in newest_first
        )
        offered = []
        for button in buttons:
            offered.append(button["label"])
            if label in button["label"]:
                return str(button["id"])
        raise CommandEnds(f"There is no button {label!r}; offered are {offered}.")


class Doors:
    """Signs every agent in once, however many scripts they play in."""

    def __init__(self, url: str, passwords: dict[str, str]) -> None:
        self.url = url
        self._passwords = passwords
        self._cookies: dict[str, str] = {}
        self._lock = asyncio.Lock()

    async def cookies(self, login: str) -> str:
        async with self._lock:
            if login not in self._cookies:
                self._cookies[login] = await self._sign_in(login)
            return self._cookies[login]

    async def _sign_in(self, login: str) -> str:
        if login not in self._passwords:
            raise missing(f"The password of {login} is not known: give --passwords FILE.")
        body = {"login": login, "password": self._passwords[login]}
        async with ClientSession() as http, http.post(f"{self.url}/console/login", json=body) as it:
            _accepted(f"signing in {login}", await it.json())
            return "; ".join(f"{name}={part.value}" for name, part in it.cookies.items())


class AgentPlayer:
    """One signed-in console; its line to the desk opens with the first command."""

    def __init__(self, url: str, cookies: str, conversation_id: str) -> None:
        self._url = url
        self._conversation_id = conversation_id
        # By hand: the cookie jar keeps none for a bare IP address.
        self._headers = {"Cookie": cookies}
        self._http = ClientSession(headers=self._headers)
        self._socket = socketio.AsyncClient(reconnection=False)

    async def close(self) -> None:
        if self._socket.connected:
            await self._socket.disconnect()
        await self._http.close()

    async def say(self, text: str) -> None:
        body = {"kind": "text", "text": text}
        await self.do("post_message", {"client_msg_id": secrets.token_hex(8), "body": body})

    async def do(self, command: str, fields: Answer) -> Answer:
        if not self._socket.connected:
            await self._socket.connect(
                self._url, namespaces=["/agent"], headers=self._headers, transports=["websocket"]
            )
        data = {"conversation_id": self._conversation_id, **fields}
        answer = await self._socket.call(command, data, namespace="/agent", timeout=_ANSWER_S)
        return _accepted(command, answer)

    async def detail(self) -> Answer:
        return await self._get("")

    async def trace(self) -> Answer:
        """`turns`, newest last: what the engine understood and remembered."""
        return await self._get("/trace")

    async def _get(self, part: str) -> Answer:
        url = f"{self._url}/api/conversations/{self._conversation_id}{part}"
        async with self._http.get(url) as response:
            if response.status == 404:
                raise missing(f"This desk does not show {part or 'the conversation'} to agents.")
            return _accepted(f"reading{part}", await response.json())


def _a_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), "#94a3b8").save(out, "PNG")
    return out.getvalue()


def _accepted(what: str, answer: Any) -> Answer:
    if isinstance(answer, dict) and answer.get("ok"):
        return answer
    error = answer.get("error", answer) if isinstance(answer, dict) else answer
    raise CommandEnds(f"The desk refused {what}: {error}")


async def eventually(question: Any, patience_s: float) -> str | None:
    """None as soon as `question` finds nothing wrong, else the last complaint."""
    loop = asyncio.get_running_loop()
    until = loop.time() + patience_s
    while True:
        complaint: str | None = await question()
        if complaint is None or loop.time() >= until:
            return complaint
        await asyncio.sleep(0.1)
