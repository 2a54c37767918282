"""The operator's view of webhooks, on the command line."""

from pathlib import Path

from tests.features.front_door import Door
from tests.features.webhook_flow import subscribed, telling


def test_an_operator_sees_every_webhook_and_can_remove_one(tmp_path: Path) -> None:
    door = Door(home=tmp_path / "home")
    with telling(tmp_path / "home", working=False) as client:
        made = subscribed(client, "https://mottagare.example/hooks")
        (listed,) = door.run("webhooks", "list", "--json").document
        assert (listed["id"], listed["producer"], listed["url"]) == (made["id"], None, made["url"])
        assert "whsec_" not in str(listed)
        assert made["id"] in door.run("webhooks", "list").out
        assert door.run("webhooks", "remove", made["id"]).code == 0
        assert client.http.get(f"/v1/webhooks/{made['id']}").status_code == 404
