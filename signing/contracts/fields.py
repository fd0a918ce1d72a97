"""From a plan of areas to the fields of the prepared PDF."""

from __future__ import annotations

from signing.contracts.contract import Area, Contract, Party
from signing.ids import AreaId
from signing.pdf.fields import Place, SignatureField, Straddle, TextField

SEAL_ROOM_MM = 44.0
STRADDLE_HEIGHTS = (0.62, 0.38, 0.5, 0.74, 0.26)


def field_name(party: Party) -> str:
    """The name of a party's signature field."""
    return f"Party-{party.position}"


def fields_of(contract: Contract) -> list[SignatureField]:
    """The signature field of every party, with further places, dates and straddle seal."""
    return [_field(contract, party) for party in contract.signers]


def date_fields(contract: Contract, party: Party) -> list[str]:
    """The names of the party's date fields, which its signature fills in."""
    return [field.name for field in _dates(contract, party)]


def blank_fields(contract: Contract, party: Party) -> dict[AreaId, TextField]:
    """The fields for what the party fills in itself, by their areas."""
    return {
        area.id: TextField(f"{field_name(party)}-text-{number}", area.page, area.box)
        for number, area in enumerate(contract.blanks_of(party.id), start=1)
    }


def straddles(contract: Contract, party: Party) -> bool:
    """A company's seal goes across the edges of every document of several pages, unless it is switched off."""
    return contract.pages > 1 and party.kind == "enterprise" and party.signs and party.straddle


def _field(contract: Contract, party: Party) -> SignatureField:
    areas = contract.areas_of(party.id)
    marks = [area for area in areas if area.kind in ("seal", "signature")]
    first, further = (marks[0], marks[1:]) if marks else (None, [])
    return SignatureField(
        name=field_name(party),
        page=first.page if first else 0,
        box=first.box if first else None,
        room_mm=_room(first) if first else 0,
        also=tuple(Place(area.page, area.box, _room(area)) for area in further),
        straddle=straddle_of(contract, party) if straddles(contract, party) else None,
        texts=(*_dates(contract, party), *blank_fields(contract, party).values()),
    )


def _dates(contract: Contract, party: Party) -> tuple[TextField, ...]:
    dates = [area for area in contract.areas_of(party.id) if area.kind == "date"]
    return tuple(
        TextField(f"{field_name(party)}-date-{number}", area.page, area.box)
        for number, area in enumerate(dates, start=1)
    )


def _room(area: Area) -> float:
    return SEAL_ROOM_MM if area.kind == "seal" else 0.0


def straddle_of(contract: Contract, party: Party) -> Straddle:
    """Where a party's seal goes across the edges: each party at a height of its own."""
    height = STRADDLE_HEIGHTS[(party.position - 1) % len(STRADDLE_HEIGHTS)]
    return Straddle(pages=range(contract.pages), height=height)
