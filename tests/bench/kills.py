"""Three workers and two servers that are killed at random, with 200 generations over all models: what was lost."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from components.providers import PROVIDERS
from components.settings import Settings
from components.studio import Studio, open_studio
from tests.balancers import Caddy
from tests.contract.providers import CASES, GOOD_KEY, SHORT_VOICE, Case
from tests.deployed import WEB, Deployed
from tests.postgres_server import start_postgres
from tests.s3_server import BUCKET, make_bucket, start_s3
from tests.sandbox_server import SandboxServer, start_sandbox
from tests.voices import voice_of, write_voice

JOBS, KILLS = 200, 30
WORKERS = ("worker1", "worker2", "worker3")
BETWEEN = (0.2, 1.5)
"""Seconds between two kills."""
LONG = 900.0
PORTRAIT = Path(__file__).parents[2] / "assets" / "sample-portrait.jpg"


def rows(folder: Path) -> Iterator[str]:
    seed = int(time.time())
    with start_postgres() as postgres, start_s3() as s3, start_sandbox(folder / "provider") as sandbox:
        os.environ |= make_bucket(s3)
        keys = dict.fromkeys((name for kind in PROVIDERS.values() for name in kind.key_names), GOOD_KEY)
        here = {
            "gateway": sandbox.url,
            "database_url": postgres.new_database(),
            "media_url": f"s3://{BUCKET}/media",
        }
        settings = Settings(data_dir=folder / "data", sandbox="never", **here, **keys)
        given = {name.upper(): key for name, key in keys.items()} | {"STUDIO_SECRET": "s" * 64}
        deployed = Deployed(Caddy, folder, given, variables(here))
        try:
            for name in (*WEB, *WORKERS):
                start(deployed, name)
            with open_studio(settings, works=False) as studio:
                ids = submit(studio, folder)
                kill(deployed, random.Random(seed))
                wait(studio)
                yield found(studio, ids, sandbox, seed)
        finally:
            for name in deployed.processes:
                deployed.kill(name)


def variables(here: dict[str, str]) -> dict[str, str]:
    own = {f"STUDIO_{name.upper()}": value for name, value in here.items()}
    aws = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    return own | aws | {"STUDIO_ADDRESS": "127.0.0.1", "STUDIO_POLL_SECONDS": "0.5"}


def start(deployed: Deployed, name: str) -> None:
    (deployed.start_web if name in WEB else deployed.start_worker)(name)


def submit(studio: Studio, folder: Path) -> list[str]:
    """One model after the other, in turn."""
    portrait = studio.add_asset(PORTRAIT).id
    return [studio.submit(case.model, request(studio, case, portrait, folder)).id for case in turns()]


def turns() -> list[Case]:
    return [CASES[number % len(CASES)] for number in range(JOBS)]


def request(studio: Studio, case: Case, portrait: str, folder: Path) -> dict[str, object]:
    voice = folder / f"{case.seconds(SHORT_VOICE)}.wav"
    if not voice.exists():
        voice_of(write_voice(folder / "whole.wav"), case.seconds(SHORT_VOICE), voice)
    kinds = {"image": portrait, "audio": studio.add_asset(voice).id}
    if case.provider == "aimlapi":  # it takes addresses only, and our bucket has none that it could reach
        kinds = {"image": "https://example.com/portrait.jpg", "audio": "https://example.com/voice.wav"}
    return dict(case.parameters) | {name: kinds[case.spec.control(name).kind] for name in case.spec.files()}


def kill(deployed: Deployed, dice: random.Random) -> None:
    for _ in range(KILLS):
        time.sleep(dice.uniform(*BETWEEN))
        name = dice.choice((*WEB, *WORKERS))
        deployed.kill(name)
        start(deployed, name)


def wait(studio: Studio) -> None:
    deadline = time.monotonic() + LONG
    while studio.generations.any_under_way() and time.monotonic() < deadline:
        time.sleep(1)


def found(studio: Studio, ids: list[str], sandbox: SandboxServer, seed: int) -> str:
    made = [studio.generations.get(one) for one in ids]
    states = ", ".join(f"{count} {state}" for state, count in sorted(Counter(one.state for one in made).items()))
    videos = sum(len(one.outputs) for one in made)
    paid = len(sandbox.ledger()["paid"])
    return (
        f"{JOBS} generations, {len(WORKERS)} workers, {len(WEB)} servers, {KILLS} kills (seed {seed}): {states}; "
        f"paid requests {paid} (never more than {JOBS}), videos {videos}"
    )
