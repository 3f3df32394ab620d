"""The settings of a run: data/settings.toml, and what the command line or a notebook says instead."""

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from analysis.read.lexicons import PROJECT

LANGUAGES = ("en", "zh-Hant", "zh-Hans")
PRESETS = ("column", "page", "report", "slide")


@dataclass(frozen=True)
class Settings:
    """What a run was asked for; every notebook and chart footer quotes it."""

    speeches: tuple[Path, ...] = (PROJECT / "data" / "speeches",)  # files and folders to read
    language: str = "en"
    preset: str = "report"
    lexicons: Path | None = None
    stopwords: Path | None = None
    general: Path | None = None
    hide_names: bool = False
    equivalents: bool = False
    minimum_count: int = 3
    resamples: int = 2000
    seed: int = 20160118

    def __post_init__(self) -> None:
        for name, value, allowed in (("language", self.language, LANGUAGES), ("preset", self.preset, PRESETS)):
            if value not in allowed:
                raise ValueError(f"setting {name} is {value!r}; it must be one of {', '.join(allowed)}")
        if self.minimum_count < 1 or self.resamples < 1:
            raise ValueError("settings minimum_count and resamples must be 1 or more")


def load(path: Path = PROJECT / "data" / "settings.toml") -> Settings:
    """Settings of one file; paths in it are relative to the project. Unknown names are an error, so that a slip shows."""
    told = tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.exists() else {}
    unknown = sorted(set(told) - {f.name for f in fields(Settings)})
    if unknown:
        raise ValueError(f"{path}: unknown setting {', '.join(unknown)}; known are {', '.join(f.name for f in fields(Settings))}")
    paths: dict[str, Any] = {
        name: (PROJECT / told[name] if told[name] else None) for name in ("lexicons", "stopwords", "general") if name in told
    }
    if "speeches" in told:
        paths["speeches"] = (PROJECT / told["speeches"],)
    return replace(Settings(), **{**told, **paths})
