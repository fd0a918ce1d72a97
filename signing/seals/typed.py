"""What people type about their seals: what they call one, and the code that it bears."""

from __future__ import annotations

import unicodedata

from signing.errors import SigningError

NAME_CHARS = 24
CODE_DIGITS = 13


class NotASealName(SigningError):
    """A seal's name has 1 to 24 characters; details: `at_most`."""

    code = "seal.bad-name"


class NotASealCode(SigningError):
    """The code of a seal has 13 digits, and only round seals bear one."""

    code = "seal.bad-code"


def seal_name(text: str) -> str:
    """A name as it is kept. Raises NotASealName."""
    name = " ".join(text.split())
    if not 1 <= len(name) <= NAME_CHARS:
        raise NotASealName(at_most=NAME_CHARS)
    return name


def seal_code(text: str) -> str:
    """The code on a round seal's lower arc, as it was typed with or without spaces. Raises NotASealCode."""
    code = "".join(unicodedata.normalize("NFKC", text).split())
    if not (len(code) == CODE_DIGITS and code.isascii() and code.isdigit()):
        raise NotASealCode
    return code
