"""The Jinja2 that fills forms in: it knows names and nothing else.

The braces of a file never reach it as they were typed: `wordfile` puts names of ours in their place. Should anything slip
through, the lexer's tokens are looked at (no statement, comment, attribute, call, index, filter or literal), and behind
that stands Jinja2's own immutable sandbox with no filter, no test, no global and no undefined value.
"""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment

from signing.forms.errors import NotAField

UNDERSTOOD = frozenset({"data", "variable_begin", "name", "variable_end"})


class NamesOnly(Extension):
    """Refuses a template that holds anything but text and names between double braces."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Raises NotAField."""
        within = 0
        for token in stream:
            within = within + 1 if token.type not in ("data", "variable_begin", "variable_end") else 0
            if token.type not in UNDERSTOOD or within > 1:
                raise NotAField(tag=str(token.value)[:60])
            yield token


def names_only() -> ImmutableSandboxedEnvironment:
    """A fresh environment."""
    environment = ImmutableSandboxedEnvironment(
        extensions=[NamesOnly], undefined=StrictUndefined, autoescape=True, cache_size=0
    )
    for known in (environment.filters, environment.tests, environment.globals):
        known.clear()
    return environment
