"""The commands of `sealbot`, each in a file of its name. What a command needs is imported when it runs."""

from bot.commands import (
    areas,
    authority,
    backup,
    demo,
    doctor,
    intake,
    keys,
    operator,
    restore,
    seal,
    serve,
    verify,
)
from bot.commands.base import Command

COMMANDS: dict[str, Command] = {
    "demo": demo.COMMAND,
    "serve": serve.COMMAND,
    "doctor": doctor.COMMAND,
    "verify": verify.COMMAND,
    "intake": intake.COMMAND,
    "areas": areas.COMMAND,
    "seal": seal.COMMAND,
    "authority": authority.COMMAND,
    "keys": keys.COMMAND,
    "operator": operator.COMMAND,
    "backup": backup.COMMAND,
    "restore": restore.COMMAND,
}
