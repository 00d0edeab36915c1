"""Smart cards from the command line: what is there, a trial, and signing with a card instead of a key file.

A PIN comes from a prompt, or from `ESF_PIN` in automation; never from an argument, and nothing keeps it.
"""

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from esf_desktop.cli.output import REFUSED, AsJson, now, refusals, show, with_passphrase
from esf_desktop.formatting import groups
from esf_desktop.i18n import _
from esf_desktop.signing.cms import Signer
from esf_desktop.signing.keys import load_key

if TYPE_CHECKING:
    from esf_desktop.signing.smartcard import CardKey

card = typer.Typer(no_args_is_help=True, help="Smart cards.")

OrKey = Annotated[Path | None, typer.Option("--key", "-k", help="The file of a signing key; else the workspace's own.")]
OrCard = Annotated[
    str | None,
    typer.Option("--card", help="Sign with a card: the fingerprint of its certificate, or its beginning, or “any”."),
]
WithModule = Annotated[
    Path | None, typer.Option("--module", help="The card software (PKCS#11 module); else looked for.")
]


@card.command("list")
def card_list(module: WithModule = None, as_json: AsJson = False) -> None:
    """List the keys of the cards that are in the readers."""
    from esf_desktop.signing import card_choice

    with refusals(as_json=as_json):
        found = card_choice.find(module)
    rows = [_row(key) for key in found]
    show({"keys": rows}, (f"{key.name}  {key.card}  {groups(key.fingerprint)}" for key in found), as_json=as_json)


@card.command("test")
def card_test(
    module: WithModule = None,
    sign: Annotated[
        bool, typer.Option("--sign", help="Make a trial signature with each key; asks for the PIN.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Try the card from end to end, and tell it in lines that can be sent to whoever helps."""
    from esf_desktop.signing import card_test as testing

    with refusals(as_json=as_json):
        lines = testing.diagnose(module, _pin() if sign else None)
    show({"lines": lines}, (line.text() for line in lines), as_json=as_json)
    if any(line.good is False for line in lines):
        raise typer.Exit(REFUSED)


@card.command("enrol")
def card_enrol(
    out: Annotated[Path, typer.Option(help="The enrolment file to write, .esfenrol.")],
    chosen: Annotated[str, typer.Option("--card", help="The certificate's fingerprint, or its beginning.")] = "any",
    module: WithModule = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="The workspace whose person has the card.")
    ] = None,
    device: Annotated[str, typer.Option(help="What the secretariat may call the card.")] = "",
    as_json: AsJson = False,
) -> None:
    """Introduce the card to the secretariat."""
    from esf_desktop.cli.files import introduce

    with refusals(as_json=as_json), signing_with(None, chosen, module) as signer:
        person = introduce(signer, out, workspace=workspace, device=device or _("smart card"), email="", at=now())
    show({"file": str(out), "fingerprint": signer.fingerprint, "assessor": person.id}, [str(out)], as_json=as_json)


@contextmanager
def signing_with(key: Path | None, chosen: str | None, module: Path | None) -> Iterator[Signer]:
    """The key of the file, or the card, for as long as it is needed.

    Raises:
        typer.BadParameter: neither was named, or both.
        EsfError: it cannot sign.
    """
    if (key is None) == (chosen is None):
        raise typer.BadParameter(_("Name one of --key and --card."))
    if key is not None:
        path = key
        yield with_passphrase(lambda given: load_key(path, given))
        return
    from esf_desktop.signing import card_choice, smartcard

    picked = card_choice.choose(card_choice.find(module), chosen or card_choice.ANY)
    with smartcard.opened_card(picked, _pin()) as signer:
        yield signer


def _pin() -> str | None:
    given = os.environ.get("ESF_PIN")
    if given is None and sys.stdin.isatty():
        return getpass.getpass(_("PIN: "))
    return given


def _row(key: "CardKey") -> dict[str, object]:
    return {
        "name": key.name,
        "card": key.card,
        "module": str(key.module),
        "fingerprint": key.fingerprint,
        "for_signatures": key.for_signatures,
    }
