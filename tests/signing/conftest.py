"""Children that are warm already, for all tests of `signing`."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from signing.documents.child import Children


@pytest.fixture(scope="session")
def children() -> Iterator[Children]:
    with Children() as kept:
        yield kept
