"""What `sealbot doctor` says of certificates: whose keys lie where, who issues, whose time, who is trusted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.commands.finding import Finding
from bot.settings import Settings

KINDS = {
    "p256": "ECDSA P-256: read by every validator that was asked",
    "rsa3072": "RSA-3072: read by every validator that was asked, also by old ones; files are a little larger",
    "ed25519": "Ed25519: Bouncy Castle, pyHanko and we read it; poppler 22.12, MuPDF 1.21 and OpenSSL 3.0's cms do not",
}
LATE = timedelta(days=3 * 365 + 60)


def examine_keys(settings: Settings) -> Iterator[Finding]:
    """Everything that certificates hang from. The token is asked; nothing is made or changed."""
    yield Finding(
        "kind of keys", "note" if settings.key_kind == "ed25519" else "ok", KINDS[settings.key_kind]
    )
    yield _token(settings)
    yield _issuer(settings)
    yield _address(settings)
    if settings.trust_lists:
        yield _lists(settings)
    urls = settings.timestamp_list
    yield Finding("time", "ok" if urls else "note", ", ".join(urls) or "our own timestamp unit: our own word")


def _token(settings: Settings) -> Finding:
    if settings.hsm_module is None:
        return Finding("token", "note", "none: keys are in software, wrapped under the key-encryption key")
    from bot.authority import token_of
    from signing.errors import SigningError

    try:
        token = token_of(settings)
        assert token is not None
        whose = "all new keys" if settings.hsm_keys == "all" else "the authority's own new keys"
        return Finding("token", "ok", f"{token.describe()} makes {whose}")
    except SigningError as refusal:
        reason = refusal.details.get("reason", refusal.code)
        return Finding("token", "missing", f"{settings.hsm_token} in {settings.hsm_module}: {reason}")


def _issuer(settings: Settings) -> Finding:
    if settings.issuer is None:
        return Finding(
            "issuer", "ok", "our own authority, which says that it is private; or the one taken on before"
        )
    from bot.authority import issuer_of, token_of
    from bot.installation import utc_now
    from signing.errors import SigningError
    from signing.pki.adopting import adopted

    now = utc_now()
    try:
        issuer = issuer_of(settings, token_of(settings))
        assert issuer is not None
        ends = adopted(issuer, now).certificate.not_valid_after_utc
    except SigningError as refusal:
        return Finding(
            "issuer", "missing", f"{settings.issuer}: {refusal.details.get('reason', refusal.code)}"
        )
    name = issuer.certificate.subject.rfc4514_string()
    meaning = f"{name}, until {ends:%Y-%m-%d}"
    if ends - now < LATE:
        return Finding(
            "issuer", "note", f"{meaning}: our certificates end with it; get its successor in time"
        )
    return Finding("issuer", "ok", meaning)


def _lists(settings: Settings) -> Finding:
    from bot.installation import lists_of
    from signing.errors import SigningError

    try:
        lists = lists_of(settings)
        assert lists is not None
    except SigningError as refusal:
        return Finding("trusted lists", "missing", f"{refusal.details.get('reason', refusal.code)}")
    return Finding(
        "trusted lists", "ok", f"{len(lists.authorities)} authorities, the lists' signatures are good"
    )


def _address(settings: Settings) -> Finding:
    """Of an installation that has begun what its certificates say, of another what they would say."""
    what, written = "address in certificates", _written_address(settings)
    if written and written != settings.url:
        return Finding(
            what,
            "note",
            f"{written}, for good; the web part is at {settings.url}: lists and answers are asked for there",
        )
    if settings.base_url:
        return Finding(what, "ok", f"{settings.url}, written into every certificate and kept for good")
    begun = "is written" if written else "is written at the first start (set SEALBOT_BASE_URL before)"
    return Finding(what, "note", f"{settings.url} {begun} into every certificate, and nobody else reaches it")


def _written_address(settings: Settings) -> str:
    path = settings.data / "sealbot.db"
    if not path.exists():
        return ""
    from bot.installation import utc_now
    from signing.certificates import address_of
    from signing.store.sqlite import SqliteStore

    store = SqliteStore(path, utc_now)
    try:
        return store.read(address_of)
    finally:
        store.close()
