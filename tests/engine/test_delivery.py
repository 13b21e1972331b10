"""One notice, delivered by a child: it reaches what it may, whatever an address says or a name leads to."""

from __future__ import annotations

import json
import socket

import pytest

from components.engine import delivery, delivery_child
from components.engine.delivery import Delivery, deliver, look_at
from components.engine.notice_kinds import KINDS
from tests.receiver import start_receiver

# apprise's mail imports what uses `imghdr`, where that is installed.
pytestmark = pytest.mark.filterwarnings("ignore:.*imghdr:DeprecationWarning")
REBOUND = "rebound.example"
LIES = """
import socket
real = socket.getaddrinfo
def lying(host, *others, **named):
    return real("127.0.0.1" if host == "{host}" else host, *others, **named)
socket.getaddrinfo = lying
"""


@pytest.fixture
def receiver():
    with start_receiver() as running:
        yield running


@pytest.fixture
def here(receiver):
    return f"127.0.0.1:{receiver.port}"


def said(address, hosts=()):
    """What the child says of an address, without a process of its own for each."""
    try:
        return delivery_child.deliver({"address": address, "hosts": list(hosts)})
    except delivery_child.Refused as refused:
        return {"verdict": str(refused)}


def test_notice_when_its_host_is_allowed_then_it_arrives_as_it_was_said(receiver, here):
    assert deliver(f"json://{here}/hook?+X-Token=mine", [here], "Two\nlines <b>") == Delivery("ok", "JSON")
    [heard] = receiver.heard
    said = json.loads(heard.body)
    assert (heard.path, said["title"], said["message"]) == ("/hook", "Screentest", "Two\nlines <b>")
    assert heard.headers["X-Token"] == "mine"


def test_notice_when_sent_by_ntfy_then_it_arrives(receiver, here):
    receiver.answers.append((200, {}))
    assert deliver(f"ntfy://{here}/topic", [here], "x").verdict == "ok"
    assert json.loads(receiver.heard[0].body) == {"topic": "topic", "title": "Screentest", "message": "x"}


def test_notice_when_its_name_leads_into_a_network_only_later_then_it_does_not_leave(
    receiver, monkeypatch, tmp_path
):
    (tmp_path / "sitecustomize.py").write_text(LIES.format(host=REBOUND))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    address = f"json://{REBOUND}:{receiver.port}/hook"
    assert look_at(address, []).verdict == "ok"
    assert deliver(address, [], "x").verdict == "private"
    assert receiver.heard == []
    assert deliver(address, [f"{REBOUND}:{receiver.port}"], "x").verdict == "ok"


def test_notice_when_the_machine_has_a_proxy_then_it_goes_that_way_and_still_to_no_network(
    receiver, here, monkeypatch
):
    monkeypatch.setenv("http_proxy", f"http://{here}")
    assert deliver("json://8.8.8.8/hook", [], "x").verdict == "ok"
    assert deliver(f"json://{here}/hook", [], "x").verdict == "private"
    assert [heard.path for heard in receiver.heard] == ["http://8.8.8.8/hook"]


def test_notice_when_it_is_led_elsewhere_then_it_does_not_follow(receiver, here):
    receiver.answers.append((307, {"Location": f"http://{here}/elsewhere"}))
    assert deliver(f"json://{here}/hook", [here], "x").verdict == "failed"
    assert [heard.path for heard in receiver.heard] == ["/hook"]


def test_notice_when_it_is_not_taken_then_it_is_sent_once(receiver, here):
    receiver.answers.append((500, {}))
    assert deliver(f"json://{here}/hook", [here], "x").verdict == "failed"
    assert len(receiver.heard) == 1


def test_notice_when_its_place_never_answers_then_it_ends(monkeypatch):
    monkeypatch.setattr(delivery, "LONGEST", 1.0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        here = f"127.0.0.1:{silent.getsockname()[1]}"
        assert deliver(f"json://{here}/", [here], "x").verdict == "failed"


@pytest.mark.parametrize(
    "address",
    [
        "json://127.0.0.1/x",
        "json://[::1]:80/x",
        "json://localhost:8080/",
        "gotify://192.168.1.4/abcdefghijklmno",
        "ntfys://10.0.0.8/topic",
        "ntfys://studio.internal/topic",
        "mailto://user:pass@example.com?smtp=169.254.169.254",
    ],
)
def test_address_when_it_shows_that_it_is_within_a_network_then_refused(address):
    assert said(address, ["127.0.0.1:9"]) == {"verdict": "private"}


@pytest.mark.parametrize(
    ("address", "verdict"),
    [
        ("file:///etc/passwd", "kind"),
        ("https://example.com/config.yml", "kind"),
        ("syslog://localhost", "kind"),
        ("exec://touch", "kind"),
        ("no address", "kind"),
        ("ntfys://ntfy.sh/" + "t" * 3000, "kind"),
        ("json://example.com/?template=file:///etc/passwd", "option"),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ?template=file:///etc/passwd", "option"),
        ("ntfys://ntfy.sh/topic?attach=http://10.0.0.1/", "option"),
        ("ntfys://ntfy.example/topic?redirect=yes", "option"),
        ("jsons://example.com/?verify=no", "option"),
        ("jsons://example.com/?retry=9&wait=9", "option"),
        ("mailtos://user:pass@example.com?pgp=sign", "option"),
        ("mailtos://user:pass@example.com?+Bcc=a@b.c", "option"),
        ("slack://short", "address"),
    ],
)
def test_address_when_it_is_none_that_notices_go_to_then_refused(address, verdict):
    assert said(address) == {"verdict": verdict}


@pytest.mark.parametrize("address", ["file:///etc/passwd", "slack://short", "json://127.0.0.1/x"])
def test_address_when_the_child_is_asked_then_the_same(address):
    assert look_at(address, []).verdict == said(address)["verdict"]


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("ntfys://ntfy.sh/topic", "ntfy"),
        ("https://ntfy.sh/topic", "ntfy"),
        ("ntfys://tk_token@ntfy.example/topic?priority=high", "ntfy"),
        ("mailtos://user:pass@gmail.com", "mail"),
        ("mailtos://user:pass@example.com?smtp=mail.example.com&to=me@example.com", "mail"),
        ("https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ", "Slack"),
        ("https://discord.com/api/webhooks/4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js", "Discord"),
        ("tgram://123456789:abcdefg_hijklmnop/12315544/", "Telegram"),
        ("workflows://prod-01.westus.logic.azure.com:443/643e69f83c8944/4hd3u", "Teams"),
        (
            "https://prod-15.uksouth.logic.azure.com:443/workflows/3XXX5/triggers/manual/paths/invoke"
            "?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=iXXXU",
            "Teams",
        ),
        ("pover://abcdefghijklmnopqrstuvwxyz1234@abcdefghijklmnopqrstuvwxyz1234", "Pushover"),
        ("gotifys://gotify.example.com/abcdefghijklmno", "Gotify"),
        ("jsons://user:pass@example.com/hook", "JSON"),
    ],
)
def test_address_when_it_is_of_a_known_kind_then_taken(address, kind):
    assert said(address) == {"verdict": "ok", "kind": kind}
    assert kind in {each.name for each in KINDS.values()}


def test_child_when_started_then_it_has_no_key(monkeypatch):
    monkeypatch.setenv("SEGMIND_API_KEY", "SG_hidden")
    monkeypatch.setenv("STUDIO_SECRET", "s" * 32)
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    given = delivery._environment()
    assert "hidden" not in str(given)
    assert "s" * 32 not in given.values()
    assert given["https_proxy"] == "http://proxy.example:3128"
