"""A picture that is too small for a model is refused before anything is stored or sent."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from pydantic import SecretStr

from components.errors import InvalidRequest
from components.studio import open_studio


def test_picture_when_too_small_for_the_model_then_a_sentence_names_both_sizes(live, voice_wav):
    small = io.BytesIO()
    Image.new("RGB", (250, 400), (90, 100, 140)).save(small, "PNG")
    with open_studio(live.model_copy(update={"runware_api_key": SecretStr("rw_test")})) as studio:
        portrait = studio.add_asset(small.getvalue(), name="me.png")
        given = {"referenceImages": portrait.id, "audio": studio.add_asset(voice_wav).id}
        with pytest.raises(InvalidRequest, match=r"300 to 6000 pixels on each side.*250 × 400"):
            studio.submit("runware/omnihuman-1", given)
        assert studio.generations.recent() == []
