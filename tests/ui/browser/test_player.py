"""What the player sends to the browser: which settings tell tiles apart, and when data stays the same."""

from dataclasses import replace

from components.ui.browser.player import Clip, Tile, Waiting, differing, payload


def clip(name: str, *settings: tuple[str, str]) -> Clip:
    return Clip(name, f"/files/{name}", None, None, "x.mp4", "HuMo", settings, "", 25.0)


def waiting(name: str, state: str, *settings: tuple[str, str]) -> Waiting:
    return Waiting(name, "HuMo", settings, state, "words", 100.0, "hint")


def test_only_unequal_settings_differ() -> None:
    tiles: list[Tile] = [clip("a", ("scale_a", "5"), ("seed", "1")), clip("b", ("scale_a", "7"), ("seed", "1"))]
    assert differing(tiles) == {"scale_a"}


def test_a_setting_that_one_tile_lacks_differs() -> None:
    assert differing([clip("a", ("seed", "1")), waiting("b", "running")]) == {"seed"}


def test_one_tile_or_none_has_nothing_to_differ_from() -> None:
    assert differing([clip("a", ("seed", "1"))]) == frozenset()
    assert differing([]) == frozenset()


def test_settings_are_split_and_keep_their_order() -> None:
    tiles = [clip("a", ("z", "1"), ("m", "1"), ("b", "1")), clip("b", ("z", "2"), ("m", "1"), ("b", "2"))]
    first = payload(tiles, 1.0)["tiles"][0]
    assert first["differs"] == [("z", "1"), ("b", "1")]
    assert first["same"] == [("m", "1")]


def test_data_changes_with_time_only_while_a_tile_counts() -> None:
    assert payload([clip("a"), waiting("b", "failed")], 1.0) == payload([clip("a"), waiting("b", "failed")], 2.0)
    assert payload([waiting("b", "running")], 2.0)["now"] == 2.0


def test_comparison_when_asked_for_then_the_browser_is_told():
    assert payload([clip("a")], 1.0, compare=True)["compare"] is True
    assert payload([clip("a")], 1.0)["compare"] is False


def test_settings_when_two_models_are_mixed_then_what_only_one_of_them_has_is_no_difference():
    tiles = [
        replace(clip("a", ("prompt", "x"), ("scale_a", "5"), ("mode", "TIA")), family="humo"),
        replace(clip("b", ("prompt", "x"), ("scale_a", "7"), ("mode", "TIA")), family="humo"),
        replace(clip("c", ("prompt", "y"), ("steps", "40")), family="hunyuan"),
    ]
    assert differing(tiles) == {"prompt", "scale_a"}
    assert differing(tiles[1:]) == {"prompt"}
