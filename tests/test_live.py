"""`make live`: refuses without key, person or yes; what it prints of an answer holds no key and no address."""

from __future__ import annotations

import json

import pytest
from pydantic import SecretStr

from components.catalog import model
from components.errors import InvalidRequest
from components.library.database import migrate, open_database
from components.library.keys import Keys
from components.providers import PROVIDERS
from components.providers.http import Http
from components.settings import Settings
from tests import live, recording
from tests.providers.documented import answer

KEY = "SG_0123456789abcdef"
HEX = "0123456789abcdef"
SIGNED = f"https://images.segmind.com/outputs/a.mp4?X-Amz-Signature={HEX}&X-Amz-Expires=60"
INSTANCE = "11111111-2222-4333-8444-555555555555"
TEMPLATE = [f"https://app.bhuman.ai/instance/{INSTANCE}", "name, company", "Ada, Analytical Engines"]


@pytest.fixture
def mine(tmp_path):
    """A person's settings with every key, in a folder that is not there yet."""
    keys = {name: SecretStr(KEY) for kind in PROVIDERS.values() for name in kind.key_names}
    return Settings().model_copy(update={"data_dir": tmp_path / "run", "sandbox": "never", **keys})


def typing(*words):
    """A person who types these, one after another, and nothing more."""
    waiting = list(words)
    return lambda question: waiting.pop(0)


def test_cheapest_when_listed_then_every_provider_has_one_of_its_own():
    assert {model(kind.cheapest.model).provider: kind for kind in PROVIDERS.values()} == PROVIDERS


@pytest.mark.parametrize("kind", PROVIDERS.values(), ids=lambda kind: kind.name)
def test_cheapest_when_compared_with_its_model_then_nothing_that_must_be_given_is_left_out(kind):
    spec, given = model(kind.cheapest.model), kind.cheapest
    named = {*given.parameters, *given.files, *given.asked}
    assert named <= set(spec.parameters())
    assert {name for name in spec.parameters() if spec.field(name).is_required()} <= named


@pytest.mark.parametrize("provider", ["", "segmint"])
def test_refusal_when_there_is_no_such_provider_then_it_says_how_to_name_one(mine, provider):
    assert live.refusal(provider, mine, terminal=True) == live.USAGE


@pytest.mark.parametrize("provider", PROVIDERS)
def test_refusal_when_the_key_is_missing_then_it_names_what_to_set(tmp_path, provider):
    said = live.refusal(provider, Settings(data_dir=tmp_path), terminal=True)
    assert all(name.upper() in said for name in PROVIDERS[provider].key_names)
    assert said.endswith("Nothing was sent.")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_refusal_when_nobody_sits_there_then_it_wants_a_terminal(mine, provider):
    assert "terminal" in live.refusal(provider, mine, terminal=False)
    assert live.refusal(provider, mine, terminal=True) is None


def test_refusal_when_a_gateway_stands_before_the_provider_then_it_is_none_of_live(mine):
    behind = mine.model_copy(update={"gateway": "http://127.0.0.1:1"})
    assert "STUDIO_GATEWAY" in live.refusal("segmind", behind, terminal=True)


def test_main_when_the_key_is_missing_then_it_says_so_and_asks_nothing(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("STUDIO_DATA_DIR", str(tmp_path))
    assert live.main(["segmind"], ask=typing()) == 2
    assert "SEGMIND_API_KEY" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["", "y", "no", "yes please"])
def test_main_when_the_answer_is_not_yes_then_nothing_is_opened_or_sent(monkeypatch, mine, capsys, word):
    monkeypatch.setattr(live, "own_settings", lambda provider: mine)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    assert live.main(["segmind"], ask=typing(word)) == 2
    assert not mine.data_dir.exists()
    said = capsys.readouterr().out
    assert "segmind/humo" in said
    assert '"frames": 10' in said
    assert "not published" in said
    assert said.endswith("Nothing was sent.\n")


def test_own_settings_when_made_then_never_the_sandbox_and_a_folder_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv("STUDIO_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("STUDIO_SANDBOX", "always")
    database = open_database(f"sqlite:///{tmp_path / 'elsewhere.db'}")
    migrate(database)
    monkeypatch.setenv("STUDIO_DATABASE_URL", str(database.url))
    Keys(Settings(), database).keep({"segmind_api_key": KEY})
    database.dispose()
    found = live.own_settings("segmind")
    assert (found.sandbox, found.database_url) == ("never", None)
    assert found.data_dir.parent == live.ROOT / "data" / "live"
    assert found.secret("segmind_api_key").get_secret_value() == KEY


def test_agree_when_runware_is_asked_then_a_second_of_voice_is_priced(mine, capsys):
    assert live.agree(PROVIDERS["runware"].cheapest, mine, typing("yes")) == {"numberResults": 1}
    assert "about $0.10, $0.097 a second" in capsys.readouterr().out


def test_agree_when_bhuman_is_asked_then_template_and_one_row_are_typed(mine):
    found = live.agree(PROVIDERS["bhuman"].cheapest, mine, typing(*TEMPLATE, "yes"))
    assert found["variables"] == ["name", "company"]
    assert found["names"] == [["Ada", "Analytical Engines"]]
    with pytest.raises(InvalidRequest):
        live.agree(PROVIDERS["bhuman"].cheapest, mine, typing(TEMPLATE[0], "name, company", "Ada", "yes"))


@pytest.mark.parametrize("text", ["", "C:/voice.mp3", "http://example.com/voice.mp3"])
def test_agree_when_the_voice_has_no_web_address_then_it_is_refused_before_the_price(mine, text):
    with pytest.raises(InvalidRequest):
        live.agree(PROVIDERS["aimlapi"].cheapest, mine, typing(text, "yes"))


@pytest.mark.parametrize(
    "secret",
    [
        KEY,
        SIGNED,
        SIGNED.removeprefix("https://"),
        "s3://bucket/a.mp4",
        "data:image/png;base64,AAAA",
        f"Bearer {HEX}",
        "ada@example.com",
        INSTANCE,
        HEX * 3,
        f"eyJhbGciOiJIUzI1NiJ9{HEX}.{HEX * 2}.{HEX * 2}",
    ],
)
def test_body_when_it_holds_a_secret_then_it_is_struck_out_wherever_it_stands(secret):
    for given in ({"a": secret}, {"a": [{"b": f"see {secret} here"}]}, {secret: 1}, [secret], secret):
        shown = recording.body(answer(given), [])
        assert secret not in shown
        assert HEX not in shown
        json.loads(shown)


def test_body_when_the_key_itself_is_told_back_then_it_is_struck_out_however_short():
    assert recording.body(answer({"detail": "bad key abc12"}), ["abc12"]) == '{"detail": "bad key <key>"}'


@pytest.mark.parametrize("name", ["token", "access_token", "apiKey", "secret", "signature", "email", "key"])
def test_body_when_a_name_says_secret_then_the_value_is_hidden(name):
    assert recording.body(answer({name: "x1"}), []) == f'{{"{name}": "<hidden>"}}'


def test_body_when_it_is_harmless_then_its_shape_and_words_stay():
    given = {
        "status": "QUEUED",
        "metrics": {"cost": 0.12, "tokens_used": 7},
        "output": [{"url": SIGNED}],
        "x": None,
    }
    shown = json.loads(recording.body(answer(given), []))
    assert shown == given | {"output": [{"url": "<address at images.segmind.com>"}]}


def test_body_when_it_is_long_bytes_or_text_then_2000_characters_at_most():
    assert len(recording.body(answer(["word"] * 1000), [])) == 2000
    assert recording.body(answer(content=b"\x00\xff\xfe"), []) == "<3 bytes>"
    assert (
        recording.body(answer(content=f"<p>{SIGNED}</p>".encode()), []) == "<p><address at images.segmind.com></p>"
    )
    deep = answer(content=b"[" * 500 + b"]" * 500)
    assert "<deeper>" in recording.body(deep, [])


def test_told_when_the_question_holds_a_query_then_only_its_path_is_shown():
    said = recording.told(
        "GET", f"https://api.segmind.com/v2/requests/{INSTANCE}/status?sig={HEX}", answer({}), []
    )
    assert said == "GET api.segmind.com/v2/requests/<uuid>/status\n  200 - {}"


def test_answers_when_the_same_comes_again_then_it_is_told_once():
    assert recording.shortened(["a", "a", "a", "b", "a"]) == ["a", "  … 2 more of the same", "b", "a"]


def test_run_when_the_provider_answers_then_state_facts_and_answers_are_told(mine, sandbox, capsys):
    before = Http._answer
    settings = mine.model_copy(update={"gateway": sandbox.url, "poll_seconds": 0.05})
    assert live.run("segmind", PROVIDERS["segmind"].cheapest.parameters, settings) == 0
    said = capsys.readouterr().out
    assert Http._answer is before
    assert "State     done" in said
    assert '"width": 832' in said
    assert "POST api.segmind.com/v2/bytedance-humo" in said
    assert KEY not in said
    assert "http://" not in said
    assert len(list(settings.data_dir.glob("humo-*.mp4"))) == 1
