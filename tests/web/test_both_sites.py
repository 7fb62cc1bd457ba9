"""`make web` where something already answers at one of its ports."""

from __future__ import annotations

import os
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.parametrize("name", ["PORT", "STAFF_PORT"])
def test_a_taken_port_is_named_with_what_to_do(name):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ports = {"PORT": "1", "STAFF_PORT": "1", name: str(port)}
        done = subprocess.run(
            [ROOT / "tools/both_sites.sh"],
            env=os.environ | ports,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    assert done.returncode == 1
    assert f"port {port} " in done.stderr
    assert "make web PORT=8080" in done.stderr
    assert done.stdout == ""
