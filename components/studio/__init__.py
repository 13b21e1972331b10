"""The only door for pages, routes, scripts and tests: one small class a subject. No Streamlit inside.

with open_studio(Settings()) as studio:                                      # or one that runs on a server:
                                                                             # open_studio(url=..., token=...)
    voice = studio.add_asset(Path("hello.mp3"))
    job = studio.submit("segmind/humo", {"prompt": "...", "audio": voice.id, "frames": 97})
    job = studio.wait(job.id, timeout=120)
    studio.copy_output(job.outputs[0].id, Path("hello.mp4"))
"""

from components.engine.ceilings import Room
from components.library.ceilings import TEAM
from components.library.generation_queries import GenerationQueries
from components.library.links import secret as signing_secret
from components.studio.accounts import Side
from components.studio.assets import MAX_UPLOAD
from components.studio.ceilings import Plan
from components.studio.generations import Planned, Usual
from components.studio.people import Admission, Claim, Listed, People, Visitor, session_id
from components.studio.person import LOCAL, Person, Right
from components.studio.studio import RUN, Studio, current, of, of_program, open_studio
from components.studio.telling import told
from components.studio.tokens import Held, Made, TokenRole

__all__ = [
    "LOCAL",
    "MAX_UPLOAD",
    "RUN",
    "TEAM",
    "Admission",
    "Claim",
    "GenerationQueries",
    "Held",
    "Listed",
    "Made",
    "People",
    "Person",
    "Plan",
    "Planned",
    "Right",
    "Room",
    "Side",
    "Studio",
    "TokenRole",
    "Usual",
    "Visitor",
    "current",
    "of",
    "of_program",
    "open_studio",
    "session_id",
    "signing_secret",
    "told",
]
