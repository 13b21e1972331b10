"""Runs the tests without a browser on each Python from 3.11 to 3.14 that is here, each in a place of its own."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
LOCK = ROOT / "tests" / "requirements.lock"
PLACES = ROOT / ".venv" / "pythons"


def candidates(version: str) -> list[str]:
    """Where that Python may be: the running one, one by name on the PATH, those that pyenv keeps."""
    kept = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    found = [sys.executable, shutil.which(f"python{version}"), shutil.which("python3")]
    return [path for path in found if path] + sorted(map(str, kept.glob(f"{version}.*/bin/python")), reverse=True)


def version_of(python: str) -> str | None:
    """Asked of itself, because a name on the PATH may stand for nothing."""
    ask = [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True, check=False, timeout=60)
    except OSError:
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def find_python(version: str) -> str | None:
    return next((path for path in candidates(version) if version_of(path) == version), None)


def prepare(version: str, python: str) -> str:
    """A virtual environment with the locked versions, made anew when the lock has changed; gives its Python."""
    place = PLACES / version
    inside, mark = place / "bin" / "python", place / "installed"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if not mark.exists() or mark.read_text() != wanted:
        subprocess.run([python, "-m", "venv", "--clear", str(place)], check=True)
        install = [str(inside), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "--require-hashes", "-r", str(LOCK)], check=True)
        mark.write_text(wanted)
    return str(inside)


def run_on(version: str, chosen: Sequence[str]) -> str:
    """What became of the tests on that Python, as a word for the summary."""
    python = find_python(version)
    if python is None:
        return "skipped: this machine has no such Python"
    print(f"\n=== Python {version} ===", flush=True)
    try:
        inside = prepare(version, python)
    except subprocess.CalledProcessError as error:
        return f"FAILED: {' '.join(error.cmd[1:4])} ended with code {error.returncode}"
    command = [inside, "-m", "tests.run", "--turn", "without a browser", *chosen]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    return "passed" if code == 0 else f"FAILED: the tests ended with code {code}"


def main(chosen: Sequence[str]) -> int:
    results = {version: run_on(version, chosen) for version in VERSIONS}
    print("\n=== every Python ===")
    print("\n".join(f"Python {version}: {result}" for version, result in results.items()), flush=True)
    return int(any(result.startswith("FAILED") for result in results.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
