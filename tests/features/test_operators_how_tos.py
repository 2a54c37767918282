"""What the how-tos tell an operator to type, typed."""

import os
from datetime import UTC, datetime
from pathlib import Path

from tests.features import documented
from tests.features.front_door import SAMPLES, Door


def test_the_keys_are_backed_up_put_back_changed_and_reported(tmp_path: Path) -> None:
    home, safe = tmp_path / "home", tmp_path / "safe"
    door = Door(home=home, settings={"EARKIV_WORKERS": "1"})
    assert door.run("ingest", SAMPLES / "klagomal-case-push").code == 0
    (first,) = door.run("signing-key", "list", "--json").document
    settings = {"EARKIV_HOME": str(home), "EARKIV_TOOLS": os.devnull, "SAFE": str(safe), "LANG": "C.UTF-8"}
    copied, put_back, changed, reported = documented.blocks("signing-keys")
    assert documented.run(copied, tmp_path, **settings) == f"good: {first['key']}\n"
    (home / "keys" / f"{first['key']}.pem").unlink()
    assert "ja" in documented.run(put_back, tmp_path, **settings)
    assert "utbytt" in documented.run(changed, tmp_path, **settings)
    leak = {"LEAKED": first["key"], "SINCE": datetime(2026, 1, 1, tzinfo=UTC).isoformat()}
    assert "TVEKSAMT" in documented.run(reported, tmp_path, **settings, **leak)
