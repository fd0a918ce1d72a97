"""What we say. Importing the package puts every dialogue into the registry."""

from handlers import company, contracts, draft, home, lending, operator, register, seal, sign, status

__all__ = [
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
]
