"""Makes one generation, the cheapest there is, at a real provider and prints what it answered.

For a person with a key: `make live PROVIDER=segmind`. It asks before it spends, goes to no sandbox, and keeps
each run in a folder of its own below data/live. Keys, addresses and long tokens of answers are struck out.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pydantic import SecretStr

from components.catalog import model
from components.catalog.check import validate
from components.catalog.spec import ModelSpec
from components.errors import InvalidRequest, StillRunning, StudioError
from components.library.backup import database_file
from components.library.database import DATABASE, open_database, sqlite_url
from components.library.keys import Keys
from components.library.records import Generation
from components.media.audio import decode
from components.providers import PROVIDERS
from components.providers.declarations import Cheapest
from components.settings import ROOT, Settings
from components.studio import Studio, open_studio
from tests.recording import recorded, redacted, shortened

ASSETS = ROOT / "assets"
VOICE_MS = 1000
PATIENCE = 1800.0
USAGE = f"Say which provider: make live PROVIDER=NAME, one of {', '.join(PROVIDERS)}."


def main(arguments: Sequence[str], ask: Callable[[str], str] = input) -> int:
    """Refuses, or asks and spends; 0 where a video came, 1 where none did, 2 where nothing was sent."""
    provider = arguments[0] if len(arguments) == 1 else ""
    settings = own_settings(provider)
    refused = refusal(provider, settings, terminal=sys.stdin.isatty())
    if refused:
        print(refused, file=sys.stderr)
        return 2
    try:
        parameters = agree(PROVIDERS[provider].cheapest, settings, ask)
        return run(provider, parameters, settings) if parameters is not None else 2
    except StudioError as failure:
        print(failure, file=sys.stderr)
        return 2
    except (EOFError, KeyboardInterrupt):
        sent = settings.data_dir.exists()
        what = f"What was sent goes on at the provider: {again(settings)}" if sent else "Nothing was sent."
        print(f"\nStopped. {what}", file=sys.stderr)
        return 1 if sent else 2


def own_settings(provider: str) -> Settings:
    """The person's keys, typed ones too; never the sandbox; a new folder, so that nothing older is sent."""
    given = Settings()
    typed = _typed(given, PROVIDERS[provider].key_names) if provider in PROVIDERS else None
    folder = ROOT / "data" / "live" / f"{provider}-{time.strftime('%Y%m%d-%H%M%S')}"
    return given.model_copy(update={"sandbox": "never", "data_dir": folder, "database_url": None, **(typed or {})})


def _typed(given: Settings, names: Sequence[str]) -> dict[str, SecretStr] | None:
    """As the studio of these settings keeps them, which may be running; None where there is no such studio yet."""
    file = database_file(given)
    if file is not None and not file.is_file():
        return None
    database = open_database(given.database_url or sqlite_url(given.data_dir / DATABASE))
    try:
        return Keys(given, database).get(names)
    except sa.exc.DatabaseError:
        return None  # of a version that kept them elsewhere
    finally:
        database.dispose()


def refusal(provider: str, settings: Settings, *, terminal: bool) -> str | None:
    """Why nothing is asked or sent, or None."""
    if provider not in PROVIDERS:
        return USAGE
    kind = PROVIDERS[provider]
    missing = [name.upper() for name in kind.key_names if settings.secret(name) is None]
    if missing:
        return f"{kind.name} needs its key for this: set {' and '.join(missing)}. Nothing was sent."
    if settings.gateway:
        return "STUDIO_GATEWAY is set, and this goes to the provider itself: unset it. Nothing was sent."
    if not terminal:
        return "This spends money, so a person must say yes: run it in a terminal. Nothing was sent."
    return None


def agree(cheapest: Cheapest, settings: Settings, ask: Callable[[str], str]) -> dict[str, Any] | None:
    """Tells what will be called and for how much; the parameters, or None where the answer is not yes.

    Raises:
        InvalidRequest: what was typed does not fit.
    """
    spec = model(cheapest.model)
    parameters = dict(cheapest.parameters)
    for name, question in cheapest.asked.items():
        parameters[name] = typed(spec, name, ask(question))
        if name in spec.address_only and not parameters[name].startswith("https://"):
            raise InvalidRequest({name: f"{name} must be a web address that begins with https://."})
    validate(spec, parameters | dict(cheapest.files))
    sent = parameters | {name: f"({what} of assets/)" for name, what in cheapest.files.items()}
    print(f"Model     {spec.id} at {spec.provider_name}")
    print(f"Request   {json.dumps(redacted(sent), ensure_ascii=False)}")
    print(f"Price     {price(spec)}")
    print(f"Folder    {settings.data_dir}")
    if ask("Spend this? type yes: ").strip().lower() != "yes":
        print("Nothing was sent.")
        return None
    return parameters


def typed(spec: ModelSpec, name: str, text: str) -> Any:
    """What a person typed, as the parameter wants it."""
    cells = [cell.strip() for cell in text.split(",")]
    if spec.control(name).kind != "table":
        return text.strip()
    return [cells] if name == spec.parameter("rows") else cells


def price(spec: ModelSpec) -> str:
    """What the request costs, as far as it is known before."""
    known = spec.price
    if known.usd is not None:
        return f"about ${known.usd:.2f} ({known.source})"
    if known.usd_per_second is not None:
        dollars = known.usd_per_second * VOICE_MS / 1000
        return f"about ${dollars:.2f}, ${known.usd_per_second:g} a second of voice ({known.source})"
    return "not published"


def run(provider: str, parameters: Mapping[str, Any], settings: Settings) -> int:
    """One generation, then all there is to know of it."""
    kind = PROVIDERS[provider]
    keys = [secret.get_secret_value() for name in kind.key_names if (secret := settings.secret(name))]
    with recorded(keys) as answers:
        try:
            with open_studio(settings) as studio:
                files = {name: add(studio, what) for name, what in kind.cheapest.files.items()}
                job = studio.submit(kind.cheapest.model, {**parameters, **files})
                print(f"Sent as   {job.id}; waiting up to {PATIENCE / 60:g} minutes.", flush=True)
                try:
                    job = studio.wait(job.id, timeout=PATIENCE)
                except StillRunning as late:
                    print(late, again(settings))
                    job = studio.generations.get(job.id)
                show(studio, job, settings.data_dir)
        finally:
            print(f"\nWhat {kind.name} answered, without keys and addresses:")
            print("\n".join(shortened(answers)) or "Nothing.")
    return 0 if job.state == "done" else 1


def add(studio: Studio, what: str) -> str:
    """The id of the sample portrait, or of the first second of the sample voice."""
    if what == "portrait":
        return studio.add_asset(ASSETS / "sample-portrait.jpg").id
    second = BytesIO()
    decode((ASSETS / "sample-voice.mp3").read_bytes())[:VOICE_MS].export(second, format="wav")
    return studio.add_asset(second.getvalue(), name="one-second.wav", kind="audio").id


def show(studio: Studio, job: Generation, folder: Path) -> None:
    """State, cost, times, and the facts of what was saved."""
    print(f"State     {job.state}")
    print(f"Cost      {'not told' if job.cost is None else f'${job.cost}'}")
    for label, begin, end in (
        ("To send", job.created_at, job.submitted_at),
        ("To end", job.submitted_at, job.finished_at),
    ):
        print(f"{label:<9} {f'{end - begin:.1f} s' if begin and end else 'not known'}")
    if job.error:
        print(f"Error     {job.error.code}: {job.error.message} {job.error.hint}")
    for output in job.outputs:
        path = studio.copy_output(output.id, folder / studio.outputs.links(job, output).name)
        print(f"Saved     {path}, {output.size:,} bytes, {output.media_type}")
        print(f"Facts     {json.dumps(output.facts, default=str)}")


def again(settings: Settings) -> str:
    return f"start the studio with STUDIO_DATA_DIR={settings.data_dir} to bring it home."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
