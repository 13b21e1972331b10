"""What an assistant can do, each tool with the words by which it is known. All is decided by the studio itself.

A tool's docstring and its arguments' descriptions are read by a language model that has never seen the studio.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Annotated, Any, TypeVar

from anyio import CapacityLimiter, to_thread
from mcp.server.mcpserver import Context
from pydantic import Field

from components.client import shapes
from components.client.remote import RemoteStudio
from components.errors import NotFound, StillRunning
from components.mcp import answers, files
from components.mcp.callers import Callers
from components.mcp.pages import MOST_COMPARED, Pages

T = TypeVar("T")
LONGEST_WAIT = 45.0
"""Seconds; hosts give up a call after a minute."""
TURN = 5.0
"""Seconds of one question: a thread that asks cannot be called off, and holds up the end of the process."""
MOST_WAITING = 100
"""Calls that wait at once; others go on beside them."""
ID = r"^[A-Za-z0-9-]{1,40}$"
Caller = Context[Any, Any]
ModelId = Annotated[
    str, Field(description="The model's id as list_models gives it, e.g. `segmind/infinite-talk`.")
]
ForModel = Annotated[str | None, Field(description="The id of the model whose limits the file must keep.")]
Parameters = Annotated[
    dict[str, Any],
    Field(
        description="By the names that describe_model gives. A parameter for a picture or a voice takes the id "
        "that add_file gave, or an https address. Leave out what should stay at its default."
    ),
]
MostDollars = Annotated[
    float,
    Field(
        ge=0,
        le=1000,
        allow_inf_nan=False,
        description="What this one call may cost, in US dollars, as the person has agreed to it. Where the "
        "model's price says more, or no price is known, the call is refused and nothing is sent.",
    ),
]
RequestId = Annotated[
    str,
    Field(
        min_length=8,
        max_length=64,
        pattern=r"^[A-Za-z0-9._:-]+$",
        description="What you call this one video, e.g. a new UUID. If an answer is lost or times out, call again "
        "with the same request_id and arguments: you get the video that is being made, and nothing is paid twice. "
        "With a new one the same video is made and paid for again.",
    ),
]
GenerationId = Annotated[str, Field(pattern=ID, description="The generation_id that generate gave.")]
Seconds = Annotated[float, Field(ge=0, le=LONGEST_WAIT, description="How long to wait for its end at most.")]
OutputIds = Annotated[
    list[Annotated[str, Field(pattern=ID)]],
    Field(min_length=2, max_length=MOST_COMPARED, description="The output_id of each video, as wait gave it."),
]


class Tools:
    """The tools over one studio.

    Args:
        callers: with whose token each call goes there.
        pages: where people open it.
    """

    def __init__(self, callers: Callers, pages: Pages) -> None:
        self._callers, self._pages = callers, pages
        self._waiting = CapacityLimiter(MOST_WAITING)

    async def list_models(self, context: Caller) -> answers.ListedModels:
        """List the video models: what each is for (wish), who runs it, its price, its limits of voice and picture.

        Free. Start here, and take the model whose wish and price fit what the person wants.
        """
        found = await self._ask(context, lambda studio: studio.models())
        return answers.ListedModels(models=tuple(answers.listed(one) for one in found))

    async def describe_model(self, context: Caller, model: ModelId) -> shapes.Model:
        """Describe one model with all its parameters: names, meanings, bounds, choices, defaults, an example.

        Free. Call it before plan or generate, whose parameters go by these names.
        """
        found = await self._ask(context, lambda studio: studio.models())
        for one in found:
            if one.id == model:
                return one
        raise NotFound(f"There is no model called {model!r}.", "Ask list_models which there are.")

    async def add_path(
        self,
        context: Caller,
        path: Annotated[str, Field(description="The whole path of a picture or a sound on this machine.")],
        model: ForModel = None,
    ) -> shapes.Asset:
        """Add a picture (a portrait) or a sound (a voice) of at most 200 MB from this machine to the studio.

        Free. It is checked at once; the id that comes back stands for it in the parameters of plan and generate.
        The same file twice is kept once. Add only files that the person has named.
        """
        file = await to_thread.run_sync(files.at_path, path)
        return await self._ask(context, lambda studio: studio.add_asset(file, model_id=model))

    async def add_content(
        self,
        context: Caller,
        content: Annotated[str, Field(description="The bytes of a picture or a sound in base64, at most 10 MB.")],
        name: Annotated[
            str, Field(min_length=1, max_length=255, description="What to call it, e.g. `voice.mp3`.")
        ],
        model: ForModel = None,
    ) -> shapes.Asset:
        """Add a picture (a portrait) or a sound (a voice) of at most 10 MB to the studio, as base64.

        Free. It is checked at once; the id that comes back stands for it in the parameters of plan and generate.
        The same file twice is kept once. This server reads no paths.
        """
        sent = files.in_base64(content)
        return await self._ask(context, lambda studio: studio.add_asset(sent, name=name, model_id=model))

    async def plan(self, context: Caller, model: ModelId, parameters: Parameters) -> shapes.Plan:
        """Check a request and say what it would cost, in US dollars, without sending or keeping anything.

        Free. Tell the person the price before you generate. `dollars` is null where the provider publishes no
        price; `hindrance` says why it would be refused at this moment.
        """
        return await self._ask(context, lambda studio: studio.generations.plan(model, parameters))

    async def generate(
        self,
        context: Caller,
        model: ModelId,
        parameters: Parameters,
        most_dollars: MostDollars,
        request_id: RequestId,
    ) -> answers.Progress:
        """Make a video, which spends the person's money where the model is live.

        Plan first, tell them the price, and give what they agreed to as most_dollars. It returns at once; call
        wait with the generation_id until it has ended. It goes on whatever happens to this conversation.
        """
        most = Decimal(str(most_dollars))
        return await self._ask(
            context,
            lambda studio: self._told(
                studio.submit(model, parameters, key=f"mcp:{request_id}", most_dollars=most)
            ),
        )

    async def wait(self, context: Caller, generation_id: GenerationId, seconds: Seconds = 30) -> answers.Progress:
        """Wait until a generation has ended, for so many seconds at most, and say where it stands.

        Free. It gives the state, a sentence for the person, what it cost, and the videos with the page on which a
        person watches each. Where `ended` is false, call it again; models take from half a minute to ten minutes.
        """
        left = seconds
        while True:
            turn = min(left, TURN)
            found = await self._ask(
                context, partial(_ended, generation_id=generation_id, seconds=turn), self._waiting
            )
            left -= turn
            if found.ended or left <= 0:
                return self._told(found)

    async def compare_link(self, output_ids: OutputIds) -> answers.CompareLink:
        """Give the address of the page that plays two to nine finished videos side by side on one clock.

        Free. The person opens it in the browser in which they use the studio.
        """
        return answers.CompareLink(address=self._pages.compare(output_ids))

    def _told(self, one: shapes.Generation) -> answers.Progress:
        return answers.progress(one, self._pages)

    async def _ask(
        self, context: Caller, work: Callable[[RemoteStudio], T], threads: CapacityLimiter | None = None
    ) -> T:
        """What the studio gives to whoever calls; it is asked in a thread, because its client waits."""
        headers = context.headers

        def asked() -> T:
            with self._callers.studio(headers) as studio:
                return work(studio)

        return await to_thread.run_sync(asked, limiter=threads)


def _ended(studio: RemoteStudio, *, generation_id: str, seconds: float) -> shapes.Generation:
    """A generation as soon as it has ended, or as it is when the time is over."""
    try:
        return studio.wait(generation_id, seconds)
    except StillRunning:
        return studio.generations.get(generation_id)
