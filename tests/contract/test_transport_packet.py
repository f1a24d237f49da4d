"""The quick packet reads and writes what the library's own class reads and writes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from socketio.packet import ACK, CONNECT, CONNECT_ERROR, DISCONNECT, EVENT, Packet

from console.web.transport.outgoing import text_frame
from console.web.transport.packet import (
    LeanPacket,
    UnreadablePacket,
    encoded_ack,
    encoded_event,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
numbers = st.integers(-(2**53), 2**53)
values = st.recursive(
    st.none() | st.booleans() | numbers | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=10,
)
namespaces = st.sampled_from([None, "/", "/customer", "/agent", "/a[b", "/x?token=1"])
ids = st.none() | st.integers(0, 10**20)


@given(st.sampled_from([EVENT, ACK]), namespaces, ids, st.lists(values, max_size=3))
def test_reads_what_the_library_writes(
    packet_type: int, namespace: str | None, number: int | None, data: list[Any]
) -> None:
    text = Packet(packet_type, data, namespace, number).encode()

    ours, theirs = LeanPacket(encoded_packet=text), Packet(encoded_packet=text)

    assert vars(ours) == vars(theirs)


@given(st.sampled_from([EVENT, ACK]), namespaces, ids, st.lists(values, max_size=3))
def test_writes_what_the_library_reads(
    packet_type: int, namespace: str | None, number: int | None, data: list[Any]
) -> None:
    theirs = Packet(encoded_packet=LeanPacket(packet_type, data, namespace, number).encode())

    assert (theirs.packet_type, theirs.id, theirs.data) == (packet_type, number, data)


@pytest.mark.parametrize("packet_type", [CONNECT, DISCONNECT, CONNECT_ERROR])
@pytest.mark.parametrize("data", [None, {"sid": "1"}])
def test_leaves_other_packets_to_the_library(packet_type: int, data: Any) -> None:
    text = Packet(packet_type, data, "/agent").encode()

    assert LeanPacket(packet_type, data, "/agent").encode() == text
    assert vars(LeanPacket(encoded_packet=text)) == vars(Packet(encoded_packet=text))


@given(st.text(alphabet='0123456789-/,[]{}"abc\\ud8', min_size=1, max_size=40))
def test_reads_anything_or_says_that_it_cannot(text: str) -> None:
    try:
        LeanPacket(encoded_packet=text)
    except UnreadablePacket as refused:
        assert "Traceback" not in str(refused)  # noqa: PT017  # both ends are right


@pytest.mark.parametrize("packet", [b"\x00", '51-["e",{"_placeholder":true,"num":0}]', "61-1[]"])
def test_binary_packets_are_not_even_begun(packet: Any) -> None:
    with pytest.raises(UnreadablePacket):
        LeanPacket(encoded_packet=packet)


def test_half_characters_are_replaced_and_whole_ones_kept() -> None:
    packet = LeanPacket(
        encoded_packet='2["post",{"a":"\\ud83d","b":"\\ud83d\\ude00","c":"\\\\ud83d"}]'
    )

    assert packet.data == ["post", {"a": "\ufffd", "b": "😀", "c": "\\ud83d"}]


HEADS = ["2/agent,1", "2/agent,1234567890123456789", "2/agent?x=1,1", "2/agent?x=1,"]


@pytest.mark.parametrize("head", HEADS)
def test_half_characters_are_replaced_whatever_stands_before_them(head: str) -> None:
    """Unusual heads are read by the library, which keeps what no database and no answer can."""
    packet = LeanPacket(encoded_packet=head + '["post",{"a":"\\ud83d"}]')

    assert (packet.namespace, packet.data) == ("/agent", ["post", {"a": "\ufffd"}])


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("data", ["NaN", "-Infinity", "9" * 5_000, "[" * 30_000])
def test_what_is_no_json_is_unreadable_whatever_stands_before_it(head: str, data: str) -> None:
    with pytest.raises(UnreadablePacket):
        LeanPacket(encoded_packet=f'{head}["read",{data}]')


def test_what_orjson_refuses_is_written_by_the_library() -> None:
    assert LeanPacket(EVENT, ["e", {1: "a"}]).encode() == '2["e",{"1":"a"}]'
    assert LeanPacket(EVENT, ["e", "\ud83d"]).encode() == '2["e","\\ud83d"]'


@given(namespaces, st.integers(0, 10**15), values)
def test_whole_messages_equal_packets(namespace: str | None, number: int, data: Any) -> None:
    where = namespace or "/"

    event = LeanPacket(EVENT, ["name", data], namespace).encode()
    ack = LeanPacket(ACK, [data], namespace, number).encode()

    assert encoded_event(where, "name", data).decode() == event
    assert encoded_ack(where, number, [data]).decode() == ack


@pytest.mark.parametrize(
    ("size", "head"),
    [
        (0, b"\x81\x00"),
        (125, b"\x81\x7d"),
        (126, b"\x81\x7e\x00\x7e"),
        (65_535, b"\x81\x7e\xff\xff"),
        (65_536, b"\x81\x7f\x00\x00\x00\x00\x00\x01\x00\x00"),
    ],
)
def test_frames_have_the_length_of_rfc_6455(size: int, head: bytes) -> None:
    payload = b"x" * size

    assert text_frame(payload) == head + payload


def test_a_long_answer_is_plain_json() -> None:
    answer = {"ok": True, "events": [{"text": "好" * 4_000}] * 20}

    text = encoded_ack("/customer", 7, [answer]).decode()

    assert json.loads(text.removeprefix("3/customer,7")) == [answer]
