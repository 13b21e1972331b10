"""Typed settings from the environment and `.streamlit/secrets.toml`; keys are SecretStr and never printed.

One instance is made per process, by `app.py`, a script or a test, and handed down. It knows no provider's
rules: only the names, types and defaults of what can be set.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

ROOT = Path(__file__).resolve().parent.parent
SECRETS = ROOT / ".streamlit" / "secrets.toml"


class Settings(BaseSettings):
    """What can be set, by the variable of the same name in capitals; docs in README.md, "Settings"."""

    # The prefix keeps a field's own name from being read too: DATABASE_URL belongs to other programs.
    model_config = SettingsConfigDict(
        extra="ignore", populate_by_name=True, env_ignore_empty=True, env_prefix="STUDIO_"
    )

    port: int = Field(8501, ge=1, le=65535, alias="PORT")
    address: str = Field("127.0.0.1", alias="STUDIO_ADDRESS")
    data_dir: Path = Field(Path("data"), alias="STUDIO_DATA_DIR")
    database_url: str | None = Field(None, alias="STUDIO_DATABASE_URL")
    media_url: str | None = Field(None, alias="STUDIO_MEDIA_URL")
    """`s3://bucket/prefix` keeps files there; without it a folder of the data dir does."""
    gateway: str | None = Field(None, alias="STUDIO_GATEWAY")
    public_url: str | None = Field(None, alias="STUDIO_PUBLIC_URL")
    """The address at which providers reach this server, for files that must be fetched."""
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field((), alias="STUDIO_ALLOWED_HOSTS")
    """Further host names under which the server answers, with commas between."""
    open: bool = Field(False, alias="STUDIO_OPEN")
    """Whether others may reach the server although nobody has to sign in."""
    sandbox: Literal["auto", "always", "never"] = Field("auto", alias="STUDIO_SANDBOX")
    poll_seconds: float = Field(2.0, gt=0, alias="STUDIO_POLL_SECONDS")
    """Seconds between the first two questions to a provider; later ones come slower."""

    segmind_api_key: SecretStr | None = Field(None, alias="SEGMIND_API_KEY")
    segmind_api: Literal["v2", "v1"] = Field("v2", alias="SEGMIND_API")
    """`v2` submits and polls, `v1` waits for the video in one long answer."""
    runware_api_key: SecretStr | None = Field(None, alias="RUNWARE_API_KEY")
    aimlapi_api_key: SecretStr | None = Field(None, alias="AIMLAPI_API_KEY")
    bhuman_api_key_id: SecretStr | None = Field(None, alias="BHUMAN_API_KEY_ID")
    bhuman_api_key_secret: SecretStr | None = Field(None, alias="BHUMAN_API_KEY_SECRET")
    humo_input_names: dict[str, str] = Field(default_factory=dict, alias="HUMO_INPUT_NAMES")
    """Other wire names for HuMo's inputs, e.g. `{"image": "image_url"}`; the defaults are the catalog's."""

    @field_validator("data_dir")
    @classmethod
    def _below_the_studio(cls, value: Path) -> Path:
        """A relative folder means the same one wherever the server is started from."""
        return value.expanduser() if value.is_absolute() else ROOT / value

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """One text with commas, as a variable holds it, or a list."""
        if isinstance(value, str):
            return tuple(name.strip() for name in value.split(",") if name.strip())
        return value

    @field_validator("gateway", "public_url")
    @classmethod
    def _no_trailing_slash(cls, value: str | None, about: ValidationInfo) -> str | None:
        if value is None:
            return None
        if not value.startswith(("http://", "https://")):
            raise ValueError(f"STUDIO_{str(about.field_name).upper()} must start with http:// or https://")
        return value.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *_: Any, **sources: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = TomlConfigSettingsSource(settings_cls, toml_file=SECRETS)
        return sources["init_settings"], sources["env_settings"], toml

    def secret(self, name: str) -> SecretStr | None:
        """A secret by the name of its field, e.g. `segmind_api_key`, or None where there is none."""
        given: SecretStr | None = getattr(self, name, None)
        bare = given.get_secret_value().strip() if given else ""
        return SecretStr(bare) if bare else None
