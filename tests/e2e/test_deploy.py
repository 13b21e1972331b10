"""compose.yaml without containers: its processes, with its variables, behind either balancer, in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import requests
from playwright.sync_api import Browser, Page

from tests.balancers import Caddy, Nginx
from tests.browser import watched
from tests.conftest import as_live
from tests.deployed import WEB, Deployed, deployed
from tests.e2e.person import Person
from tests.s3_server import make_bucket
from tests.sandbox_server import until

pytestmark = pytest.mark.browser

USER, PASSWORD = "team", "a password for the test"


@pytest.fixture(scope="module", params=[Caddy, Nginx])
def studio(request, tmp_path_factory, postgres, s3_server, session_sandbox) -> Iterator[Deployed]:
    keys = {name.upper(): str(value) for name, value in as_live(session_sandbox.url).items()}
    values = {
        "STUDIO_SECRET": "s" * 64,
        "STUDIO_USER": USER,
        "STUDIO_PASSWORD_HASH": request.param.hashed(PASSWORD),
    }
    here = {
        "STUDIO_DATABASE_URL": postgres.new_database(),
        "STUDIO_GATEWAY": session_sandbox.url,
        "STUDIO_ADDRESS": "127.0.0.1",
        "STUDIO_POLL_SECONDS": "0.05",
        **make_bucket(s3_server),
    }
    with deployed(request.param, tmp_path_factory.mktemp("deployed"), values | keys, here) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Of somebody who knows the password."""
    context = browser.new_context(
        http_credentials={"username": USER, "password": PASSWORD}, ignore_https_errors=True
    )
    with watched(context) as page:
        yield page
    context.close()


def test_provider_when_it_calls_through_the_balancer_then_the_studio_answers_it_and_asks_for_no_password(studio):
    url, trusted = studio.balancer.url, studio.balancer.certificate
    answers = [
        requests.post(f"{url}{path}", timeout=60, verify=trusted) for path in ("/webhooks/bhuman/forged", "/")
    ]
    assert [answer.status_code for answer in answers] == [404, 401]


def test_studio_when_deployed_then_a_video_is_made_through_the_balancer_and_survives_the_loss_of_either_server(
    studio, page
):
    person = Person(page, SimpleNamespace(url=studio.balancer.url))
    person.opens()
    person.fills_in()
    person.generate.click()
    person.sees_ready(1)
    for name in WEB:
        studio.kill(name)
        person.opens()
        person.sees_ready(1)
        studio.start_web(name)
        until(lambda web=name: studio.is_ready(web))
