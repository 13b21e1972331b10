"""Settings: where they are read from, what wins, and that no key is ever shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from components import settings as module
from components.errors import CannotStart
from components.settings import ROOT, Settings
from components.starting import read_settings

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
    assert found.stop_seconds == 10
    assert (found.database_url, found.gateway, found.secret("segmind_api_key")) == (None, None, None)


@pytest.mark.parametrize(
    ("variable", "text", "field", "value"),
    [
        ("PORT", "8600", "port", 8600),
        ("STUDIO_SANDBOX", "never", "sandbox", "never"),
        ("STUDIO_DATABASE_URL", "postgresql+psycopg://x/y", "database_url", "postgresql+psycopg://x/y"),
        ("STUDIO_GATEWAY", "https://gate.example/base/", "gateway", "https://gate.example/base"),
        ("STUDIO_URL", "https://studio.example/", "remote_url", "https://studio.example"),
    ],
)
def test_variable_when_set_in_environment_or_secrets_file_then_it_is_read(
    monkeypatch, secrets, variable, text, field, value
):
    secrets(f'{variable} = "{text}"\n')
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


@pytest.mark.parametrize("name", ["SEGMIND_API", "segmind_api"])
def test_providers_setting_when_set_in_environment_or_secrets_file_then_it_is_read(monkeypatch, secrets, name):
    secrets(f'{name} = "v1"\n')
    assert Settings().text(name) == "v1"
    secrets("")
    monkeypatch.setenv("SEGMIND_API", " v2\n")
    assert Settings().text(name) == "v2"
    assert Settings(**{name: "v3"}).text("SEGMIND_API") == "v3"


@pytest.mark.parametrize("literal", ['{image = "image_url"}', '\'{"image": "image_url"}\''])
def test_names_when_set_as_a_table_or_as_json_then_they_are_read(monkeypatch, secrets, literal):
    secrets(f"HUMO_INPUT_NAMES = {literal}\n")
    assert Settings().names("HUMO_INPUT_NAMES") == {"image": "image_url"}
    monkeypatch.setenv("HUMO_INPUT_NAMES", '{"audio": "voice"}')
    assert Settings().names("HUMO_INPUT_NAMES") == {"audio": "voice"}
    assert Settings(HUMO_INPUT_NAMES={"prompt": "text"}).names("HUMO_INPUT_NAMES") == {"prompt": "text"}


@pytest.mark.parametrize("text", ["image=image_url", "[]", '"x"', '{"image": 1}', "{"])
def test_names_when_they_are_no_names_then_a_sentence_says_so(monkeypatch, text):
    monkeypatch.setenv("HUMO_INPUT_NAMES", text)
    with pytest.raises(ValueError, match="HUMO_INPUT_NAMES must be names in JSON"):
        Settings().names("HUMO_INPUT_NAMES")


def test_copy_when_a_key_is_changed_then_the_copy_has_it_and_the_first_keeps_its_own():
    first = Settings(segmind_api_key=KEY)
    second = first.model_copy(update={"segmind_api_key": "other", "runware_api_key": "r", "port": 1})
    assert [one.text("segmind_api_key") for one in (first, second)] == [KEY, "other"]
    assert (second.text("RUNWARE_API_KEY"), second.port, first.text("runware_api_key")) == ("r", 1, "")


@pytest.mark.parametrize("where", ["given", "copy", "file", "environment"])
def test_key_when_the_settings_are_shown_in_any_way_then_it_is_hidden(monkeypatch, secrets, where):
    if where == "file":
        secrets(f'segmind_api_key = "{KEY}"\n')
    if where == "environment":
        monkeypatch.setenv("SEGMIND_API_KEY", KEY)
    found = Settings(segmind_api_key=KEY) if where == "given" else Settings()
    if where == "copy":
        found = found.model_copy(update={"segmind_api_key": KEY})
    assert found.text("segmind_api_key") == KEY
    shown = [
        repr(vars(found)),
        repr(found.__pydantic_private__),
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


def test_secret_when_short_then_it_is_refused_in_a_sentence_that_does_not_show_it(monkeypatch):
    monkeypatch.setenv("STUDIO_SECRET", "hunter2")
    with pytest.raises(CannotStart, match="at least 32 characters") as refused:
        read_settings()
    assert "hunter2" not in str(refused.value)


# --- sign-in

OIDC = {
    "STUDIO_OIDC_URL": "https://id.example.com/",
    "STUDIO_OIDC_CLIENT_ID": "studio",
    "STUDIO_OIDC_CLIENT_SECRET": "hunter2",
    "STUDIO_PUBLIC_URL": "https://studio.example.com/",
    "STUDIO_ADMINS": "ann@example.com, @example.com",
}
PROXY = {"STUDIO_PROXY_SECRET": "p" * 32, "STUDIO_ADMINS": "ann@example.com"}


@pytest.fixture
def given(monkeypatch):
    """Sets variables of the environment."""

    def given(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return given


def test_sign_in_when_whole_then_the_way_is_known_and_people_are_listed(given):
    assert Settings().sign_in == "off"
    given(**OIDC, STUDIO_VIEWERS="vic@example.com,,")
    found = Settings()
    assert (found.sign_in, found.oidc_url) == ("oidc", "https://id.example.com")
    assert (found.admins, found.viewers) == (("ann@example.com", "@example.com"), ("vic@example.com",))


def test_sign_in_when_by_a_proxy_then_a_secret_and_an_admin_are_enough(given):
    given(**PROXY)
    assert (Settings().sign_in, Settings().proxy_header) == ("proxy", "X-Forwarded-Email")


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        *(
            ({name: value for name, value in OIDC.items() if name != left_out}, "STUDIO_OIDC_URL needs")
            for left_out in ("STUDIO_OIDC_CLIENT_ID", "STUDIO_OIDC_CLIENT_SECRET", "STUDIO_PUBLIC_URL")
        ),
        (OIDC | PROXY, "two ways to sign in"),
        ({**OIDC, "STUDIO_ADMINS": ""}, "needs STUDIO_ADMINS"),
        ({**OIDC, "STUDIO_ADMINS": "@example.com"}, "needs STUDIO_ADMINS"),
        ({**PROXY, "STUDIO_ADMINS": "ann"}, "needs STUDIO_ADMINS"),
        ({"STUDIO_PROXY_SECRET": "hunter2", "STUDIO_ADMINS": "ann@example.com"}, "at least 32 characters"),
        ({**PROXY, "STUDIO_PROXY_HEADER": "X-Email: hunter2"}, "STUDIO_PROXY_HEADER does not fit"),
        ({"STUDIO_ADMINS": "ann@example.com"}, "need a way to sign in"),
        ({"STUDIO_VIEWERS": "@example.com"}, "need a way to sign in"),
        ({"STUDIO_OIDC_CLIENT_SECRET": "hunter2"}, "need a way to sign in"),
    ],
)
def test_sign_in_when_half_of_it_is_set_then_a_sentence_says_so_without_the_secret(given, variables, sentence):
    given(**variables)
    with pytest.raises(CannotStart, match=sentence) as refused:
        read_settings()
    assert "hunter2" not in str(refused.value)
    assert "pppp" not in str(refused.value)
