"""What the real gateways compute of a request, from what came over the wire."""

from __future__ import annotations

import base64
import hashlib
import hmac
from urllib.parse import parse_qsl, quote, urlsplit

from tests.signing.gateways.fake_http import Heard

ID, SECRET = "LTAImadeup0000000000", "madeupmadeupmadeup000"


def tc3(heard: Heard) -> bool:
    """Tencent Cloud, TC3-HMAC-SHA256."""
    scheme, _, fields = heard.headers["Authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in fields.split(","))
    key_id, _, scope = parts["Credential"].partition("/")
    names = parts["SignedHeaders"].split(";")
    canonical = "".join(f"{name}:{heard.headers[name].strip().lower()}\n" for name in names)
    digest = hashlib.sha256(heard.body).hexdigest()
    request = "\n".join(["POST", "/", "", canonical, parts["SignedHeaders"], digest])
    text = "\n".join([scheme, heard.headers["X-TC-Timestamp"], scope, _sha(request)])
    key = f"TC3{SECRET}".encode()
    for word in scope.split("/"):
        key = hmac.new(key, word.encode(), hashlib.sha256).digest()
    wanted = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    return scheme == "TC3-HMAC-SHA256" and key_id == ID and wanted == parts["Signature"]


def acs3(heard: Heard) -> bool:
    """Aliyun, ACS3-HMAC-SHA256."""
    scheme, _, fields = heard.headers["Authorization"].partition(" ")
    parts = dict(part.strip().split("=", 1) for part in fields.split(","))
    names = parts["SignedHeaders"].split(";")
    canonical = "".join(f"{name}:{heard.headers[name].strip()}\n" for name in names)
    body = hashlib.sha256(heard.body).hexdigest()
    request = "\n".join(["POST", "/", _query(heard.path), canonical, parts["SignedHeaders"], body])
    wanted = hmac.new(SECRET.encode(), f"{scheme}\n{_sha(request)}".encode(), hashlib.sha256).hexdigest()
    right = scheme == "ACS3-HMAC-SHA256" and parts["Credential"] == ID
    return right and wanted == parts["Signature"] and heard.headers["x-acs-content-sha256"] == body


def basic(heard: Heard) -> bool:
    """Twilio, RFC 7617."""
    wanted = base64.b64encode(f"{ID}:{SECRET}".encode()).decode()
    return bool(heard.headers["Authorization"] == f"Basic {wanted}")


def _query(path: str) -> str:
    pairs = sorted(parse_qsl(urlsplit(path).query, keep_blank_values=True))
    return "&".join(f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}" for name, value in pairs)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
