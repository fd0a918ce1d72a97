"""What we say. Importing the package puts every dialogue into the registry."""

from handlers import draft, home, register, seal, sign, status

__all__ = ["draft", "home", "register", "seal", "sign", "status"]
