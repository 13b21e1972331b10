"""Measures how loud a sound is as broadcasters do (EBU R 128). It decodes nothing and judges nothing."""

from __future__ import annotations

import math
from contextlib import suppress

from av import AudioFrame
from av.filter import Graph

from components.media.container import READ_ERRORS

# What the filter answers where nothing was loud enough, or long enough, to be measured.
SILENCE = -69.9


class Loudness:
    """Takes decoded frames one by one; a stream that changes its shape on the way is measured up to there."""

    def __init__(self) -> None:
        self._graph: Graph | None = None
        self._metadata: dict[str, str] = {}

    def add(self, frame: AudioFrame) -> None:
        if self._graph is None:
            self._graph = _graph(frame)
        with suppress(*READ_ERRORS):
            self._graph.push(frame)
            while True:
                # Ends with the error that there is no more for now.
                self._metadata.update(self._graph.pull().metadata)

    @property
    def lufs(self) -> float | None:
        """Integrated loudness; None for silence and for less than 0.4 s."""
        found = self._value("lavfi.r128.I")
        return None if found is None or found <= SILENCE else round(found, 2)

    @property
    def true_peak_db(self) -> float | None:
        """The highest peak between the samples, in dBTP."""
        found = self._value("lavfi.r128.true_peak")
        return round(20 * math.log10(found), 2) if found and self.lufs is not None else None

    def _value(self, name: str) -> float | None:
        try:
            found = float(self._metadata[name])
        except (KeyError, ValueError):
            return None
        return found if math.isfinite(found) else None


def _graph(frame: AudioFrame) -> Graph:
    graph = Graph()
    source = graph.add_abuffer(
        sample_rate=frame.sample_rate,
        format=frame.format,
        layout=frame.layout,
        time_base=frame.time_base,
    )
    graph.link_nodes(source, graph.add("ebur128", "metadata=1:peak=true"), graph.add("abuffersink")).configure()
    return graph
