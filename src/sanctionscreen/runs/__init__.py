"""Records of runs: what a result rests on, the chain over its rows, verifying, repeating, comparing and going on."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOME = {
    "Manifest": "manifest",
    "Verification": "verifying",
    "compare": "difference",
    "read_manifest": "manifest",
    "replay": "replaying",
    "verify": "verifying",
}

__all__ = ["Manifest", "Verification", "compare", "read_manifest", "replay", "verify"]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"sanctionscreen.runs.{_HOME[name]}"), name)
    raise AttributeError(f"module 'sanctionscreen.runs' has no attribute {name!r}")
