"""Why a document may not come in: one class, and so one sentence for people, for each reason."""

from __future__ import annotations

from signing.errors import SigningError


class Refused(SigningError):
    """The document was not accepted."""

    code = "document.refused"


class Empty(Refused):
    """There is not one byte of content."""

    code = "document.empty"


class TooLarge(Refused):
    """More bytes than the installation takes. `details`: `bytes`, `limit`."""

    code = "document.too-large"


class NotAPdf(Refused):
    """Neither PDF nor anything else that we know."""

    code = "document.not-a-pdf"


class Heic(Refused):
    """An iPhone's HEIC picture, which Pillow does not read."""

    code = "document.heic"


class APicture(Refused):
    """A picture where a document was asked for. `details`: `kind`."""

    code = "document.picture"


class WordFile(Refused):
    """A word processor's file where a PDF was asked for. `details`: `kind`."""

    code = "document.word"


class Encrypted(Refused):
    """The file is encrypted, with or without a password to open it."""

    code = "document.encrypted"


class SignedAlready(Refused):
    """The file carries a signature that rewriting it would break."""

    code = "document.signed-already"


class JavaScript(Refused):
    """The file carries a script."""

    code = "document.javascript"


class Launch(Refused):
    """The file would start a program."""

    code = "document.launch"


class SubmitForm(Refused):
    """The file would send or fetch form data."""

    code = "document.submit-form"


class GoToRemote(Refused):
    """The file would open another file."""

    code = "document.goto-remote"


class OpensUri(Refused):
    """The file would open an address by itself (links that a reader taps are only taken off)."""

    code = "document.opens-uri"


class Xfa(Refused):
    """An XFA form: each viewer shows something else."""

    code = "document.xfa"


class EmbeddedFiles(Refused):
    """Other files travel inside this one."""

    code = "document.embedded-files"


class ExternalContent(Refused):
    """A part of a page lies outside the file."""

    code = "document.external-content"


class OptionalContent(Refused):
    """Layers that can be shown or hidden."""

    code = "document.optional-content"


class RichMedia(Refused):
    """Sound, film or 3D."""

    code = "document.rich-media"


class NoPages(Refused):
    """There is no page."""

    code = "document.no-pages"


class TooManyPages(Refused):
    """`details`: `pages`, `limit`."""

    code = "document.too-many-pages"


class PageTooLarge(Refused):
    """A page would take too many pixels to show. `details`: `page` (from 1)."""

    code = "document.page-too-large"


class Malformed(Refused):
    """The file is damaged, or crashed whatever read it."""

    code = "document.malformed"


class ReadersDisagree(Refused):
    """Two programs show the file differently. `details`: `page` (from 1), `how` ("pages", "text", "look")."""

    code = "document.readers-disagree"


class TooSlow(Refused):
    """Reading the file took longer than we give it."""

    code = "document.too-slow"


class TooBig(Refused):
    """Reading the file took more memory than we give it."""

    code = "document.too-big"


class WordUnavailable(Refused):
    """This installation can't turn a word processor's file into a PDF. `details`: `reason`
    ("no-libreoffice", "network-not-cut")."""

    code = "document.word-unavailable"


class ConversionFailed(Refused):
    """LibreOffice made no PDF of the file."""

    code = "document.conversion-failed"


class LostGlyphs(Refused):
    """No installed font has some of the characters. `details`: `characters`, at most ten."""

    code = "document.lost-glyphs"


class Macros(Refused):
    """A word processor's file with macros or other code."""

    code = "document.macros"


class OleObjects(Refused):
    """A word processor's file with embedded or linked objects or controls."""

    code = "document.ole-object"


class RemoteTemplate(Refused):
    """A word processor's file that fetches its template."""

    code = "document.remote-template"


class ExternalLinks(Refused):
    """A word processor's file that shows or fetches something from outside (plain links to the web are fine)."""

    code = "document.external-link"


class ActiveFields(Refused):
    """A word processor's file with fields that fetch files or start programs (DDE, INCLUDETEXT...)."""

    code = "document.active-field"


class XmlEntities(Refused):
    """XML that declares a document type or entities."""

    code = "document.xml-entities"


class ZipBomb(Refused):
    """An archive that is far larger inside than outside."""

    code = "document.zip-bomb"


class TooDeep(Refused):
    """Nested too deeply."""

    code = "document.too-deep"


class Animated(Refused):
    """A picture that moves, or holds several. `details`: `picture` (from 1)."""

    code = "document.animated"


class Svg(Refused):
    """A drawing made of instructions, not a photograph. `details`: `picture` (from 1)."""

    code = "document.svg"


class NotAPicture(Refused):
    """`details`: `picture` (from 1)."""

    code = "document.not-a-picture"


class PictureTooLarge(Refused):
    """More pixels than we open. `details`: `picture` (from 1)."""

    code = "document.picture-too-large"


class PictureDamaged(Refused):
    """The picture ends too soon or can't be read. `details`: `picture` (from 1)."""

    code = "document.picture-damaged"


class TooManyPictures(Refused):
    """`details`: `pictures`, `limit`."""

    code = "document.too-many-pictures"


class ReaderUnavailable(Refused):
    """No child process could be started: the installation's fault, not the document's."""

    code = "document.reader-unavailable"


class NoSuchPage(Refused):
    """`details`: `page` (from 0), `pages`."""

    code = "document.no-such-page"
