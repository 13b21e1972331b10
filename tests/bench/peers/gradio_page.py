"""The gallery's other peer: a page with Gradio's Gallery. Knows nothing of the studio."""

from __future__ import annotations

import sys
from pathlib import Path

import gradio

folder, count, port = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
films = [(str(path), path.stem) for path in sorted(folder.glob("media/outputs/*.mp4"))[:count]]
with gradio.Blocks(title="Peer") as page:
    gradio.Gallery(films, columns=4, height="auto", label="All videos")
page.launch(server_port=port, allowed_paths=[str(folder)], quiet=True)
