"""Forms that an enterprise or a person keeps: read once, named, with versions, retired when they are done with."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from signing.actor import Actor
from signing.documents.child import MIB, Limits, Run
from signing.documents.kind import kind_of
from signing.enterprises import read_enterprise, require_member, role_of
from signing.errors import SigningError
from signing.forms.errors import FormRetired, NoSuchForm
from signing.forms.field import Field, field_of
from signing.ids import Digest, EnterpriseId, FormId, new_id
from signing.persons import read_person
from signing.store.blobs import Blobs
from signing.store.port import Reading, Row, Store, Tx

LIMITS = Limits(seconds=20, cpu=10, memory=1024 * MIB)
MOST_BYTES = 5_000_000
NAME_LENGTH = 60
LISTED = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a Word file asks for: its fields in order, and the roles of the parties."""

    fields: tuple[Field, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form in its newest version. `owner` is an enterprise or a person, `keeper` their name; `digest` the .docx."""

    id: FormId
    owner: str
    keeper: str
    name: str
    version: int
    digest: Digest
    sheet: Sheet

    def field(self, label: str) -> Field:
        return next(each for each in self.sheet.fields if each.label == label)


class Forms:
    """Reads and keeps forms. Whoever belongs to the owner may use, correct and renew one; who added it or an admin retires it."""

    def __init__(self, store: Store, blobs: Blobs, run: Run) -> None:
        self._store = store
        self._blobs = blobs
        self._run = run

    def read(self, upload: Digest) -> Sheet:
        """The fields of a file, none where it is no .docx or has no braces; outside any transaction.

        Raises a Refused: NotAField, FieldTwice, TooManyFields, and as `word.as_pdf` before LibreOffice.
        """
        data = self._blobs.read(upload)
        if kind_of(data) != "docx" or len(data) > MOST_BYTES:
            return Sheet()
        told, _ = self._run("signing.forms.reading:read", data, {}, LIMITS)
        return Sheet(tuple(field_of(each) for each in told["fields"]), tuple(told["roles"]))

    def keep(self, tx: Tx, actor: Actor, owner: str, name: str, digest: Digest, sheet: Sheet) -> Form:
        """Keep a file; one of the same name gets a new version. Raises NotRegistered, NotAMember."""
        require_belonging(tx, actor, owner)
        known = self._of_owner(tx, owner)
        same = next((row for row in known if row["name"] == name), None)
        if same is not None:
            return self._renew(tx, actor, same, digest, sheet)
        key = FormId(new_id("f", tx.now))
        row: Row = {"id": key, "owner": owner, "name": name, "state": "kept", "version": 0}
        tx.insert("forms", {**row, "author": actor.registered, "created": tx.now, "changed": tx.now})
        return self._renew(tx, actor, tx.hold("forms", key), digest, sheet)

    def mine(self, tx: Reading, actor: Actor) -> list[Form]:
        """The forms of the person and of their enterprises, the last changed first."""
        owners = [
            actor.registered,
            *(row["id"] for row in tx.find("enterprises_of_person", person=actor.registered)),
        ]
        rows = [row for owner in owners for row in self._of_owner(tx, owner)]
        return [read_form(tx, row) for row in sorted(rows, key=lambda row: -row["changed"])][:LISTED]

    def view(self, tx: Reading, actor: Actor, form: FormId) -> Form:
        """Raises NoSuchForm, FormRetired."""
        row = tx.get("forms", form)
        if row is None or not belongs(tx, actor, row["owner"]):
            raise NoSuchForm
        if row["state"] == "retired":
            raise FormRetired(name=row["name"])
        return read_form(tx, row)

    def version(self, tx: Reading, form: FormId, number: int) -> Form:
        """A form as it was in a version, for what was begun with it."""
        row = tx.get("forms", form)
        assert row is not None
        return read_form(tx, {**row, "version": number})

    def rename(self, tx: Tx, actor: Actor, form: FormId, name: str) -> None:
        self.view(tx, actor, form)
        tx.hold("forms", form)
        tx.change("forms", form, {"name": name[:NAME_LENGTH], "changed": tx.now})

    def correct(self, tx: Tx, actor: Actor, form: FormId, field: Field) -> Form:
        """Describe one of the fields anew; the version stays, the file too."""
        read = self.view(tx, actor, form)
        fields = [field if each.label == field.label else each for each in read.sheet.fields]
        version = tx.find("form_version", form=form, number=read.version)[0]
        tx.hold("forms", form)
        tx.change("form_versions", version["id"], {"fields": _written(fields)})
        return self.view(tx, actor, form)

    def retire(self, tx: Tx, actor: Actor, form: FormId) -> None:
        """It is offered no more; what was made of it stays. Raises NoSuchForm, NotYours."""
        read = self.view(tx, actor, form)
        row = tx.hold("forms", form)
        if actor.registered not in (row["author"], row["owner"]) and not _is_admin(tx, actor, read.owner):
            raise NotYours
        tx.change("forms", form, {"state": "retired", "changed": tx.now})

    def _of_owner(self, tx: Reading, owner: str) -> list[Row]:
        return tx.find("forms_of_owner", owner=owner, limit=LISTED)

    def _renew(self, tx: Tx, actor: Actor, row: Row, digest: Digest, sheet: Sheet) -> Form:
        newest = read_version(tx, row["id"], row["version"]) if row["version"] else None
        if newest is not None and newest["digest"] == digest:
            return read_form(tx, row)
        tx.hold("forms", row["id"])
        self._blobs.register(tx, digest, DOCX)
        number = row["version"] + 1
        version: Row = {"id": new_id("f", tx.now), "form": row["id"], "number": number, "digest": digest}
        version |= {"fields": _written(sheet.fields), "roles": json.dumps(sheet.roles, ensure_ascii=False)}
        tx.insert("form_versions", {**version, "author": actor.registered, "created": tx.now})
        tx.change("forms", row["id"], {"version": number, "changed": tx.now})
        return read_form(tx, {**row, "version": number})


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NotYours(SigningError):
    """Only who added a form, or an admin of the enterprise that keeps it, retires it."""

    code = "form.not-yours"


def read_form(tx: Reading, row: Row) -> Form:
    version = read_version(tx, row["id"], row["version"])
    return Form(
        id=row["id"],
        owner=row["owner"],
        keeper=_name_of(tx, row["owner"]),
        name=row["name"],
        version=row["version"],
        digest=version["digest"],
        sheet=Sheet(
            tuple(field_of(each) for each in json.loads(version["fields"])),
            tuple(json.loads(version["roles"])),
        ),
    )


def read_version(tx: Reading, form: str, number: int) -> Row:
    return tx.find("form_version", form=form, number=number)[0]


def belongs(tx: Reading, actor: Actor, owner: str) -> bool:
    """Whether forms of this owner are the person's to use."""
    return owner == actor.registered or role_of(tx, EnterpriseId(owner), actor.registered) is not None


def require_belonging(tx: Reading, actor: Actor, owner: str) -> None:
    """Raises NotRegistered, NotAMember."""
    if owner != actor.registered:
        require_member(tx, EnterpriseId(owner), actor.registered)


def form_name(file: str) -> str:
    """A form's name from its file's."""
    stem = file.rpartition(".")[0] or file
    plain = "".join(letter for letter in " ".join(stem.split()) if letter.isprintable())
    return plain.replace("_", " ").strip()[:NAME_LENGTH] or "Template"


def _is_admin(tx: Reading, actor: Actor, owner: str) -> bool:
    return role_of(tx, EnterpriseId(owner), actor.registered) == "admin"


def _name_of(tx: Reading, owner: str) -> str:
    if tx.get("enterprises", owner) is not None:
        return read_enterprise(tx, EnterpriseId(owner)).name
    return read_person(tx, owner).name  # type: ignore[arg-type]


def _written(fields: tuple[Field, ...] | list[Field]) -> str:
    return json.dumps([asdict(field) for field in fields], ensure_ascii=False)
