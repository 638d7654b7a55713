"""What the environment says: where data lives, which database, which mode; safe by default."""

import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

MINIMUM_SECRET_BYTES = 32


class Settings(BaseSettings):
    """Configuration by environment variables (`KINERJA_*`, `DATABASE_URL`, `PREFECT_API_URL`)."""

    model_config = SettingsConfigDict(env_prefix="KINERJA_", frozen=True, extra="ignore")

    data: Path = Path("var")
    """Folder under which everything the program writes is kept."""
    environment: Literal["development", "production"] = "development"
    database_url: str = Field(default="", validation_alias=AliasChoices("DATABASE_URL", "KINERJA_DATABASE_URL"))
    prefect_api_url: str = Field(
        default="http://127.0.0.1:4200/api", validation_alias=AliasChoices("PREFECT_API_URL", "KINERJA_PREFECT_API_URL")
    )
    secret_key: str = ""
    secret_file: Path | None = None
    storage: str = ""
    """Where files are kept: `file:///folder` or `s3://bucket/prefix?endpoint=https://…`; empty: the data folder."""
    storage_key: str = ""
    """Access key of the bucket; empty: what the usual AWS_… variables say."""
    storage_secret: str = ""
    storage_secret_file: Path | None = None
    clamd: str = ""
    """`tcp://host:3310` or `unix:///run/clamav/clamd.ctl`: what people send is searched for malware there."""
    public_url: str = "http://127.0.0.1:8000"
    """Address under which people reach the web; printed in QR codes and mails."""
    agency: str = "Pemerintah Nanggalo"
    place: str = "Nanggalo"
    zone: str = "Asia/Jakarta"
    language: Literal["id", "en"] = "id"
    demo: bool = False
    """Marks papers and pages as a demonstration without legal force."""
    smtp_url: str = ""
    """`smtp://user:password@host:port`, `smtps://…`; empty: mails are written to a folder as .eml files."""
    mail_from: str = "kinerja@nanggalo.example"
    lease_seconds: int = Field(default=60, ge=2, le=3600)
    """A flow that has not been heard of for so long is taken for dead, and its work is begun anew."""
    only_runner: bool = True
    """Whether no other flow runner lives: then runs that the engine still calls running were left by a dead one."""
    tick_seconds: int = Field(default=60, ge=1, le=3600)
    """How often what is due is looked for."""
    chunk: int = Field(default=200, ge=1, le=5000)
    """How many people a flow works off in one transaction."""
    failpoints: Path | None = None
    """For tests only: a folder whose files make a flow die at the point they name, each once."""
    render_processes: int = Field(default=2, ge=1, le=16)
    trusted_proxies: int = Field(default=0, ge=0, le=5)
    """Proxies in front of the web whose X-Forwarded-* headers are believed."""

    @cached_property
    def folder(self) -> Path:
        """The data folder, made on first use, closed to other users of the machine."""
        self.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self.data.resolve()

    @property
    def database(self) -> str:
        """The SQLAlchemy address of the application's database; SQLite in the data folder unless configured."""
        url = self.database_url or f"sqlite:///{self.folder / 'kinerja.sqlite3'}"
        for plain in ("postgres://", "postgresql://"):
            if url.startswith(plain):
                return "postgresql+psycopg://" + url.removeprefix(plain)
        return url

    def subfolder(self, name: str) -> Path:
        """A folder below the data folder, made on first use."""
        path = self.folder / name
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        return path

    @property
    def bucket_secret(self) -> str:
        """The secret of the bucket's access key."""
        if self.storage_secret or self.storage_secret_file is None:
            return self.storage_secret
        return self.storage_secret_file.read_text().strip()

    @cached_property
    def secret(self) -> str:
        """The key that signs cookies and tokens.

        Production refuses to start without a configured key of at least 32 bytes; elsewhere one is made once and
        kept in the data folder, so that several processes agree on it.
        """
        given = self.secret_key or (self.secret_file.read_text().strip() if self.secret_file else "")
        if given:
            if len(given.encode()) < MINIMUM_SECRET_BYTES:
                raise ValueError("KINERJA_SECRET_KEY is too short: give at least 32 random bytes")
            return given
        if self.environment == "production":
            raise ValueError("KINERJA_SECRET_KEY or KINERJA_SECRET_FILE must be set in production")
        return _kept_secret(self.folder / "secret")


def _kept_secret(path: Path) -> str:
    """The secret in a file that only one of several starting processes creates."""
    fresh = path.with_suffix(f".{secrets.token_hex(4)}")
    fresh.write_text(secrets.token_urlsafe(48))
    fresh.chmod(0o600)
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text()
