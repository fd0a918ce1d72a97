"""What a code stands for: starting, sealing, or a whole list of either, down to the digest and the seal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from signing.contracts.contract import Contract
from signing.ids import ContractId, Digest
from signing.willingness import Binding

START, SEAL = "start", "seal"

Entry = list[str]
"""One line of a list that one code stands for: contract, party, digest of the prepared PDF, seal or ""."""


def start_binding(draft: Contract, prepared: Digest, seal: str, entries: str = "") -> Binding:
    """What the sender agrees to: starting, and sealing in the same breath where a seal is named."""
    purposes = (START, SEAL) if seal else (START,)
    sender = draft.parties[0]
    return Binding(purposes, draft.id, sender.id, prepared, seal, entries=entries if seal else "")


def sign_binding(contract: Contract, party: str, seal: str, entries: str = "") -> Binding:
    """What a signer agrees to: this party's seal on this prepared PDF, and what it filled in."""
    assert contract.prepared is not None
    return Binding((SEAL,), contract.id, party, contract.prepared, seal, entries=entries)


def start_purpose(contract: ContractId) -> str:
    """Each draft of a list uses the code once."""
    return f"{START}:{contract}"


def batch_purpose(contract: ContractId) -> str:
    """Each contract of a batch uses the code once."""
    return f"{SEAL}:{contract}"


def start_list_binding(listed: Sequence[Entry]) -> Binding:
    """What one code for starting several contracts stands for: exactly this list, each line once."""
    starts = tuple(start_purpose(ContractId(entry[0])) for entry in listed)
    seals = tuple(batch_purpose(ContractId(entry[0])) for entry in listed if entry[3])
    return Binding((*starts, *seals), digest=_digest(listed))


def batch_binding(batch: Sequence[Entry]) -> Binding:
    """What one code for several contracts stands for: exactly this list."""
    return Binding(tuple(batch_purpose(ContractId(entry[0])) for entry in batch), digest=_digest(batch))


def _digest(entries: Sequence[Entry]) -> str:
    written = json.dumps([list(entry) for entry in entries], ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
