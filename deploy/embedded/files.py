"""Small files that are either the old ones or the new ones, never half of both."""

import json
import os
import secrets
from pathlib import Path
from typing import Any


def write_whole(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Puts `content` at `path` in one step and on the disk before it returns; raises OSError and leaves nothing behind."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def write_json(path: Path, value: Any) -> None:
    """Stores `value` as JSON, in one step."""
    write_whole(path, json.dumps(value, indent=2).encode())


def read_json(path: Path) -> dict[str, Any]:
    """The stored object; empty when the file is missing or is not a JSON object."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
