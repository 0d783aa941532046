"""The certificate of a verified report: made from what, with what, where, and the hash of every file that came out.

It is plain JSON. An office may sign it with an Ed25519 key (RFC 8032; the key as PEM, for example by
`openssl genpkey -algorithm ed25519 -out office.pem`); the signature covers everything else in the file.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from pipeline.content import files_below, hash_of
from pipeline.errors import StepError
from pipeline.installed import software
from pipeline.notebook import Edition
from pipeline.published.split import read_by
from pipeline.report.chains import LEDGER
from pipeline.run.places import name_of
from pipeline.run.present import key_fingerprint, lock_hash
from pipeline.run.stamp import Request
from pipeline.run.steps import Target, raw_files

Hashes = dict[str, str]
Certificate = dict[str, Any]
_KIND = "evaluation report, made twice with the same bytes"


def inputs_of(target: Target) -> Hashes:
    """Hash by name of the raw files up to the edition, of everything in the study's folder, and of the last published
    edition's record (with the way from it to this one) and ledgers, whose numbers the report shows beside its own."""
    files = [
        *read_by(target.study.name, target.edition, target.root),
        *raw_files(target.study, target.edition, target.root),
        *files_below(target.root / "studies" / target.study.name),
        *last_ledgers(target),
    ]
    return {name_of(path, target.root): str(hash_of(path)) for path in files if path.suffix != ".pyc"}


def last_ledgers(target: Target) -> list[Path]:
    """The ledgers beside the reports of the last edition that is published, by language."""
    this = Edition(target.study, target.edition, target.root, target.blind)
    found = (this.last_published(lang, LEDGER) for lang in target.languages)
    return [path for path in found if path is not None]


def certify(request: Request, target: Target, inputs: Hashes, outputs: Hashes) -> Certificate:
    """What can be said of a report that was verified."""
    from pipeline.installed import whole_code

    installed = software()
    return {
        "kind": _KIND,
        "report": {
            "study": target.study.name,
            "edition": str(target.edition),
            "languages": ",".join(target.languages),
            "engine": request.engine,
            "blind": target.blind,
        },
        "inputs": inputs,
        "key": key_of(target),
        "code": whole_code(),
        "lock": lock_hash(),
        "platform": {name: installed.pop(name) for name in ("Python", "platform")},
        "packages": installed,
        "outputs": outputs,
    }


def key_of(target: Target) -> str | None:
    """A fingerprint of the key of pseudonyms; None where the study's key is published."""
    return None if target.study.public_key is not None else key_fingerprint(target.root)


def write_certificate(content: Certificate, path: Path, sign: Path | None = None) -> None:
    """Write a certificate in one piece, signed where a private key is given.

    Raises:
        StepError: The key's file is not an Ed25519 private key in PEM.
    """
    whole = content | ({"signature": _sign(content, sign)} if sign is not None else {})
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    partial.replace(path)


def load_certificate(path: Path, public_key: Path | None = None) -> Certificate:
    """Read a certificate and, where the office's public key is given, check who signed it.

    Without that key a signature proves only that the file was not changed since: it names its own key.

    Raises:
        StepError: It cannot be read, was changed after it was signed, is not signed, or by another key.
    """
    try:
        content: Certificate = json.loads(path.read_text(encoding="utf-8"))
        if content["kind"] != _KIND:
            raise ValueError
        signature = content.pop("signature", None)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise StepError(
            "This is not a certificate of a report.", where=str(path), expected="JSON as make verify writes it"
        ) from None
    if signature is not None or public_key is not None:
        _check_signature(content, signature, path, public_key)
    return content


def check_inputs(content: Certificate, target: Target) -> None:
    """What lies here must be what the certificate names. The key of pseudonyms may be another: no number depends on it.

    Raises:
        StepError: A raw file, a file of the study, the code or the lock differs; each is named.
    """
    from pipeline.installed import whole_code

    here = inputs_of(target)
    there: Hashes = content["inputs"]
    differing = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
    for what, found in (("code", whole_code()), ("lock", lock_hash())):
        if content[what] != found:
            differing.append({"code": "the code", "lock": "requirements.lock"}[what])
    if differing:
        raise StepError(
            "What lies here is not what the certificate was made from.",
            where="\n".join(differing[:20]),
            expected="the same bytes in every file",
            todo="Take these files in the state that was certified, then run it again.",
        )


def _plain(content: Certificate) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _sign(content: Certificate, path: Path) -> dict[str, str]:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError):
        raise _no_key(path) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path)
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return {
        "algorithm": "Ed25519",
        "public_key": base64.b64encode(public).decode(),
        "value": base64.b64encode(key.sign(_plain(content))).decode(),
    }


def _no_key(path: Path) -> StepError:
    return StepError("This key cannot sign.", where=str(path), expected="an Ed25519 private key in PEM, no password")


def _check_signature(content: Certificate, signature: dict[str, str] | None, path: Path, office: Path | None) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

    if signature is None:
        raise StepError("The certificate is not signed.", where=str(path), expected=f"a signature by {office}")
    named = base64.b64decode(signature["public_key"])
    if office is not None:
        key = load_pem_public_key(office.read_bytes())
        if key.public_bytes(Encoding.Raw, PublicFormat.Raw) != named:
            raise StepError("The certificate was signed with another key.", where=str(path), expected=str(office))
    try:
        Ed25519PublicKey.from_public_bytes(named).verify(base64.b64decode(signature["value"]), _plain(content))
    except (InvalidSignature, ValueError):
        raise StepError("The certificate was changed after it was signed.", where=str(path)) from None
