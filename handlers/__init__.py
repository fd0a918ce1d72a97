"""What we say. Importing the package puts every dialogue into the registry."""

from handlers import (
    batch,
    company,
    contracts,
    draft,
    home,
    lending,
    operator,
    privacy,
    reaching,
    register,
    registers,
    seal,
    seal_photo,
    sign,
    status,
    verify,
)

__all__ = [
    "batch",
    "company",
    "contracts",
    "draft",
    "home",
    "lending",
    "operator",
    "privacy",
    "reaching",
    "register",
    "registers",
    "seal",
    "seal_photo",
    "sign",
    "status",
    "verify",
]
