"""The error tree of `signing`: each error has a reason code that templates turn into a sentence."""

from __future__ import annotations

from typing import Any, ClassVar


class SigningError(Exception):
    """Something was refused. `code` names the sentence that a person reads, `details` fills it in.

    `details` is plain JSON (it is journaled with the step that failed) and never holds personal data
    that the reader of the message may not see.
    """

    code: ClassVar[str] = "refused"
    known: ClassVar[dict[str, type[SigningError]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        SigningError.known[cls.code] = cls

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code)
        self.details = details


class Unavailable(SigningError):
    """A part that the step needed did not answer, several times over."""

    code = "unavailable"


def rebuild(code: str, details: dict[str, Any]) -> SigningError:
    """The error that a journaled refusal stands for."""
    return SigningError.known.get(code, SigningError)(**details)
