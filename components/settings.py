"""Typed settings from the environment and `.streamlit/secrets.toml`; keys are SecretStr and never printed.

One instance is made per process, by `app.py`, a script or a test, and handed down. It knows no provider: what is
no field here is a provider's, kept hidden by its name until that provider asks for it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, SecretStr, ValidationInfo, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

ROOT = Path(__file__).resolve().parent.parent
SECRET_LENGTH = 32
SignIn = Literal["off", "oidc", "proxy"]
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
    """The address at which providers reach this server, for files that must be fetched and for their calls."""
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field((), alias="STUDIO_ALLOWED_HOSTS")
    """Further host names under which the server answers, with commas between."""
    open: bool = Field(False, alias="STUDIO_OPEN")
    """Whether others may reach the server although nobody has to sign in."""
    sandbox: Literal["auto", "always", "never"] = Field("auto", alias="STUDIO_SANDBOX")
    poll_seconds: float = Field(2.0, gt=0, alias="STUDIO_POLL_SECONDS")
    """Seconds between the first two questions to a provider; later ones come slower."""

    log: Literal["plain", "json"] = Field("plain", alias="STUDIO_LOG")
    """How the log's lines read."""

    notice_hosts: Annotated[tuple[str, ...], NoDecode] = Field((), alias="STUDIO_NOTICE_HOSTS")
    """Hosts of this network, with their ports or without, to which notices may go though they are not public."""
    shared_secret: SecretStr | None = Field(None, alias="STUDIO_SECRET")
    """What signs links to files and passes to listen, where several servers show one studio."""
    metrics_token: SecretStr | None = Field(None, alias="STUDIO_METRICS_TOKEN")
    """With which figures are read from elsewhere, as `Authorization: Bearer ...`."""
    keep_days: float = Field(30.0, gt=0, alias="STUDIO_KEEP_DAYS")
    """How long the engine remembers the steps of a job that has ended; generations and videos stay."""

    oidc_url: str | None = Field(None, alias="STUDIO_OIDC_URL")
    """The OpenID provider's address, below which its `.well-known/openid-configuration` lies."""
    oidc_client_id: str | None = Field(None, alias="STUDIO_OIDC_CLIENT_ID")
    oidc_client_secret: SecretStr | None = Field(None, alias="STUDIO_OIDC_CLIENT_SECRET")
    oidc_trust_email: bool = Field(False, alias="STUDIO_OIDC_TRUST_EMAIL")
    """Whether all addresses of that provider are true although it does not say so (`email_verified`)."""
    proxy_secret: SecretStr | None = Field(None, alias="STUDIO_PROXY_SECRET")
    """What a proxy that signs people in adds to each request as `X-Proxy-Secret`."""
    proxy_header: str = Field("X-Forwarded-Email", pattern=r"^[A-Za-z0-9-]+$", alias="STUDIO_PROXY_HEADER")
    """In which header that proxy names the person by e-mail."""
    admins: Annotated[tuple[str, ...], NoDecode] = Field((), alias="STUDIO_ADMINS")
    """E-mail addresses, or `@domain` for all of one, with commas between."""
    members: Annotated[tuple[str, ...], NoDecode] = Field((), alias="STUDIO_MEMBERS")
    viewers: Annotated[tuple[str, ...], NoDecode] = Field((), alias="STUDIO_VIEWERS")

    remote_url: str | None = Field(None, alias="STUDIO_URL")
    """Where a studio answers that `python -m components.mcp` speaks to; without it, this machine's own port."""
    remote_token: SecretStr | None = Field(None, alias="STUDIO_TOKEN")
    """What a token says that was made there, for an assistant that starts the MCP server itself."""

    stop_seconds: float = Field(10.0, ge=0, alias="STUDIO_STOP_SECONDS")
    """How long a stop waits for answers to paid requests that are out."""

    @property
    def many_machines(self) -> bool:
        """Whether the database is one that several processes share; SQLite's is one process's own."""
        return bool(self.database_url) and not str(self.database_url).startswith("sqlite")

    @property
    def sign_in(self) -> SignIn:
        """How people sign in; `off` is one person, `local`."""
        if self.oidc_url:
            return "oidc"
        return "proxy" if self.proxy_secret else "off"

    _given: dict[str, SecretStr] = PrivateAttr(default_factory=dict)
    """Of providers, by name in small letters: handed over by a script or a test, and first to count."""
    _filed: dict[str, SecretStr] = PrivateAttr(default_factory=dict)
    """The same out of the secrets file; the environment goes before it."""

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self._given = _of_providers(values)
        self._filed = _of_providers(TomlConfigSettingsSource(type(self), toml_file=SECRETS)())

    @field_validator("data_dir")
    @classmethod
    def _below_the_studio(cls, value: Path) -> Path:
        """A relative folder means the same one wherever the server is started from."""
        return below_the_studio(value)

    @field_validator("allowed_hosts", "notice_hosts", "admins", "members", "viewers", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """One text with commas, as a variable holds it, or a list."""
        if isinstance(value, str):
            return parse_list(value)
        return value

    @field_validator("shared_secret", "proxy_secret")
    @classmethod
    def _hard_to_guess(cls, value: SecretStr | None, about: ValidationInfo) -> SecretStr | None:
        if value is not None and len(value.get_secret_value()) < SECRET_LENGTH:
            name = str(cls.model_fields[str(about.field_name)].alias)
            raise ValueError(
                f"{name} needs at least {SECRET_LENGTH} characters that nobody guesses; "
                "`openssl rand -hex 32` makes some."
            )
        return value

    @model_validator(mode="after")
    def _whole_sign_in(self) -> Self:
        """Half of a sign-in is none; a team needs somebody who lets the others in."""
        if self.oidc_url and self.proxy_secret:
            raise ValueError("STUDIO_OIDC_URL and STUDIO_PROXY_SECRET are two ways to sign in; set one of them.")
        if self.oidc_url and not (self.oidc_client_id and self.oidc_client_secret and self.public_url):
            raise ValueError(
                "STUDIO_OIDC_URL needs STUDIO_OIDC_CLIENT_ID, STUDIO_OIDC_CLIENT_SECRET and STUDIO_PUBLIC_URL."
            )
        if self.sign_in == "off" and (self.oidc_client_id or self.oidc_client_secret or self._people()):
            # Behind a proxy, everybody would be in as the one person of the studio.
            raise ValueError(
                "STUDIO_OIDC_CLIENT_ID, STUDIO_OIDC_CLIENT_SECRET, STUDIO_ADMINS, STUDIO_MEMBERS and "
                "STUDIO_VIEWERS need a way to sign in: set STUDIO_OIDC_URL or STUDIO_PROXY_SECRET."
            )
        if self.sign_in != "off" and not any("@" in one.strip("@") for one in self.admins):
            raise ValueError("Sign-in needs STUDIO_ADMINS: the e-mail address of at least one person.")
        return self

    def _people(self) -> tuple[str, ...]:
        return (*self.admins, *self.members, *self.viewers)

    @field_validator("gateway", "public_url", "oidc_url", "remote_url")
    @classmethod
    def _no_trailing_slash(cls, value: str | None, about: ValidationInfo) -> str | None:
        if value is None:
            return None
        if not value.startswith(("http://", "https://")):
            name = cls.model_fields[str(about.field_name)].alias
            raise ValueError(f"{name} must start with http:// or https://")
        return value.rstrip("/")

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], *_: Any, **sources: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = TomlConfigSettingsSource(settings_cls, toml_file=SECRETS)
        return sources["init_settings"], sources["env_settings"], toml

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with some of them changed, a provider's too."""
        others = _of_providers(update or {})
        own = {name: value for name, value in (update or {}).items() if name.lower() not in others}
        copied = super().model_copy(update=own, deep=deep)
        copied._given = self._given | others
        return copied

    def secret(self, name: str) -> SecretStr | None:
        """A provider's setting by its name, e.g. `segmind_api_key`, or None where there is none.

        It is read from the variable of that name in capitals, or from the secrets file.
        """
        name = name.lower()
        if name in self._given:
            return _bare(self._given[name])
        return _bare(SecretStr(os.environ.get(name.upper(), ""))) or _bare(self._filed.get(name))

    def text(self, name: str) -> str:
        """The same where it is no secret; empty where there is none."""
        found = self.secret(name)
        return found.get_secret_value() if found else ""

    def names(self, name: str) -> dict[str, str]:
        """The same where it says what something is to be called, e.g. `{"image": "image_url"}`.

        Raises:
            ValueError: it is something else; the text is a sentence.
        """
        return parse_names(name, self.text(name))


def below_the_studio(folder: Path) -> Path:
    """A folder as it is meant: a relative one lies in the studio's own, wherever the process was started from."""
    return folder.expanduser() if folder.is_absolute() else ROOT / folder


def parse_list(text: str) -> tuple[str, ...]:
    """What a setting lists with commas between, without blanks."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def parse_names(name: str, text: str) -> dict[str, str]:
    """What a setting says that something is to be called; nothing where it is empty.

    Raises:
        ValueError: it is no object of texts in JSON; the error's text is a sentence.
    """
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ValueError(f'{name.upper()} must be names in JSON, e.g. {{"image": "image_url"}}.')
    return found


def _of_providers(values: Mapping[str, Any]) -> dict[str, SecretStr]:
    """What is no field of the settings, by name in small letters; what is no text is kept as JSON."""
    own = {name for field, about in Settings.model_fields.items() for name in (field, str(about.alias))}
    return {name.lower(): _hidden(value) for name, value in values.items() if name not in own}


def _hidden(value: Any) -> SecretStr:
    if isinstance(value, SecretStr):
        return value
    return SecretStr(value if isinstance(value, str) else "" if value is None else json.dumps(value, default=str))


def _bare(value: SecretStr | None) -> SecretStr | None:
    """Without the blanks that pasting brings; None where nothing is left."""
    bare = value.get_secret_value().strip() if value else ""
    return SecretStr(bare) if bare else None
