"""Keys in hardware, through PKCS #11 (python-pkcs11, the extra `hsm`): made there, used there, never out of it."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import pkcs11
from asn1crypto.core import OctetString
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from pkcs11 import Attribute, KeyType, Mechanism, MechanismFlag, ObjectClass
from pkcs11.util.ec import encode_ecdsa_signature, encode_named_curve_parameters

from signing.pki.errors import KeyUnreadable, TokenUnavailable
from signing.pki.keys import IN_TOKEN, KeyKind, PrivateKey, PublicKey
from signing.pki.token_keys import InToken, key_in_token

T = TypeVar("T")
ED25519_PARAMETERS = bytes.fromhex("130c656477617264733235353139")
"""EC_PARAMS of Ed25519 (PKCS #11 3.0, 6.3.3): the curve's name as a PrintableString."""
RSA_MECHANISMS = {
    "sha256": Mechanism.SHA256_RSA_PKCS,
    "sha384": Mechanism.SHA384_RSA_PKCS,
    "sha512": Mechanism.SHA512_RSA_PKCS,
}
USES = MechanismFlag.SIGN | MechanismFlag.VERIFY
LABEL = "sealbot"


class Pkcs11Token:
    """One token of a PKCS #11 module, by its label. It is opened when it is first needed, and again if it went away.

    `pin` is asked each time it is opened. One job at a time: sessions are not for threads.
    """

    def __init__(self, module: str, label: str, pin: Callable[[], str]) -> None:
        self._module, self._label, self._pin = module, label, pin
        self._lock = threading.Lock()
        self._session: pkcs11.Session | None = None

    def make(self, kind: KeyKind, label: str = LABEL) -> PrivateKey:
        identity = secrets.token_bytes(16)
        return self._key(identity, self._do(lambda session: _generate(session, kind, identity, label)))

    def reference(self, key: PrivateKey) -> bytes | None:
        if not isinstance(key, InToken):
            return None
        public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return IN_TOKEN + key.identity.hex().encode() + b":" + public

    def find(self, reference: bytes) -> PrivateKey:
        try:
            identity, _, encoded = reference.removeprefix(IN_TOKEN).partition(b":")
            return self._key(bytes.fromhex(identity.decode("ascii")), load_der_public_key(encoded))
        except ValueError as error:
            raise KeyUnreadable(context="token") from error

    def named(self, label: str, public: PublicKey) -> PrivateKey:
        """A key that somebody else put there, by its label, which no other has. Raises TokenUnavailable."""
        wanted = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.LABEL: label}
        identity = self._do(lambda session: next(iter(session.get_objects(wanted)))[Attribute.ID])
        return self._key(bytes(identity), public)

    def destroy(self, key: PrivateKey) -> None:
        """Delete the key and its public half. Raises TokenUnavailable."""
        assert isinstance(key, InToken)
        wanted = {Attribute.ID: key.identity}

        def delete(session: pkcs11.Session) -> None:
            for each in list(session.get_objects(wanted)):
                each.destroy()

        self._do(delete)

    def describe(self) -> str:
        """The token as it calls itself, once it let us in. Raises TokenUnavailable."""
        token = self._do(lambda session: session.token)
        return f"{token.label} ({token.manufacturer_id} {token.model})"

    def _key(self, identity: bytes, public: Any) -> PrivateKey:
        if not isinstance(public, PublicKey):
            raise KeyUnreadable(context="token")
        return key_in_token(identity, public, partial(self._sign, identity, public))

    def _sign(self, identity: bytes, public: PublicKey, data: bytes, algorithm: str) -> bytes:
        return self._do(lambda session: _signature(session, identity, public, data, algorithm))

    def _do(self, work: Callable[[pkcs11.Session], T]) -> T:
        """Work in the open session; once more in a fresh one, where the old one is no good any more."""
        with self._lock:
            try:
                if self._session is not None:
                    with suppress(pkcs11.PKCS11Error):
                        return work(self._session)
                    with suppress(pkcs11.PKCS11Error):
                        self._session.close()
                    self._session = None
                self._session = self._opened()
                return work(self._session)
            except (pkcs11.PKCS11Error, StopIteration, OSError, RuntimeError) as error:
                raise TokenUnavailable(reason=type(error).__name__) from error

    def _opened(self) -> pkcs11.Session:
        token = pkcs11.lib(self._module).get_token(token_label=self._label)
        try:
            return token.open(user_pin=self._pin(), rw=True)
        except pkcs11.UserAlreadyLoggedIn:
            return token.open(rw=True)


def _generate(session: pkcs11.Session, kind: KeyKind, identity: bytes, label: str) -> PublicKey:
    named: dict[str, Any] = {"id": identity, "label": label, "store": True, "capabilities": USES}
    if kind is KeyKind.RSA3072:
        public, _ = session.generate_keypair(KeyType.RSA, 3072, **named)
        exponent, modulus = (public[each] for each in (Attribute.PUBLIC_EXPONENT, Attribute.MODULUS))
        return rsa.RSAPublicNumbers(int.from_bytes(exponent), int.from_bytes(modulus)).public_key()
    if kind is KeyKind.P256:
        curve = {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
        public, _ = session.create_domain_parameters(KeyType.EC, curve, local=True).generate_keypair(**named)
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _point(public))
    curve = {Attribute.EC_PARAMS: ED25519_PARAMETERS}
    parameters = session.create_domain_parameters(KeyType.EC_EDWARDS, curve, local=True)
    public, _ = parameters.generate_keypair(mechanism=Mechanism.EC_EDWARDS_KEY_PAIR_GEN, **named)
    return ed25519.Ed25519PublicKey.from_public_bytes(_point(public))


def _point(public: pkcs11.PublicKey) -> bytes:
    return bytes(OctetString.load(public[Attribute.EC_POINT]))


def _signature(
    session: pkcs11.Session, identity: bytes, public: PublicKey, data: bytes, algorithm: str
) -> bytes:
    key: Any = session.get_key(object_class=ObjectClass.PRIVATE_KEY, id=identity)
    if isinstance(public, rsa.RSAPublicKey):
        return bytes(key.sign(data, mechanism=RSA_MECHANISMS[algorithm]))
    if isinstance(public, ed25519.Ed25519PublicKey):
        return bytes(key.sign(data, mechanism=Mechanism.EDDSA))
    digest = hashlib.new(algorithm, data).digest()
    return bytes(encode_ecdsa_signature(key.sign(digest, mechanism=Mechanism.ECDSA)))
