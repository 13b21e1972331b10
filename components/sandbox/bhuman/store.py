"""BHuman's workspaces and store as the sandbox has them: list, filter terms, and putting a product to use.

Source: github.com/bhuman-ai/public_api, API guide of 2023. It knows no video.
"""

from __future__ import annotations

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from components.sandbox.bhuman import errors, stock
from components.sandbox.bhuman.answers import read_body, shown, stamp, wrapped
from components.sandbox.gateway import Sandbox


def kept_templates(sandbox: Sandbox) -> stock.Templates:
    """The account's templates, as this sandbox keeps them on disk."""
    return stock.Templates(sandbox.files.asset("bhuman-templates.json"))


class Use(BaseModel, extra="forbid", strict=True):
    """The body of "use product"."""

    id: str
    workspace_id: str
    folder_id: str | None = None
    video_instance_id: str | None = None


class Store:
    """The routes of workspaces and the store."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox, self._templates = sandbox, kept_templates(sandbox)

    async def workspaces(self, request: Request) -> Response:
        errors.check_key(request)
        wanted = errors.query_uuid(request, "id")
        return wrapped([each for each in stock.WORKSPACES if wanted in (None, each["workspace_id"])])

    async def products(self, request: Request) -> Response:
        errors.check_key(request)
        return wrapped([shown(request, each) for each in stock.PRODUCTS])

    async def settings(self, request: Request) -> Response:
        errors.check_key(request)
        return wrapped({"category": stock.CATEGORIES, "tags": stock.TAGS})

    async def use(self, request: Request) -> Response:
        errors.check_key(request)
        use: Use = await read_body(request, Use)
        given = {name: errors.as_uuid(value, name) for name, value in use.model_dump().items() if value}
        product = next((each for each in stock.PRODUCTS if each["id"] == given.get("id")), None)
        if not product:
            raise errors.Answer(404, "Product not found")
        if given.get("workspace_id") not in {each["workspace_id"] for each in stock.WORKSPACES}:
            raise errors.Answer(404, "Workspace not found")
        template = self._place(product, given.get("folder_id"), given.get("video_instance_id"))
        return wrapped(
            {
                "video_instance_id": template["id"],
                "video_id": template["video_id"],
                "folder_id": template["folder_id"],
                "product": shown(request, product),
                "segments": [],
            }
        )

    def _place(self, product: stock.JSON, folder: str | None, template_id: str | None) -> stock.JSON:
        """The documented rule: an existing template needs its folder; what is not named is made."""
        if template_id and not folder:
            raise errors.Answer(400, "folder_id can not be empty when video_instance_id is present")
        if folder and folder not in self._templates.folders():
            raise errors.Answer(404, "Folder not found")
        if not template_id:
            return self._templates.make(product, folder, stamp(self._sandbox.tasks.now()))
        template = self._templates.get(template_id)
        if not template or template["folder_id"] != folder:
            raise errors.Answer(404, "Video instance not found in this folder")
        return template
