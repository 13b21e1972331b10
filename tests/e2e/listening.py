"""Listens to the player's videos: what each really sends to the loudspeaker, and at which moment of its clock."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from playwright.sync_api import Locator

QUIET, CLICK = 0.01, 0.45
"""Peaks of the wave: nothing below the one is heard; a clip's hum stays below the other, its clicks do not."""
# A source made of a media element follows the element's own volume and mute (Web Audio API, section 1.22).
LISTEN = """(root) => {
  const context = new AudioContext(), wave = new Float32Array(2048);
  const ears = (window.ears = [...root.querySelectorAll('video')].map((video) => {
    const ear = context.createAnalyser();
    ear.fftSize = wave.length;
    context.createMediaElementSource(video).connect(ear).connect(context.destination);
    return { video, ear, heard: [] };
  }));
  const look = () => {
    for (const { video, ear, heard } of ears) {
      ear.getFloatTimeDomainData(wave);
      const peak = wave.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
      if (!video.paused) heard.push([video.currentTime, peak]);
    }
    requestAnimationFrame(look);
  };
  look();
  return context.resume();
}"""
HEARD = "() => window.ears.map(({ heard }) => heard.splice(0))"


@dataclass(frozen=True)
class Sound:
    """What was heard of one video since it was last asked."""

    rows: list[tuple[float, float]]
    """Seconds of the video's own clock, and the peak of the wave in the 43 ms before."""

    @property
    def silent(self) -> bool:
        return bool(self.rows) and all(peak < QUIET for _, peak in self.rows)

    @property
    def clicks(self) -> list[float]:
        """Seconds at which a click was first heard."""
        loud = [(time, peak > CLICK) for time, peak in self.rows]
        return [time for (_, before), (time, now) in pairwise(loud) if now and not before]


def listen(root: Locator) -> None:
    root.evaluate(LISTEN)


def heard(root: Locator) -> list[Sound]:
    """In the order of the videos; what is told once is not told again."""
    return [Sound([(time, peak) for time, peak in rows]) for rows in root.evaluate(HEARD)]
