"""What a trusted list says of a certificate (Regulation (EU) 910/2014, ETSI TS 119 615, in short)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Qualification:
    """A qualified certificate at the time of its signature.

    `purpose` is "qct_esign" (a person), "qct_eseal" (a company) or "qct_web"; `device`: its key lies in a qualified
    device, which makes the signature itself qualified; `service` is the listed service that gave it.
    """

    purpose: str
    device: bool
    service: str
