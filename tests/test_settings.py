"""Settings: where they are read from, what wins, and that no key is ever shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_settings import SettingsError

from components import settings as module
from components.settings import ROOT, Settings

KEY = "SG_0123456789abcdef"


@pytest.fixture
def secrets(tmp_path, monkeypatch):
    """Writes the secrets file."""
    path = tmp_path / "secrets.toml"
    monkeypatch.setattr(module, "SECRETS", path)
    return lambda text: path.write_text(text, encoding="utf-8")


def test_defaults_when_nothing_is_set_then_the_documented_ones_hold():
    found = Settings()
    assert (found.port, found.data_dir, found.sandbox) == (8501, ROOT / "data", "auto")
    assert (found.database_url, found.gateway, found.secret("segmind_api_key")) == (None, None, None)


@pytest.mark.parametrize(
    ("variable", "text", "field", "value"),
    [
        ("PORT", "8600", "port", 8600),
        ("STUDIO_SANDBOX", "never", "sandbox", "never"),
        ("STUDIO_DATABASE_URL", "postgresql+psycopg://x/y", "database_url", "postgresql+psycopg://x/y"),
        ("STUDIO_GATEWAY", "https://gate.example/base/", "gateway", "https://gate.example/base"),
        ("HUMO_INPUT_NAMES", '{"image": "image_url"}', "humo_input_names", {"image": "image_url"}),
    ],
)
def test_variable_when_set_in_environment_or_secrets_file_then_it_is_read(
    monkeypatch, secrets, variable, text, field, value
):
    literal = '{image = "image_url"}' if text.startswith("{") else f'"{text}"'
    secrets(f"{variable} = {literal}\n")
    assert getattr(Settings(), field) == value
    secrets("")
    monkeypatch.setenv(variable, text)
    assert getattr(Settings(), field) == value


def test_variable_when_set_in_both_then_the_environment_wins(monkeypatch, secrets):
    secrets(f'SEGMIND_API_KEY = "{KEY}"\nPORT = 1\n[other]\nthing = 2\n')
    monkeypatch.setenv("PORT", "2")
    found = Settings()
    assert (found.port, found.secret("segmind_api_key").get_secret_value()) == (2, KEY)


@pytest.mark.parametrize("variable", ["PORT", "STUDIO_GATEWAY", "STUDIO_DATA_DIR", "SEGMIND_API_KEY"])
def test_variable_when_empty_then_it_counts_as_not_set(monkeypatch, variable):
    expected = Settings()
    monkeypatch.setenv(variable, "")
    assert Settings() == expected


@pytest.mark.parametrize("variable", ["DATABASE_URL", "DATA_DIR", "GATEWAY", "SANDBOX"])
def test_variable_when_it_belongs_to_another_program_then_it_is_not_read(monkeypatch, variable):
    expected = Settings()
    monkeypatch.setenv(variable, "never" if variable == "SANDBOX" else "http://other.example")
    assert Settings() == expected


@pytest.mark.parametrize("value", ["gate.example", "ftp://gate.example", "file:///x", "//gate"])
def test_gateway_when_it_is_not_http_then_the_error_names_the_variable(value):
    with pytest.raises(ValidationError, match="STUDIO_GATEWAY must start with http"):
        Settings(gateway=value)


@pytest.mark.parametrize(
    ("field", "value"),
    [("port", 0), ("port", 65536), ("sandbox", "maybe"), ("poll_seconds", 0)],
)
def test_value_when_it_is_out_of_its_range_then_it_is_refused(field, value):
    with pytest.raises(ValidationError):
        Settings(**{field: value})


def test_input_names_when_they_are_not_json_then_they_are_refused(monkeypatch):
    monkeypatch.setenv("HUMO_INPUT_NAMES", "image=image_url")
    with pytest.raises(SettingsError):
        Settings()


def test_key_when_the_settings_are_shown_in_any_way_then_it_is_hidden():
    found = Settings(segmind_api_key=KEY)
    shown = [
        repr(found),
        str(found),
        found.model_dump_json(),
        str(found.model_dump()),
        repr(found.secret("segmind_api_key")),
    ]
    assert not [text for text in shown if KEY in text]


@pytest.mark.parametrize("typed", [f" {KEY}\n", f"{KEY}\r\n", KEY])
def test_key_when_pasted_with_blanks_around_it_then_they_are_taken_off(typed):
    assert Settings(segmind_api_key=typed).secret("segmind_api_key").get_secret_value() == KEY


@pytest.mark.parametrize("typed", [None, "", " \n"])
def test_key_when_it_is_blank_then_there_is_none(typed):
    assert Settings(segmind_api_key=typed).secret("segmind_api_key") is None


def test_key_when_the_provider_is_unknown_then_there_is_none():
    assert Settings().secret("nobody_api_key") is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [("data", ROOT / "data"), ("here/there", ROOT / "here/there"), ("/srv/studio", Path("/srv/studio"))],
)
def test_data_dir_when_relative_then_it_lies_below_the_project_wherever_we_stand(
    monkeypatch, tmp_path, given, expected
):
    monkeypatch.chdir(tmp_path)
    assert Settings(data_dir=given).data_dir == expected
