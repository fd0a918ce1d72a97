"""Whom a certificate names: subjects after ETSI EN 319 412-1, -2 (persons) and -3 (enterprises)."""

from __future__ import annotations

from dataclasses import dataclass

from cryptography import x509
from cryptography.x509.oid import NameOID

COMMON_NAME_LIMIT = 64
"""X.520's upper bound of a common name; the full name of an enterprise stands in organizationName."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A principal as its certificate names it. `legal` is true of an enterprise."""

    name: str
    legal: bool
    attributes: tuple[tuple[x509.ObjectIdentifier, str], ...]

    @classmethod
    def enterprise(cls, name: str, code: str, country: str = "CN") -> Subject:
        """An enterprise by its unified social credit code: organizationIdentifier "NTRCN-<code>"."""
        identifier = f"NTR{country}-{code}"
        return cls(
            name,
            True,
            (
                (NameOID.COUNTRY_NAME, country),
                (NameOID.ORGANIZATION_NAME, name),
                (NameOID.ORGANIZATION_IDENTIFIER, identifier),
                (NameOID.COMMON_NAME, name[:COMMON_NAME_LIMIT]),
            ),
        )

    @classmethod
    def person(
        cls, name: str, digest: str, country: str = "CN", *, surname: str = "", given_name: str = ""
    ) -> Subject:
        """A person; `digest` is a keyed digest that tells namesakes apart, never a national number.

        EN 319 412-2 asks for a surname or a given name; where the name can't be split, it is the given name.
        """
        split = ((NameOID.SURNAME, surname), (NameOID.GIVEN_NAME, given_name if surname else name))
        return cls(
            name,
            False,
            (
                (NameOID.COUNTRY_NAME, country),
                (NameOID.SERIAL_NUMBER, digest),
                *((kind, value) for kind, value in split if value),
                (NameOID.COMMON_NAME, name[:COMMON_NAME_LIMIT]),
            ),
        )

    def as_name(self) -> x509.Name:
        return x509.Name([x509.NameAttribute(kind, value) for kind, value in self.attributes])


def authority_name(organization: str, role: str, year: int, country: str = "CN") -> x509.Name:
    """The name of a certificate of the authority itself; it says that the authority is private."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, country),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Private authority"),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{organization} {role} {year}"[:COMMON_NAME_LIMIT]),
        ]
    )
