"""What runs in a limited child elsewhere runs right here in tests that are about something else."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from signing.documents.child import Limits


def here(function: str, payload: bytes, args: dict[str, Any], limits: Limits) -> tuple[dict[str, Any], bytes]:
    """A `Run` without a child."""
    module, _, name = function.partition(":")
    answer, blob = getattr(import_module(module), name)(payload, json.loads(json.dumps(args)))
    return dict(json.loads(json.dumps(answer))), blob
