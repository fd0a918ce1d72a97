"""A trusted list as a state would publish it, with one listed authority, and a company that has its certificate."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml import SignatureMethod
from signxml.xades import XAdESDataObjectFormat, XAdESSigner

from signing.pki import der, profiles
from signing.pki.cms import Signer
from signing.pki.keys import signing_key
from signing.pki.profiles import Issuer, certify
from signing.pki.subjects import Subject
from tests.signing.pdf.world import NOW
from tests.signing.pki.outside_world import START, OutsidePki

QC_STATEMENTS = x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3")
LIST = """<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" Id="list" TSLTag="http://uri.etsi.org/19612/TSLTag">
<SchemeInformation><TSLVersionIdentifier>5</TSLVersionIdentifier><TSLSequenceNumber>7</TSLSequenceNumber>
<TSLType>http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUgeneric</TSLType>
<SchemeTerritory>XX</SchemeTerritory>
<ListIssueDateTime>2026-11-01T00:00:00Z</ListIssueDateTime>
<NextUpdate><dateTime>{next_update:%Y-%m-%dT%H:%M:%SZ}</dateTime></NextUpdate></SchemeInformation>
<TrustServiceProviderList><TrustServiceProvider>
<TSPInformation><TSPName><Name xml:lang="en">Tide Table</Name></TSPName></TSPInformation>
<TSPServices><TSPService><ServiceInformation>
<ServiceTypeIdentifier>http://uri.etsi.org/TrstSvc/Svctype/CA/QC</ServiceTypeIdentifier>
<ServiceName><Name xml:lang="en">Tide Seals</Name></ServiceName>
<ServiceDigitalIdentity><DigitalId><X509Certificate>{authority}</X509Certificate></DigitalId></ServiceDigitalIdentity>
<ServiceStatus>http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/{status}</ServiceStatus>
<StatusStartingTime>2026-01-01T00:00:00Z</StatusStartingTime>
</ServiceInformation></TSPService></TSPServices>
</TrustServiceProvider></TrustServiceProviderList></TrustServiceStatusList>"""


def publisher(name: str = "Registrar of Lists") -> Issuer:
    """Who publishes the list: a key and a certificate for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    validity = (START, START + timedelta(days=3000))
    return Issuer(certify(None, subject, key.public_key(), key, profiles.authority(0), validity), key)


def published(
    authority: Issuer,
    by: Issuer,
    *,
    status: str = "granted",
    next_update: datetime = NOW + timedelta(days=90),
) -> str:
    encoded = b64encode(authority.certificate.public_bytes(Encoding.DER)).decode()
    root = etree.fromstring(LIST.format(authority=encoded, status=status, next_update=next_update))
    form = XAdESDataObjectFormat(Description="list", MimeType="text/xml")
    signer = XAdESSigner(data_object_format=form, signature_algorithm=SignatureMethod.ECDSA_SHA256)
    signed = signer.sign(root, key=by.key, cert=[pem(by).decode()])  # type: ignore[arg-type]
    return etree.tostring(signed).decode()


def pem(issuer: Issuer) -> bytes:
    return issuer.certificate.public_bytes(Encoding.PEM)


def seal_of(authority: Issuer, *, device: bool = True) -> Signer:
    """A company's key with a qualified certificate for seals (ETSI EN 319 412-5)."""
    kinds = der.sequence(der.oid("0.4.0.1862.1.6"), der.sequence(der.oid("0.4.0.1862.1.6.2")))
    statements = [der.sequence(der.oid("0.4.0.1862.1.1")), kinds]
    statements += [der.sequence(der.oid("0.4.0.1862.1.4"))] * device
    extension = x509.UnrecognizedExtension(QC_STATEMENTS, der.sequence(*statements))
    key = ec.generate_private_key(ec.SECP256R1())
    subject = Subject.enterprise("Blue Kiln Ceramics Ltd", "91360200MA35W1RT5E").as_name()
    extensions = (*profiles.principal(profiles.ENTERPRISE_POLICY), (extension, False))
    assert authority.key
    made = certify(
        authority, subject, key.public_key(), authority.key, extensions, (START, START + timedelta(days=900))
    )
    encoded = [each.public_bytes(Encoding.DER) for each in (made, authority.certificate)]
    return Signer(encoded[0], (encoded[1],), signing_key(key))


def listed_authority() -> Issuer:
    return OutsidePki().below(name="Tide Seals")
