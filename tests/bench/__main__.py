"""`make bench`: every bench in turn; what they measure goes into bench.json, one flat object of name: number."""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path

import tests.bench

FILE = Path("bench.json")


def main(wanted: list[str]) -> None:
    """Run the benches that are named, or all; figures of the others are kept."""
    figures: dict[str, float] = json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}
    for module in pkgutil.iter_modules(tests.bench.__path__):
        if module.name.startswith("_") or (wanted and module.name not in wanted):
            continue
        bench = importlib.import_module(f"tests.bench.{module.name}")
        if hasattr(bench, "run"):
            figures |= report(module.name, bench.run())
    FILE.write_text(json.dumps(figures, indent=2, sort_keys=True) + "\n", "utf-8")


def report(name: str, figures: dict[str, float]) -> dict[str, float]:
    print(f"{name}")
    for figure, value in figures.items():
        print(f"  {figure:40} {value:10.3f}", flush=True)
    return figures


main(sys.argv[1:])
