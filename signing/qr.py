"""QR codes (ISO/IEC 18004) of addresses, as pictures."""

from __future__ import annotations

from io import BytesIO

import segno

SCALE = 10
"""Pixels of the smallest square."""


def qr_picture(address: str, border: int = 4) -> bytes:
    """An address as a PNG, level M, black on white; `border` in smallest squares (the standard asks for 4)."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="png", scale=SCALE, border=border)
    return drawn.getvalue()
