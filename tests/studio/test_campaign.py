"""BHuman by campaign, from the studio's door to saved videos."""

from __future__ import annotations

from components.sandbox.bhuman.stock import CAMPAIGNS
from components.studio import open_studio

ADDRESS = f"https://app.bhuman.ai/campaign/generatedVideos/{CAMPAIGNS[0]['id']}"


def test_campaign_when_its_address_is_given_then_each_row_gets_a_video(settings):
    table = {"variables": ["name"], "names": [["Ann"], ["Bo"]]}
    with open_studio(settings) as studio:
        job = studio.submit("bhuman/personalized-video", {"campaign_id": ADDRESS} | table)
        job = studio.wait(job.id, timeout=60)
    assert (job.state, [output.facts["label"] for output in job.outputs]) == ("done", ["Ann", "Bo"])
    assert job.parameters["campaign_id"] == CAMPAIGNS[0]["id"]
