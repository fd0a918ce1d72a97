"""Figures for Prometheus: what is done and how long it takes, and what waits, as the store has it when asked."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily

from signing.store.port import Reading, Row, Store

LOOPBACK = "127.0.0.1"
BOUNDS = (0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100)
"""Seconds."""


class Metrics:
    """A Watch that counts. Its registry holds nothing of other programs."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "sealbot_seconds",
            "Seconds that a part of the work took",
            ["part", "what", "outcome"],
            buckets=BOUNDS,
            registry=self.registry,
        )

    def __call__(self, part: str, what: str, outcome: str, seconds: float) -> None:
        self._seconds.labels(part, what, outcome).observe(seconds)

    def look_into(self, store: Store) -> None:
        """Say what waits, too."""
        self.registry.register(Waiting(store))

    def serve(self, port: int) -> tuple[WSGIServer, Thread]:
        """Answer on this machine alone, in a thread of its own; `port` 0 takes one that is free."""
        return start_http_server(port, LOOPBACK, self.registry)


class Waiting:
    """Reads the store whenever Prometheus asks."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[GaugeMetricFamily]:
        waiting, contracts = self._store.read(_looked)
        yield _gauge("sealbot_waiting", "Rows that wait for a part of the work", "queue", waiting)
        yield _gauge("sealbot_contracts", "Contracts by their state", "state", contracts)


def _looked(tx: Reading) -> tuple[Row, Row]:
    states = {row["state"]: row["number"] for row in tx.find("contracts_by_state")}
    return tx.find("due_counts", now=tx.now)[0], states


def _gauge(name: str, meaning: str, label: str, values: Row) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, meaning, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family
