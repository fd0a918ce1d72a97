"""Papers: documents that come in, and pictures of their pages with the parties' places outlined."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Literal

from signing.contracts.contract import Contract, read_contract
from signing.contracts.drafts import Document
from signing.contracts.findings import Finding, findings
from signing.contracts.grid import grid_of
from signing.contracts.outlines import outlines
from signing.contracts.pages import NoSuchPage, PagePicture, keep_picture, page_picture, read_pages
from signing.contracts.plan import Proposals
from signing.documents import anchors, photos, word
from signing.documents.child import Run
from signing.documents.geometry import Box, PageView, millimetres
from signing.documents.intake import inspect
from signing.documents.kind import PICTURES, WORD, kind_of
from signing.documents.preview import Mark, Picture, contact_sheet, render_pages, render_sheet
from signing.documents.readers import require_agreement
from signing.ids import AreaId, ContractId, Digest
from signing.store.blobs import Blobs
from signing.store.port import Store, Tx

FEET = 12
DPI = 90
LARGE_DPI = 150
COVERS = 0.3
"""The share of a place that may lie on words without a word about it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of pages (from 1), stored."""

    digest: Digest
    mime: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the area editor: what its sender should know of the areas on it, columns and rows of its grid, width
    and height of the chosen area in whole millimetres."""

    shown: Shown
    findings: tuple[Finding, ...]
    grid: tuple[int, int]
    size_mm: tuple[int, int]


class Papers:
    """Reads documents and draws their pages, outside any transaction, each in a limited child process."""

    def __init__(self, store: Store, blobs: Blobs, run: Run) -> None:
        self._store = store
        self._blobs = blobs
        self._run = run

    def take_in(self, upload: Digest, name: str) -> Document:
        """Let a file in. Raises a Refused of `signing.documents.errors` that names the reason."""
        return self.document_of(self._as_pdf(self._blobs.read(upload)), name)

    def take_in_photos(self, uploads: Sequence[Digest], name: str) -> Document:
        """Let photos of paper pages in as one document, straightened, in their order. Raises as `take_in`."""
        pages = [self._blobs.read(each) for each in uploads]
        return self.document_of(photos.as_pdf(pages, run=self._run), name)

    def document_of(self, pdf: bytes, name: str) -> Document:
        """A PDF as a document to sign. Raises as `take_in`."""
        accepted = inspect(pdf, name, run=self._run)
        with ThreadPoolExecutor(1) as beside:
            proposals = beside.submit(self._proposals, accepted.pdf)
            require_agreement(pdf, accepted.pdf, redrawn=accepted.redrawn, run=self._run)
        digest = self._kept(accepted.pdf, "application/pdf")
        return Document(digest, accepted.views, accepted.flattened, proposals.result())

    def _proposals(self, pdf: bytes) -> Proposals:
        found = anchors.propose(pdf, run=self._run)
        feet = anchors.fallback(pdf, FEET, run=self._run)
        return Proposals([asdict(each) for each in found], [asdict(each) for each in feet])

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
        sheets = contact_sheet(pdf, None, self._outlines(read), run=self._run)
        return [
            self._shown(sheet, range(6 * at, min(6 * at + 6, read.pages))) for at, sheet in enumerate(sheets)
        ]

    def places(self, contract: ContractId, at_most: int) -> list[Shown]:
        """The pages on which somebody signs, places outlined."""
        read = self._store.read(read_contract, contract)
        pages = sorted({area.page for area in read.areas})[:at_most]
        marks = self._outlines(read)
        pictures = render_pages(self._blobs.read(read.current), pages, DPI, marks, run=self._run)
        return [self._shown(picture, [page]) for picture, page in zip(pictures, pages, strict=True)]

    def page(self, contract: ContractId, page: int) -> Shown:
        """One page (from 0) large, places outlined. Raises NoSuchPage."""
        read = self._store.read(read_contract, contract)
        if not 0 <= page < read.pages:
            raise NoSuchPage(pages=read.pages)
        marks = self._outlines(read)
        picture = render_pages(self._blobs.read(read.current), [page], LARGE_DPI, marks, run=self._run)[0]
        return self._shown(picture, [page])

    def card(self, contract: ContractId) -> Shown:
        """One picture of all pages on which somebody signs: large where it is one page."""
        read = self._store.read(read_contract, contract)
        pdf, marks = self._blobs.read(read.current), self._outlines(read)
        pages = sorted({area.page for area in read.areas})[:6] or [read.pages - 1]
        if len(pages) == 1:
            return self._shown(render_pages(pdf, pages, DPI, marks, run=self._run)[0], pages)
        return self._shown(contact_sheet(pdf, pages, marks, run=self._run)[0], pages)

    def sheet(self, contract: ContractId, page: int, area: AreaId | Literal[""]) -> Sheet:
        """A page (from 0) as the area editor shows it; with a chosen `area`, that one emphasized on a grid."""
        read = self._store.read(read_contract, contract)
        self._keep_plain(read.document, page)
        views = self._store.read(read_pages, read.document)
        here = [each for each in read.areas if each.page == page]
        grid = grid_of(views[page])
        picture, shares = render_sheet(
            self._blobs.read(read.document),
            page,
            DPI,
            [mark for mark in outlines(read, views, area or None) if mark.page == page],
            (grid.columns, grid.rows) if area else None,
            [(each.box, each.anchor) for each in here],
            run=self._run,
        )
        covering = [
            Finding("text", each.id, page) for each, share in zip(here, shares, strict=True) if share > COVERS
        ]
        odd = [each for each in findings(read, views) if each.page == page]
        chosen = next((each for each in here if each.id == area), None)
        return Sheet(
            self._shown(picture, [page]),
            (*odd, *covering),
            (grid.columns, grid.rows),
            _size_mm(views[page], chosen.box) if chosen else (0, 0),
        )

    def _keep_plain(self, document: Digest, page: int) -> None:
        """The page with nothing on it, for the page on which places are dragged; made once."""
        if self._store.read(page_picture, document, page) is None:
            picture = render_pages(self._blobs.read(document), [page], DPI, run=self._run, margin=False)[0]
            plain = PagePicture(self._kept(picture.data, picture.mime), picture.mime)
            self._store.write(keep_picture, document, page, plain)

    def _outlines(self, contract: Contract) -> list[Mark]:
        return outlines(contract, self._store.read(read_pages, contract.document))

    def _shown(self, picture: Picture, pages: Sequence[int]) -> Shown:
        digest = self._kept(picture.data, picture.mime)
        return Shown(digest, picture.mime, tuple(page + 1 for page in pages))

    def _kept(self, data: bytes, mime: str) -> Digest:
        digest = Digest(self._blobs.write(data))
        self._store.write(_register, self._blobs, digest, mime)
        return digest


def _register(tx: Tx, blobs: Blobs, digest: Digest, mime: str) -> None:
    blobs.register(tx, digest, mime)


def _size_mm(view: PageView, box: Box) -> tuple[int, int]:
    x0, y0, x1, y1 = view.to_display(box)
    return round(millimetres(x1 - x0)), round(millimetres(y1 - y0))
