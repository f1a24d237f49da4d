"""Whether a message can fill a slot by itself; if not, Rasa need not look for one.

After each message Rasa goes over every mapping of every slot. Nearly all of ours are `custom`
without an action: only our own actions fill those. Source: docs/adr/0027.
"""

from __future__ import annotations

from rasa.shared.core.constants import (
    ACTION_VALIDATE_SLOT_MAPPINGS,
    DEFAULT_SLOT_NAMES,
    MAPPING_TYPE,
    SlotMappingType,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered


class SlotFilling:
    """What one domain says about that, read once: a domain does not change."""

    def __init__(self, domain: Domain) -> None:
        slots = [slot for slot in domain.slots if slot.name not in DEFAULT_SLOT_NAMES]
        ways = [mapping for slot in slots for mapping in slot.mappings]
        by_entity = [one for one in ways if _is(one, SlotMappingType.FROM_ENTITY)]
        by_us = [one for one in ways if _is(one, SlotMappingType.CUSTOM) and "action" not in one]
        self._entities = frozenset(one.get("entity") for one in by_entity)
        self._always = (
            len(by_entity) + len(by_us) < len(ways)
            or ACTION_VALIDATE_SLOT_MAPPINGS in domain.user_actions
        )

    def is_possible(self, message: UserUttered | None) -> bool:
        """False only where Rasa's `action_extract_slots` would find nothing to do."""
        entities = message.entities if message is not None else ()
        return self._always or any(one.get("entity") in self._entities for one in entities)


def _is(mapping: dict[str, object], kind: SlotMappingType) -> bool:
    return str(mapping.get(MAPPING_TYPE)) == str(kind)
