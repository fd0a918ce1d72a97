"""Attacks that append: incremental saving, shadow, evil annotation, sneaky signature, changed fields, junk."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyhanko.pdf_utils import generic
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from signing.pdf.fields import SignatureField
from signing.pdf.objects import dictionary, pdf, stream
from signing.pdf.prepare import prepare
from signing.pdf.reasons import Reason
from signing.pdf.revision import Revision
from signing.pdf.sign import Signature, sign
from tests.attacks import forge
from tests.attacks.forge import Attack, attack, field, page, set_in, text_looks, updated
from tests.signing.pdf import world

Change = Callable[[Revision], None]
CHANGED = (Reason.CHANGED, Reason.FORBIDDEN)
FIELD = (Reason.FIELD_CHANGED, Reason.CHANGED, Reason.REMOVED)


def _content(
    revision: Revision, words: bytes = b"BT /F1 12 Tf 60 400 Td (1,000,000) Tj ET"
) -> generic.PdfObject:
    return revision.add_object(stream({}, words))


def _first_kid(revision: Revision) -> generic.DictionaryObject:
    return revision.root["/Pages"]  # type: ignore[no-any-return]


def _insert_page(revision: Revision) -> None:
    fresh = {"/Type": "/Page", "/MediaBox": (0, 0, 595, 842), "/Resources": {}}
    revision.insert_page(dictionary(fresh))


def _drop_page(revision: Revision) -> None:
    tree = _first_kid(revision)
    del tree["/Kids"][0]
    tree["/Count"] = pdf(2)
    revision.update_container(tree)


def _swap_pages(revision: Revision) -> None:
    tree = _first_kid(revision)
    kids = tree["/Kids"]
    first, second = kids.raw_get(0), kids.raw_get(1)
    kids[0], kids[1] = second, first
    revision.update_container(tree)


def _new_catalog(revision: Revision) -> None:
    """The catalog points at other pages, which show something else."""
    other = revision.add_object(dictionary({"/Type": "/Pages", "/Count": 1}))
    fresh = {"/Type": "/Page", "/MediaBox": (0, 0, 595, 842), "/Resources": {}, "/Parent": other}
    other.get_object()["/Kids"] = forge.objects(revision.add_object(dictionary(fresh)))
    revision.root["/Pages"] = other
    revision.update_root()


def _catalog_entry(key: str, value: object) -> Change:
    def change(revision: Revision) -> None:
        revision.root[generic.pdf_name(key)] = pdf(value)
        revision.update_root()

    return change


def _overwrite_content(revision: Revision) -> None:
    """The page's own stream, in place: the page still points at the same object."""
    contents = page(revision).get_object().raw_get("/Contents")
    revision.objects[(0, contents.idnum)] = stream({}, b"BT ET")


def _overwrite_font(revision: Revision) -> None:
    """Replace: what is written stays, what is seen changes (shadow attack, replace via overwriting fonts)."""
    pages = page(revision).get_object()
    resources = pages["/Resources"]
    font = next(iter(resources["/Font"].values()))
    set_in(revision, font, Encoding="/MacRomanEncoding", BaseFont="/Courier")


def _hide(revision: Revision) -> None:
    """Hide: an object that covers something vanishes."""
    contents = page(revision, 1).get_object().raw_get("/Contents")
    revision.objects[(0, contents.idnum)] = generic.NullObject()


def _annotation(kind: str, **more: object) -> Change:
    def change(revision: Revision) -> None:
        values = {
            "/Type": "/Annot",
            "/Subtype": f"/{kind}",
            "/Rect": (50, 600, 300, 700),
            "/F": 4,
            "/Contents": generic.TextStringObject("1,000,000"),
            "/AP": {"/N": revision.add_object(text_looks(b"1,000,000"))},
            **{f"/{key}": value for key, value in more.items()},
        }
        revision.register_annotation(page(revision), revision.add_object(dictionary(values)))

    return change


def _drop_annotations(revision: Revision) -> None:
    set_in(revision, page(revision, 2), Annots=[])


def saving() -> dict[str, Change]:
    """Incremental saving and the shadow attacks: what a page shows."""
    return {
        "page-content": lambda r: set_in(r, page(r), Contents=_content(r)),
        "page-content-added": lambda r: set_in(
            r, page(r), Contents=[page(r).get_object().raw_get("/Contents"), _content(r)]
        ),
        "page-content-in-place": _overwrite_content,
        "page-size": lambda r: set_in(r, page(r), MediaBox=(0, 0, 300, 300)),
        "page-crop": lambda r: set_in(r, page(r), CropBox=(0, 400, 595, 842)),
        "page-turned": lambda r: set_in(r, page(r), Rotate=180),
        "page-action": lambda r: set_in(r, page(r), AA={"/O": {"/S": "/JavaScript"}}),
        "page-inserted": _insert_page,
        "page-dropped": _drop_page,
        "pages-swapped": _swap_pages,
        "pages-replaced": _new_catalog,
        "shadow-replace-font": _overwrite_font,
        "shadow-hide": _hide,
        "shadow-hide-and-replace": lambda r: (_hide(r), set_in(r, page(r), Contents=_content(r))),  # type: ignore[func-returns-value]
        "open-action": _catalog_entry("/OpenAction", {"/S": "/JavaScript"}),
        "additional-actions": _catalog_entry("/AA", {"/WC": {"/S": "/JavaScript"}}),
        "optional-content": _catalog_entry("/OCProperties", {"/D": {"/BaseState": "/OFF"}, "/OCGs": []}),
        "embedded-files": _catalog_entry("/Names", {"/EmbeddedFiles": {"/Names": []}}),
        "permissions-dropped": _catalog_entry("/Perms", {}),
        "annotations-dropped": _drop_annotations,
    }


def annotations() -> dict[str, Change]:
    """Evil annotations: drawn over a certified document."""
    kinds = (
        "FreeText",
        "Stamp",
        "Redact",
        "Highlight",
        "Square",
        "Line",
        "Ink",
        "Text",
        "FileAttachment",
        "Link",
    )
    return {f"annotation-{kind}": _annotation(kind) for kind in kinds}


def fields() -> dict[str, Change]:
    """Form fields under a valid signature: value and looks, together and apart."""
    words = generic.TextStringObject("9000")

    def looks(r: Revision) -> dict[str, object]:
        return {"/N": r.add_object(text_looks(b"9000"))}

    changes: dict[str, Change] = {
        "value": lambda r: set_in(r, field(r, "price"), V=words),
        "looks": lambda r: set_in(r, field(r, "price"), AP=looks(r)),
        "value-and-looks": lambda r: set_in(r, field(r, "price"), V=words, AP=looks(r)),
        "value-emptied": lambda r: set_in(r, field(r, "price"), V=generic.TextStringObject("")),
        "moved": lambda r: set_in(r, field(r, "price"), Rect=(60, 100, 160, 120)),
        "hidden": lambda r: set_in(r, field(r, "price"), F=2),
        "note-late": lambda r: set_in(r, field(r, "harbor-note"), V=words, AP=looks(r)),
        "note-looks-alone": lambda r: set_in(r, field(r, "harbor-note"), AP=looks(r)),
        "straddle-slice": lambda r: set_in(r, field(r, "harbor-1"), AP=looks(r)),
        "signature-looks": lambda r: set_in(r, field(r, "harbor"), AP=looks(r)),
        "signature-looks-gone": lambda r: set_in(
            r, field(r, "kiln"), AP={"/N": r.add_object(text_looks(b""))}
        ),
        "signature-value-gone": lambda r: set_in(r, field(r, "harbor"), V=generic.NullObject()),
        "signature-swapped": lambda r: set_in(
            r, field(r, "harbor"), V=field(r, "kiln").get_object().raw_get("/V")
        ),
        "lock-loosened": lambda r: set_in(r, field(r, "harbor").get_object().raw_get("/Lock"), Fields=[]),
        "looks-in-place": _looks_in_place,
        "field-added": _field_added,
        "field-dropped": _field_dropped,
        "sneaky-signature-field": lambda r: append_signature_field(
            r, SigFieldSpec("sneaky", on_page=0, box=(50, 600, 400, 700))
        ),
    }
    return {f"field-{name}": change for name, change in changes.items()}


def _looks_in_place(revision: Revision) -> None:
    looks = field(revision, "price").get_object()["/AP"].raw_get("/N")
    revision.objects[(0, looks.idnum)] = text_looks(b"9000")


def _field_added(revision: Revision) -> None:
    values = {
        "/Type": "/Annot",
        "/Subtype": "/Widget",
        "/FT": "/Tx",
        "/T": generic.TextStringObject("extra"),
        "/Rect": (60, 500, 160, 520),
        "/AP": {"/N": revision.add_object(text_looks(b"9000"))},
    }
    reference = revision.add_object(dictionary(values))
    revision.root["/AcroForm"]["/Fields"].append(reference)
    revision.update_container(revision.root["/AcroForm"]["/Fields"])
    revision.register_annotation(page(revision), reference)


def _field_dropped(revision: Revision) -> None:
    listed = revision.root["/AcroForm"]["/Fields"]
    del listed[0]
    revision.update_container(listed)


def changed() -> Iterator[Attack]:
    """Every change to a signed file, with and without a cover."""
    for kind, changes, reasons in (
        ("saving", saving(), CHANGED),
        ("evil", annotations(), CHANGED),
        ("form", fields(), (*FIELD, *CHANGED)),
    ):
        for name, change in changes.items():
            for how, cover in forge.covers().items():
                base = forge.signed() if kind == "form" else forge.half_signed()
                yield attack(f"{kind}/{name}/{how}", cover(updated(base, change)), *reasons)


def sneaky() -> Iterator[Attack]:
    """A stranger signs a certified document over its content, or what was changed before."""
    outsider = forge.stranger().issue(world.PERSON, world.NOW)
    signer = forge.stranger().signer(outsider.certificate_pem, outsider.wrapped_key)
    for name, change in {**saving(), **annotations()}.items():
        yield attack(f"sneaky/{name}", sign_over(updated(forge.half_signed(), change), signer), *CHANGED)
    for name, change in fields().items():
        if name not in ("field-signature-looks-gone", "field-signature-swapped"):
            yield attack(f"sneaky/{name}", sign_over(updated(forge.half_signed(), change), signer), *FIELD)
    yield attack("sneaky/other-hand", sign_over(forge.half_signed(), signer), Reason.UNTRUSTED)


def sign_over(file: bytes, signer: world.Signer) -> bytes:
    return sign(file, Signature("kiln", signer, world.NOW, world.seal()))


def loose_ends() -> Iterator[Attack]:
    """A page signed with a reference to nothing, tied up later by the second, honest-looking signer."""
    revision = forge.open_revision(world.document())
    number = int(revision.trailer["/Size"]) + 90
    contents = page(revision).get_object().raw_get("/Contents")
    set_in(revision, page(revision), Contents=[contents, generic.IndirectObject(number, 0, revision)])
    fields = [SignatureField("harbor"), SignatureField("kiln")]
    first = Signature("harbor", world.signer(), world.NOW, certify=True)
    revision = forge.open_revision(sign(prepare(revision.finished(), fields), first))
    revision.objects[(0, number)] = stream({}, b"BT /F1 12 Tf 60 400 Td (1,000,000) Tj ET")
    revision._lastobj_id = number
    file = sign(revision.finished(), Signature("kiln", world.signer(world.KILN), world.NOW))
    for how, cover in forge.covers().items():
        yield attack(f"loose-end/{how}", cover(file), Reason.CHANGED, Reason.MALFORMED)


BEHIND = (Reason.UNCOVERED_FILE, Reason.NO_SIGNATURE, Reason.MALFORMED, *CHANGED)


def junk() -> Iterator[Attack]:
    """Bytes behind the last signature or timestamp."""
    tails = {
        "newline": b"\n",
        "space": b" ",
        "zero": b"\0",
        "comment": b"% nothing to see\n",
        "eof": b"%%EOF\n",
        "startxref": b"startxref\n0\n%%EOF\n",
        "binary": bytes(range(256)),
        "object": b"1 0 obj\n<<>>\nendobj\n",
        "pdf": world.document(),
        "html": b"<script>alert(1)</script>",
        "zip": b"PK\3\4",
    }
    for name, tail in tails.items():
        for base, file in (("b-t", forge.signed()), ("b-lta", forge.finished())):
            yield attack(f"junk/{name}/{base}", file + tail, *BEHIND)
