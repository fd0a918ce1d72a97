# mypy: allow-untyped-calls
"""Trusted lists as the states of the EU publish them (ETSI TS 119 612), read by pyHanko (its extra `etsi`).

A list counts only with the signature of whoever may publish it: a certificate given for it, or one that the
Commission's list of lists names, whose own signature is checked against the certificates that pyHanko brings along.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import import_module
from types import ModuleType

from asn1crypto import pem, x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.qualified.assess import QualificationAssessor
from pyhanko.sign.validation.qualified.tsp import TSPRegistry
from pyhanko_certvalidator.authority import AuthorityWithCert, CertTrustAnchor
from pyhanko_certvalidator.path import ValidationPath

from signing.pki.errors import TrustListUnusable
from signing.pki.qualification import Qualification

NEXT_UPDATE = re.compile(r"<(?:\w+:)?NextUpdate>\s*<(?:\w+:)?dateTime>([^<]+)<")


class TrustedLists:
    """The services of the lists that were read, as they were at any time."""

    def __init__(self, registry: TSPRegistry) -> None:
        self._registry = registry

    @classmethod
    def read(cls, lists: Iterable[str], signers: Sequence[bytes], now: datetime) -> TrustedLists:
        """Out of lists (XML); `signers` are certificates (PEM) and lists of lists (XML) that say who may publish them.

        Raises TrustListUnusable.
        """
        reader = _reader()
        registry, known = TSPRegistry(), _signers(signers, reader)
        for text in lists:
            _require_current(text, now)
            try:
                reader.trust_list_to_registry(text, known, registry)
            except SignatureValidationError as error:
                raise TrustListUnusable(reason="signature") from error
            except Exception as error:
                raise TrustListUnusable(reason="unreadable") from error
        return cls(registry)

    @property
    def authorities(self) -> tuple[bytes, ...]:
        """The certificates of all services, DER: whom a verifier may trust."""
        known = (*self._registry.known_certificate_authorities, *self._registry.known_timestamp_authorities)
        return tuple(sorted(each.certificate.dump() for each in known if isinstance(each, AuthorityWithCert)))

    def qualification(self, path: Sequence[bytes], at: datetime) -> Qualification | None:
        """What the lists say of the last certificate of a path (DER, from the trusted one down) at a time; None:
        that it is not qualified, or nothing."""
        if len(path) < 2:
            return None
        anchor, *between, leaf = (x509.Certificate.load(each) for each in path)
        found = QualificationAssessor(self._registry).check_entity_cert_qualified(
            ValidationPath(CertTrustAnchor(anchor), between, leaf), at
        )
        if not found.status.qualified or found.service_definition is None:
            return None
        return Qualification(
            purpose=found.status.qc_type.value,
            device=found.status.qc_key_security.is_qscd,
            service=found.service_definition.base_info.service_name,
        )


def _reader() -> ModuleType:
    """pyHanko's reader of lists, which needs more than pyHanko does. Raises TrustListUnusable."""
    try:
        return import_module("pyhanko.sign.validation.qualified.eutl_parse")
    except ImportError as error:
        raise TrustListUnusable(reason="not-installed", wanted="pyhanko[etsi]") from error


def _signers(given: Iterable[bytes], reader: ModuleType) -> list[x509.Certificate]:
    """Raises TrustListUnusable."""
    found: list[x509.Certificate] = []
    for each in given:
        try:
            if pem.detect(each):
                found += [x509.Certificate.load(der) for _, _, der in pem.unarmor(each, multiple=True)]
            else:
                references = reader.validate_and_parse_lotl(each.decode("utf-8")).references
                found += [one for reference in references for one in reference.tlso_certs]
        except SignatureValidationError as error:
            raise TrustListUnusable(reason="signature") from error
        except Exception as error:
            raise TrustListUnusable(reason="unreadable") from error
    return found


def _require_current(text: str, now: datetime) -> None:
    """A list that should have been replaced says nothing any more. Raises TrustListUnusable."""
    found = NEXT_UPDATE.search(text)
    if found and datetime.fromisoformat(found[1].strip().replace("Z", "+00:00")) < now:
        raise TrustListUnusable(reason="over")
