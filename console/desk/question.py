"""Which slots an agent's message asks the customer for, in Chinese and English.

A message is cut into sentences and clauses. Clauses that ask for nothing are left out first: a
value read back ("尾号 8832,对吗"), a security check, an offer, a statement, advice for later. What
remains is matched slot by slot (question_words.py). Counting a question that was none blames an
agent wrongly, so in doubt it is none. Measured on tests/desk/agent_sentences.yml.
"""

from __future__ import annotations

import re
import unicodedata

from console.desk.question_words import (
    CANCELS,
    GUESSES,
    MAYBE,
    NOT_NOW,
    QUESTIONS,
    READ_BACK,
    SAYS_ONLY,
    THINGS,
    WANTS,
)

LONGEST = 2_000  # characters that are read; a longer message is a text, not a question
_SENTENCES = re.compile(r"(?<=[。!?\n])\s*|(?<=[a-z0-9]\.)\s+")
_CLAUSES = re.compile(r"[,:;](?!\d)|\s[-–]\s")
_SLOTS = tuple(dict.fromkeys((*THINGS, *QUESTIONS)))


def asked_slots(text: str) -> tuple[str, ...]:
    """The slots whose answer the writer wants now, in the order of the tables."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    if not MAYBE.search(plain):
        return ()
    found: set[str] = set()
    for sentence in _SENTENCES.split(plain):
        found |= _asked_in(sentence)
    return tuple(slot for slot in _SLOTS if slot in found)


def _asked_in(sentence: str) -> set[str]:
    if NOT_NOW.search(sentence):
        return set()
    rest = _after_read_back([clause.strip() for clause in _CLAUSES.split(sentence)])
    clauses = ", ".join(clause for clause in rest if not SAYS_ONLY.search(clause))
    found = {slot for slot, asks in QUESTIONS.items() if asks.search(clauses)}
    if WANTS.search(clauses) and not GUESSES.search(clauses):
        found |= {slot for slot, noun in THINGS.items() if noun.search(clauses)}
    return _without_doubles(found, clauses)


def _after_read_back(clauses: list[str]) -> list[str]:
    """What "right?" closes was read back, not asked."""
    ends = [index for index, clause in enumerate(clauses) if READ_BACK.search(clause)]
    return clauses[ends[-1] + 1 :] if ends else clauses


def _without_doubles(found: set[str], clauses: str) -> set[str]:
    """One question, one slot: "why cancel" asks for no reason of a return."""
    if CANCELS.search(clauses):
        found = {"cancel_reason" if slot == "reason" else slot for slot in found}
    if found & {"reason", "cancel_reason"}:
        found -= {"fault_text", "complaint_target"}
    if "product_id" in found:
        found -= {"order_item_id"}
    return found
