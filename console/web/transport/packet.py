"""Socket.IO packets without binary parts, in orjson.

`serializer=` of python-socketio is a public extension point. Binary packets are refused where they
are read: waiting for their attachments would keep memory for whoever never sends them.
"""

from __future__ import annotations

import json
from typing import Any, override

import orjson
from socketio import packet

EVENT = packet.EVENT
ACK = packet.ACK
CONNECT = packet.CONNECT
CONNECT_ERROR = packet.CONNECT_ERROR

_QUICK = {"2": EVENT, "3": ACK}
_LONGEST_QUICK_ID = 18  # digits; longer ones are left to the library's own checks


class UnreadablePacket(ValueError):
    """Not a packet of this protocol. Nothing was kept of it."""


class _OurJson:
    """What the library reads and writes data with where the form is not the usual one."""

    @staticmethod
    def loads(text: str) -> Any:
        return _loads(text)

    dumps = staticmethod(json.dumps)


class LeanPacket(packet.Packet):  # type: ignore[misc]  # the library has no types
    """Reads and writes the same text as the library's own class, several times quicker."""

    uses_binary_events = False
    json = _OurJson

    @override
    def encode(self) -> str:
        if self.packet_type in (EVENT, ACK):
            return encoded_head(self.packet_type, self.namespace, self.id) + _dumps(self.data)
        return str(super().encode())

    @override
    def decode(self, encoded_packet: Any) -> int:
        if not isinstance(encoded_packet, str) or encoded_packet[:1] in "56":
            raise UnreadablePacket("binary packets are not accepted")
        if not self._decode_quickly(encoded_packet):
            self._decode_slowly(encoded_packet)
        return 0  # no attachments, ever

    def _decode_quickly(self, text: str) -> bool:
        """Events and acknowledgements in their usual form; False leaves the rest to the library."""
        packet_type, start = _QUICK.get(text[0]), text.find("[")
        if packet_type is None or start < 0:
            return False
        namespace, comma, number = text[1:start].rpartition(",")
        if not _is_usual(namespace, comma, number):
            return False
        self.packet_type = packet_type
        self.namespace = namespace or None
        self.id = int(number) if number else None
        self.data = _loads(text[start:])
        return True

    def _decode_slowly(self, text: str) -> None:
        try:
            super().decode(text)
        except (ValueError, RecursionError) as error:
            raise UnreadablePacket("malformed packet") from error


def encoded_head(packet_type: int, namespace: str | None, number: int | None) -> str:
    """Everything of a packet before its data."""
    where = f"{namespace}," if namespace and namespace != "/" else ""
    return f"{packet_type}{where}{'' if number is None else number}"


def encoded_event(namespace: str, event: str, data: Any) -> bytes:
    """A whole event packet as it goes over the wire."""
    return f"{encoded_head(EVENT, namespace, None)}{_dumps([event, data])}".encode()


def encoded_ack(namespace: str, number: int, arguments: list[Any]) -> bytes:
    """A whole acknowledgement as it goes over the wire."""
    return f"{encoded_head(ACK, namespace, number)}{_dumps(arguments)}".encode()


def _is_usual(namespace: str, comma: str, number: str) -> bool:
    if number and not (len(number) <= _LONGEST_QUICK_ID and number.isascii() and number.isdigit()):
        return False
    if not comma:
        return True
    return namespace[:1] == "/" and "," not in namespace and "?" not in namespace


def _dumps(data: Any) -> str:
    try:
        return orjson.dumps(data).decode()
    except TypeError:
        return json.dumps(data, separators=(",", ":"))  # number keys, lone surrogates


def _loads(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return _loads_with_half_characters(text)


def _loads_with_half_characters(text: str) -> Any:
    """Browsers cut emoji in half and send the half. It becomes U+FFFD, which can be stored.

    Raises `UnreadablePacket` for everything else that orjson does not read.
    """
    try:
        data = json.loads(text, parse_constant=_refuse_constant)
        clean = json.dumps(data, ensure_ascii=False).encode("utf-16", "surrogatepass")
        return json.loads(clean.decode("utf-16", "replace"))
    except (ValueError, RecursionError) as error:
        raise UnreadablePacket("malformed data") from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
