"""`earkiv serve` as a process of its own: started, stopped, and killed."""

import json
import re
import signal
import socket
from pathlib import Path

import pytest

from tests.features.api_client import case_push, document
from tests.features.archives import packages
from tests.features.front_door import Door
from tests.features.serving import free_port, serving
from tests.features.webhook_flow import told
from tests.patience import PATIENCE_SECONDS
from tests.servers.webhook_receiver import receiving

pytestmark = pytest.mark.timeout(900)  # most wait for several things, each with all patience
_MOST_DOCUMENTS = 60


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_takes_in_until_it_is_told_to_stop(tmp_path: Path, number: signal.Signals) -> None:
    with receiving() as receiver, serving(tmp_path / "home", EARKIV_WEBHOOK_NETWORKS="127.0.0.1/32") as server:
        secret = server.http.post("/v1/webhooks", json={"url": receiver.url}).json()["secret"]
        answer = server.http.post("/v1/deliveries", json=case_push("a-1", document(b"Hej!")))
        assert answer.status_code == 202
        server.wait_for(answer.headers["location"], "archived")
        heard = [told(got, secret)["type"] for got in receiver.wait_for(2)]
        assert heard == ["delivery.received", "delivery.accepted"]
        server.process.send_signal(number)
        out, err = server.process.communicate(timeout=PATIENCE_SECONDS)
    assert server.process.returncode == 0
    assert re.fullmatch(r"The archive's desk, [^\n]*/desk/enter/[0-9a-f]{64}\n", out)
    assert "/desk/enter/" not in err
    lines = [json.loads(line) for line in err.splitlines()]
    assert lines[0] | {"event": "taking in deliveries", "host": "127.0.0.1", "level": "info"} == lines[0]
    (stored,) = (line for line in lines if line.get("step") == "store_aip")
    assert answer.headers["location"].endswith(stored["delivery"])
    assert {"package", "owner", "outcome", "seconds"} <= stored.keys()
    assert not [line for line in lines if line["level"] != "info"]


def test_for_a_person_it_writes_plain_lines_with_the_addresses_of_all_three_doors(tmp_path: Path) -> None:
    public = free_port()
    with serving(tmp_path / "home", public_port=public, EARKIV_LOG="text") as server:
        own = server.http.base_url
        server.process.terminate()
        out, err = server.process.communicate(timeout=PATIENCE_SECONDS)
    assert err.startswith(f"Taking in deliveries at {own}/v1/deliveries")
    assert f"\nThe reading room for everybody: http://127.0.0.1:{public}/\n" in err
    assert out.startswith(f"The archive's desk, a link that is good once: {own}/desk/enter/")


def test_killed_at_any_moment_it_goes_on_at_the_next_start(tmp_path: Path) -> None:
    home = tmp_path / "home"
    documents = [document(f"bilaga {n}".encode(), f"{n}.txt") for n in range(_MOST_DOCUMENTS)]
    with serving(home, EARKIV_BATCH_SIZE="5") as server:
        location = server.http.post("/v1/deliveries", json=case_push("a-1", *documents)).headers["location"]
        server.process.kill()
        server.process.wait()
    with serving(home, EARKIV_BATCH_SIZE="5") as server:
        server.wait_for(location, "archived")
        assert server.http.post("/v1/deliveries", json=case_push("a-1", *documents)).status_code == 200
    assert len(packages(home)) == 1


def test_without_a_key_nobody_can_deliver_and_it_says_so(tmp_path: Path) -> None:
    with serving(tmp_path / "home", EARKIV_API_KEY="") as server:
        assert server.http.post("/v1/deliveries", json={}).status_code == 401
        server.process.terminate()
        _, err = server.process.communicate(timeout=PATIENCE_SECONDS)
    assert "EARKIV_API_KEY" in err


def test_a_port_that_is_taken_is_a_fault_of_the_machine(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = Door(home=tmp_path / "home").run("serve", "--port", str(taken.getsockname()[1]), "--lang", "en")
    assert answer.code == 2
    assert "port" in answer.err
