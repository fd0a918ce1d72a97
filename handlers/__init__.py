"""What we say. Importing the package puts every dialogue into the registry."""

from handlers import (
    batch,
    company,
    contracts,
    draft,
    home,
    lending,
    operator,
    register,
    seal,
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
    "register",
    "seal",
    "sign",
    "status",
    "verify",
]
