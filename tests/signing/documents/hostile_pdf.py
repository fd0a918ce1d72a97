"""PDFs that act, call out or hide something, and the reason each is refused with."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, String

from .makers import annotated, stream, with_field


def script():
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def launch():
    return Dictionary(S=Name.Launch, F=String("calc.exe"))


def uri():
    return Dictionary(S=Name.URI, URI=String("http://127.0.0.1:9/"))


def set_root(key, make):
    return lambda pdf: pdf.Root.__setitem__(key, make())


def attach(pdf):
    pdf.attachments["a.txt"] = b"hello"


def layer(pdf):
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("a")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=Array([group])))


def signed(pdf):
    field = with_field(pdf)
    field.FT = Name.Sig
    field.V = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("x"))


def nested_script(pdf):
    annotated(pdf, "Link", A=Dictionary(S=Name.GoTo, D=String("x"), Next=Array([script()])))


def external_stream(pdf):
    pdf.Root.Odd = stream(pdf, F=String("file:///etc/passwd"))


def xfa(pdf):
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=stream(pdf, b"<xdp/>"))


def unreachable_script(pdf):
    pdf.Root.Odd = pdf.make_indirect(script())


HOSTILE = {
    "a script on open": (set_root("/OpenAction", script), "javascript"),
    "a named script": (
        set_root("/Names", lambda: Dictionary(JavaScript=Dictionary(Names=Array([])))),
        "javascript",
    ),
    "a script when closing": (set_root("/AA", lambda: Dictionary(WC=script())), "javascript"),
    "a script on a page": (
        lambda pdf: pdf.pages[1].obj.__setitem__("/AA", Dictionary(O=script())),
        "javascript",
    ),
    "a script behind a link's action": (nested_script, "javascript"),
    "a script in a field": (lambda pdf: with_field(pdf, AA=Dictionary(K=script())), "javascript"),
    "a script that nothing shows": (unreachable_script, "javascript"),
    "a program behind a link": (lambda pdf: annotated(pdf, "Link", A=launch()), "launch"),
    "a program on open": (set_root("/OpenAction", launch), "launch"),
    "a form that is sent": (
        lambda pdf: with_field(pdf, A=Dictionary(S=Name.SubmitForm, F=String("http://127.0.0.1:9"))),
        "submit-form",
    ),
    "a form that is fetched": (lambda pdf: with_field(pdf, A=Dictionary(S=Name.ImportData)), "submit-form"),
    "another file on open": (
        set_root("/OpenAction", lambda: Dictionary(S=Name.GoToR, F=String("\\\\host\\a"))),
        "goto-remote",
    ),
    "another file behind a link": (
        lambda pdf: annotated(pdf, "Link", A=Dictionary(S=Name.GoToR, F=String("b.pdf"))),
        "goto-remote",
    ),
    "an embedded file behind a link": (
        lambda pdf: annotated(pdf, "Link", A=Dictionary(S=Name.GoToE)),
        "goto-remote",
    ),
    "an address on open": (set_root("/OpenAction", uri), "opens-uri"),
    "an address after something else on open": (
        set_root("/OpenAction", lambda: Dictionary(S=Name.GoTo, D=String("x"), Next=uri())),
        "opens-uri",
    ),
    "an address when a page is shown": (
        lambda pdf: pdf.pages[0].obj.__setitem__("/AA", Dictionary(O=uri())),
        "opens-uri",
    ),
    "an address when the pointer passes": (
        lambda pdf: annotated(pdf, "Link", AA=Dictionary(E=uri())),
        "opens-uri",
    ),
    "an XFA form": (xfa, "xfa"),
    "an attached file": (attach, "embedded-files"),
    "a file pinned to a page": (lambda pdf: annotated(pdf, "FileAttachment"), "embedded-files"),
    "a portfolio": (set_root("/Collection", lambda: Dictionary(Type=Name.Collection)), "embedded-files"),
    "layers": (layer, "optional-content"),
    "a switch for layers": (
        lambda pdf: annotated(pdf, "Link", A=Dictionary(S=Name.SetOCGState)),
        "optional-content",
    ),
    "rich media": (lambda pdf: annotated(pdf, "RichMedia"), "rich-media"),
    "a film": (lambda pdf: annotated(pdf, "Movie"), "rich-media"),
    "a 3D model": (lambda pdf: annotated(pdf, "3D"), "rich-media"),
    "a screen": (lambda pdf: annotated(pdf, "Screen", A=Dictionary(S=Name.Rendition)), "rich-media"),
    "content outside of the file": (external_stream, "external-content"),
    "a signature": (signed, "signed-already"),
    "a signature and a script": (lambda pdf: (signed(pdf), unreachable_script(pdf)), "signed-already"),
}
