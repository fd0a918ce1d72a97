"""sealbot doctor: what is configured, what is missing, and what that costs."""

from __future__ import annotations

import argparse
import shutil
import stat
from collections.abc import Iterator
from dataclasses import asdict
from importlib.util import find_spec

from bot.commands.base import NO, YES, Command, add_json, print_json
from bot.commands.doctor_keys import examine_keys
from bot.commands.finding import Finding
from bot.gateways import GatewayNotSet, open_texts
from bot.settings import Settings, described


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--settings", action="store_true", help="list every setting instead")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    if options.settings:
        for variable, default, meaning in described():
            print(f"{variable} [{default}]\n    {meaning}")
        return YES
    findings = list(examine(Settings()))
    if options.json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            print(f"{finding.state:8} {finding.what}: {finding.meaning}")
    return NO if any(finding.state == "missing" for finding in findings) else YES


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything that is worth looking at before going live."""
    yield _data(settings)
    yield _key(settings)
    yield _provider(settings)
    yield _texts(settings)
    yield _messenger(settings)
    yield _address(settings)
    yield from examine_keys(settings)
    for program, package, cost in (
        ("soffice", "libreoffice-writer-nogui", "Word files are refused with advice; PDF works"),
        ("pdfsig", "poppler-utils", "the demo has no second opinion on its signatures"),
        (
            "pdftoppm",
            "poppler-utils",
            "no second reader looks at what comes in: files made to be read in two ways pass",
        ),
        ("chromium", "chromium", "the browser tests are skipped"),
    ):
        yield _program(program, package, cost)
    for module, extra, cost in (
        ("cv2", "photo", "seals cannot be cut out of photos; making them online works"),
        ("rapidocr", "ocr", "business licences are not read; the bot asks in words"),
        ("tencentcloud", "tencent", "needed only where Tencent Cloud checks real names"),
        ("pkcs11", "hsm", "needed only where keys lie in a token (PKCS #11)"),
    ):
        yield _library(module, extra, cost)


def _data(settings: Settings) -> Finding:
    if not settings.data.exists():
        return Finding("data", "note", f"{settings.data} is made at the first start")
    open_to_others = settings.data.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    if open_to_others:
        return Finding(
            "data", "missing", f"{settings.data} can be read by other users of this machine: chmod 700"
        )
    return Finding("data", "ok", f"{settings.data}, readable by its owner alone")


def _key(settings: Settings) -> Finding:
    if settings.key is not None:
        return Finding("key", "ok", "from the environment")
    if settings.key_command:
        return Finding("key", "ok", "from a command")
    if not settings.key_path.exists():
        return Finding(
            "key", "note", f"{settings.key_path} is made at the first start; keep a copy elsewhere"
        )
    if settings.key_path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("key", "missing", f"{settings.key_path} can be read by others: chmod 600")
    if settings.key_file is None:
        return Finding(
            "key", "note", "it lies beside the database: a stolen disk can sign. Set SEALBOT_KEY_FILE"
        )
    return Finding("key", "ok", f"{settings.key_path}")


def _provider(settings: Settings) -> Finding:
    if settings.provider == "sandbox":
        return Finding("real-name checks", "note", "sandbox: made-up people only, for trying out")
    return Finding("real-name checks", "ok", settings.provider)


def _texts(settings: Settings) -> Finding:
    mail = "e-mail too" if settings.mail_host else "no e-mail"
    if settings.texts == "sandbox":
        return Finding("texts", "note", f"sandbox: codes stay on this machine, for trying out; {mail}")
    try:
        open_texts(settings)
    except (GatewayNotSet, ModuleNotFoundError):
        return Finding(
            "texts", "missing", f"{settings.texts} lacks its account or its extra: docs/gateways.md"
        )
    return Finding("texts", "ok", f"{settings.texts}; {mail}")


def _messenger(settings: Settings) -> Finding:
    if settings.telegram_token is not None:
        return Finding("messenger", "ok", f"Telegram, through {settings.telegram_framework}")
    return Finding(
        "messenger", "note", f"web chat on {settings.host}:{settings.port}, a trial place on loopback"
    )


def _address(settings: Settings) -> Finding:
    if settings.base_url:
        return Finding("address", "ok", settings.url)
    return Finding(
        "address", "note", f"links in invitations say {settings.url}: they work on this machine only"
    )


def _program(name: str, package: str, cost: str) -> Finding:
    if shutil.which(name):
        return Finding(name, "ok", "installed")
    return Finding(name, "note", f"not installed ({package}): {cost}")


def _library(module: str, extra: str, cost: str) -> Finding:
    if find_spec(module):
        return Finding(f"extra {extra}", "ok", "installed")
    return Finding(f"extra {extra}", "note", f"not installed: {cost}")


COMMAND = Command("say what is configured, what is missing and what that costs", arguments, run)
