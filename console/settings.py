"""What an operator can set: BATON_* variables first, then `baton.toml`, then the defaults here.

Every field carries its unit and a sentence; `docs/settings.md` is the same table for people.
Secrets have no default: they come from `secrets.toml` in the data folder (console/secrets_file.py).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal, override

from pydantic import BaseModel, ConfigDict, Field, field_validator
from pydantic.config import JsonDict
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from console.secrets_file import read_or_create_secrets

PROJECT = Path(__file__).resolve().parent.parent
DEFAULT_HOME = PROJECT / "var"


def documented(default: Any, unit: str, sentence: str, **rules: Any) -> Any:
    """A field that explains itself: `unit` as it stands in docs/settings.md."""
    extra: JsonDict = {"unit": unit}
    if callable(default):
        return Field(
            default_factory=default, description=sentence, json_schema_extra=extra, **rules
        )
    return Field(default=default, description=sentence, json_schema_extra=extra, **rules)


def secret(sentence: str) -> Any:
    """Required, never shown by `repr`; normally read from the secrets file."""
    return Field(description=sentence, repr=False, json_schema_extra={"unit": "secret"})


class Limits(BaseModel):
    """How much is too much (contracts, sections 7 and 8)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text_chars: int = documented(4_000, "characters", "Longest text of one message.", ge=1)
    event_bytes: int = documented(65_536, "bytes", "Largest socket event or JSON body.", ge=1_024)
    picture_bytes: int = documented(10_485_760, "bytes", "Largest uploaded picture.", ge=1_024)
    picture_pixels: int = documented(
        40_000_000, "pixels", "Largest picture after decoding; stops decompression bombs.", ge=1
    )
    visitor_messages: int = documented(
        20, "messages", "Messages of one visitor within the window below.", ge=1
    )
    visitor_commands: int = documented(
        200, "commands", "Everything one visitor's pages ask for within the window below.", ge=1
    )
    visitor_window_s: int = documented(10, "seconds", "Window of the limits of one visitor.", ge=1)
    agent_actions: int = documented(
        100,
        "actions",
        "What one agent writes and decides, on any page, within the window below.",
        ge=1,
    )
    agent_commands: int = documented(
        2_000, "commands", "Everything one agent's consoles ask for within the window below.", ge=1
    )
    agent_window_s: int = documented(10, "seconds", "Window of the limits of one agent.", ge=1)
    sign_in_tries: int = documented(
        5, "tries", "Sign-in tries per address and per account within the window below.", ge=1
    )
    sign_in_window_s: int = documented(300, "seconds", "Window of the limit above.", ge=1)
    guest_proof_tries: int = documented(
        5, "tries per hour", "Guest proofs per order and per visitor.", ge=1
    )
    guest_proof_tries_per_ip: int = documented(
        20, "tries per hour", "Guest proofs per client address.", ge=1
    )
    agent_conversations: int = documented(
        10, "conversations", "Open conversations of a new agent; each agent can be changed.", ge=1
    )
    sessions_per_minute: int = documented(
        60, "sessions per minute", "Widget sessions opened by one client address.", ge=1
    )
    uploads_per_hour: int = documented(
        60, "pictures per hour", "Pictures uploaded by one customer.", ge=1
    )
    reveals_per_hour: int = documented(
        60, "reveals per hour", "Masked data that one agent has shown in full.", ge=1
    )
    events_per_catch_up: int = documented(
        500, "events", "Most events in one answer to `catch_up` or `watch`.", ge=1
    )
    price_claim_fen: int = documented(
        20_000, "fen", "Highest price claim that the bot pays; above it goes to audit.", ge=0
    )
    price_claims_per_day_fen: int = documented(
        50_000, "fen", "Price claims that the bot pays per customer and Shanghai day.", ge=0
    )
    approve_fen: int = documented(
        500_000, "fen", "Most that one person gives by hand at once; above it a second.", ge=0
    )


class Timers(BaseModel):
    """How long is too long (contracts, section 5)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agent_silent_s: int = documented(
        100, "seconds", "An agent who leaves a customer waiting this long raises an alarm.", ge=1
    )
    unanswered_s: int = documented(
        60, "seconds", "An offer or assignment without an answer is offered again.", ge=1
    )
    customer_silent_s: int = documented(
        120, "seconds", "A customer who is silent this long with the bot is reminded once.", ge=1
    )
    close_after_s: int = documented(
        1_800, "seconds", "A conversation with an agent is closed after this much silence.", ge=1
    )
    close_warning_s: int = documented(
        120, "seconds", "The customer is warned this long before the close.", ge=1
    )
    promise_reminder_s: int = documented(
        900, "seconds", "Last reminder to a promise's owner before it is due.", ge=1
    )
    same_matter_s: int = documented(
        172_800, "seconds", "A new conversation on the same matter continues the case.", ge=1
    )
    agent_session_s: int = documented(
        43_200, "seconds", "An agent is signed out this long after signing in.", ge=60
    )
    visitor_token_s: int = documented(
        2_592_000, "seconds", "A visitor's token lasts this long after its last use.", ge=60
    )
    customer_token_s: int = documented(
        86_400, "seconds", "A signed-in customer's token lasts this long after the sign-in.", ge=60
    )
    upload_link_s: int = documented(
        3_600, "seconds", "A signed address of a picture works this long.", ge=60
    )
    engine_turn_s: int = documented(
        15, "seconds", "A bot turn that takes longer counts as failed.", ge=1
    )
    shop_call_s: int = documented(
        8, "seconds", "A call to the shop's order system that takes longer counts as failed.", ge=1
    )


def _sqlite_in(data: dict[str, Any]) -> str:
    return f"sqlite:///{data['home'] / 'baton.sqlite3'}"


def _loopback_engine(data: dict[str, Any]) -> str:
    return f"http://127.0.0.1:{data.get('engine_port')}"


class Settings(BaseSettings):
    """All settings, validated and frozen; put together once in `load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix="BATON_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="forbid",
        frozen=True,
    )

    home: Path = documented(
        DEFAULT_HOME, "folder", "Everything the desk keeps; relative to the project's folder."
    )
    host: str = documented("127.0.0.1", "address", "Address the desk listens on.")
    port: int = documented(8000, "port", "Port of widget, console and API.", ge=1, le=65_535)
    database_url: str = documented(
        _sqlite_in, "address", "`sqlite:///…` or `postgresql+psycopg://…`."
    )
    redis_url: str | None = documented(
        None, "address", "Valkey or Redis as the bus between several desks."
    )
    engine_port: int = documented(
        5005, "port", "Loopback port of the engine that the desk starts.", ge=1, le=65_535
    )
    engine_url: str = documented(
        _loopback_engine, "address", "An engine that runs elsewhere; then the desk starts none."
    )
    actions_port: int = documented(
        5055, "port", "Loopback port on which the engine calls the desk.", ge=1, le=65_535
    )
    actions_host: str = documented(
        "127.0.0.1", "address", "Address of the listener for the engine's calls."
    )
    widget_origins: Annotated[tuple[str, ...], NoDecode] = documented(
        (), "list", "Origins whose pages may show the widget, with comma between."
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = documented(
        (), "list", "Addresses or networks whose X-Forwarded-For is believed."
    )
    training_dir: Path = documented(
        PROJECT, "folder", "Folder of `config.yml`, `data/` and `domain/`."
    )
    lean_sockets: bool = documented(
        True, "yes/no", "Use the desk's own socket loop; `no` uses the library's."
    )
    demo: bool = documented(
        False, "yes/no", "Demo shop and demo sign-in, loopback only; `--demo` sets it."
    )
    log_level: Literal["debug", "info", "warning", "error"] = documented(
        "info", "word", "Least level that is logged: debug, info, warning or error."
    )
    limits: Limits = documented(Limits, "group", "See the table of limits.")
    timers: Timers = documented(Timers, "group", "See the table of timers.")

    session_key: str = secret("Signs the sessions of agents.")
    visitor_key: str = secret("Signs the tokens of visitors.")
    upload_key: str = secret("Signs the addresses of pictures.")
    engine_token: str = secret("Shared by desk and engine.")
    widget_keys: Annotated[dict[str, str], NoDecode] = secret(
        "Keys that sign a shop's customers in: `kid=secret`, with comma between; two may be live."
    )

    @field_validator("home", "training_dir")
    @classmethod
    def _from_project_folder(cls, value: Path) -> Path:
        return (PROJECT / value.expanduser()).resolve()

    @field_validator("widget_origins", "trusted_proxies", mode="before")
    @classmethod
    def _split_at_commas(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return tuple(part.strip() for part in value.split(",") if part.strip())

    @field_validator("widget_keys", mode="before")
    @classmethod
    def _split_pairs(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = (part.partition("=") for part in value.split(",") if part.strip())
        return {kid.strip(): key.strip() for kid, _, key in pairs}

    @property
    def starts_engine(self) -> bool:
        """False when an operator named an engine that runs elsewhere."""
        return "engine_url" not in self.model_fields_set

    @property
    def models_dir(self) -> Path:
        return self.home / "models"

    @property
    def uploads_dir(self) -> Path:
        return self.home / "uploads"

    @property
    def actions_url(self) -> str:
        return f"http://{self.actions_host}:{self.actions_port}/webhook"

    @property
    def sqlite_file(self) -> Path | None:
        """The database file, or None on PostgreSQL."""
        prefix = "sqlite:///"
        if not self.database_url.startswith(prefix):
            return None
        return Path(self.database_url.removeprefix(prefix))

    @override
    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        toml = TomlConfigSettingsSource(settings_cls, toml_file=config_file())
        return init_settings, env_settings, toml, _SecretsSource(settings_cls)


class _SecretsSource(PydanticBaseSettingsSource):
    """Comes last, so that it knows the data folder the others chose."""

    @override
    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False  # everything is given at once by __call__

    @override
    def __call__(self) -> dict[str, Any]:
        home = Path(self.current_state.get("home", DEFAULT_HOME)).expanduser()
        return read_or_create_secrets((PROJECT / home).resolve())


def config_file() -> Path:
    """`baton.toml` beside the project; BATON_CONFIG names another one."""
    return Path(os.environ.get("BATON_CONFIG", PROJECT / "baton.toml"))


def load_settings(**given: Any) -> Settings:
    """Settings from `given`, the environment, `baton.toml` and the secrets file, in this order.

    Creates the data folder and its secrets on the first call.
    Raises `pydantic.ValidationError` naming every wrong value.
    """
    return Settings(**given)
