"""Papers: documents that come in, and pictures of their pages with the parties' places outlined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from signing.contracts.contract import Contract, read_contract
from signing.contracts.drafts import Document
from signing.contracts.plan import Proposals
from signing.documents import anchors, photos, word
from signing.documents.child import Run
from signing.documents.intake import inspect
from signing.documents.kind import PICTURES, WORD, kind_of
from signing.documents.preview import Mark, Picture, contact_sheet, render_pages
from signing.ids import ContractId, Digest
from signing.store.blobs import Blobs
from signing.store.port import Store, Tx

FEET = 6
DPI = 90


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of pages (from 1), stored."""

    digest: Digest
    mime: str
    pages: tuple[int, ...]


class Papers:
    """Reads documents and draws their pages, outside any transaction, each in a limited child process."""

    def __init__(self, store: Store, blobs: Blobs, run: Run) -> None:
        self._store = store
        self._blobs = blobs
        self._run = run

    def take_in(self, upload: Digest, name: str) -> Document:
        """Let a file in. Raises a Refused of `signing.documents.errors` that names the reason."""
        accepted = inspect(self._as_pdf(self._blobs.read(upload)), name, run=self._run)
        found = anchors.propose(accepted.pdf, run=self._run)
        feet = anchors.fallback(accepted.pdf, FEET, run=self._run)
        proposals = Proposals([asdict(each) for each in found], [asdict(each) for each in feet])
        digest = self._kept(accepted.pdf, "application/pdf")
        return Document(digest, accepted.pages, accepted.flattened, proposals)

    def _as_pdf(self, data: bytes) -> bytes:
        """Word files and photos of paper become PDFs; anything else goes to the gate as it is."""
        kind = kind_of(data)
        if kind in WORD:
            return word.as_pdf(data, run=self._run)
        if kind in PICTURES:
            return photos.as_pdf([data], run=self._run)
        return data

    def overview(self, contract: ContractId) -> list[Shown]:
        """All pages, six a picture, places outlined."""
        read = self._store.read(read_contract, contract)
        pdf = self._blobs.read(read.document)
        sheets = contact_sheet(pdf, None, _marks(read), run=self._run)
        return [
            self._shown(sheet, range(6 * at, min(6 * at + 6, read.pages))) for at, sheet in enumerate(sheets)
        ]

    def places(self, contract: ContractId, at_most: int) -> list[Shown]:
        """The pages on which somebody signs, places outlined."""
        read = self._store.read(read_contract, contract)
        pages = sorted({area.page for area in read.areas})[:at_most]
        pictures = render_pages(self._blobs.read(read.current), pages, DPI, _marks(read), run=self._run)
        return [self._shown(picture, [page]) for picture, page in zip(pictures, pages, strict=True)]

    def _shown(self, picture: Picture, pages: Sequence[int]) -> Shown:
        digest = self._kept(picture.data, picture.mime)
        return Shown(digest, picture.mime, tuple(page + 1 for page in pages))

    def _kept(self, data: bytes, mime: str) -> Digest:
        digest = Digest(self._blobs.write(data))
        self._store.write(_register, self._blobs, digest, mime)
        return digest


def _register(tx: Tx, blobs: Blobs, digest: Digest, mime: str) -> None:
    blobs.register(tx, digest, mime)


def _marks(contract: Contract) -> list[Mark]:
    letters = {party.id: chr(ord("A") + party.position - 1) for party in contract.parties}
    return [
        Mark(area.page, area.box, f"{letters[area.party]}", ord(letters[area.party]))
        for area in contract.areas
        if area.kind in ("seal", "signature")
    ]
