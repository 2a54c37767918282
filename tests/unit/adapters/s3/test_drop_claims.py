"""Which objects a drop is made of is decided from their names, and its claim says it as it was listed."""

import pytest

from ingest.adapters.drop_names import marked_among, notes_of, receipt_of, shares_note, unmarked_among
from ingest.adapters.s3.drop_claims import DropClaim, Seen, drop_of, read_claim, snapshots_of


def seen(*keys: str, size: int = 1) -> tuple[Seen, ...]:
    return tuple(Seen(key=key, size=size, etag=f'"{key}"', at="2026-11-30T00:00:00+00:00") for key in keys)


def keys(objects: tuple[Seen, ...]) -> list[str]:
    return [one.key for one in objects]


def claim_of(name: str, *objects: Seen) -> DropClaim:
    return DropClaim(name=name, place="one", objects=drop_of(name, objects))


@pytest.mark.parametrize(
    ("name", "listed", "found"),
    [
        ("a.zip", ("a.zip", "a.zip.ready", "a.json", "a.JSON", "a.zipp", "b.zip"), ["a.zip", "a.json", "a.zip.ready"]),
        ("m", ("m/b", "m/a", "m.ready", "m2/a", "m"), ["m", "m.ready"]),
        ("m", ("m/b", "m/a/c", "m.ready", "m2/a"), ["m/a/c", "m/b", "m.ready"]),
        ("m", ("m.ready", "m.json", "m2/a"), []),
    ],
)
def test_a_drop_is_its_package_with_its_note_and_its_marker(
    name: str, listed: tuple[str, ...], found: list[str]
) -> None:
    assert keys(drop_of(name, seen(*listed))) == found


def test_a_claim_tells_the_package_apart_and_what_goes_first() -> None:
    folder = claim_of("m", *seen("m/a", "m.ready", "m.json"), *seen("m/", "m/b/", size=0))
    assert (folder.is_folder, keys(folder.package), folder.note) == (True, ["m/a"], *seen("m.json"))
    assert keys(folder.leaving) == ["m.ready", "m.json", "m/", "m/a", "m/b/"]
    container = claim_of("a.zip", *seen("a.zip", "a.zip/x"))
    assert (container.is_folder, keys(container.package), container.note) == (False, ["a.zip"], None)


def test_a_claim_is_read_as_it_was_written_and_what_is_none_is_told() -> None:
    claim = claim_of("å\n.zip", *seen("å\n.zip", "å\n.zip.ready"))
    assert read_claim(claim.written()) == claim
    for content in (b"", b"[]", b"{}", b'{"name": "a", "place": "b", "objects": [["a"]]}', b"\xff"):
        with pytest.raises(ValueError):  # noqa: PT011 - that it is refused is all that is promised
            read_claim(content)


def test_names_that_get_too_long_in_another_folder_are_named() -> None:
    claim = claim_of("m", *seen("m/a", "m/å"))
    assert claim.beyond("done/", 8) == ("m/å",)
    assert claim.beyond("done/", 9) == ()


def test_a_drop_looks_different_when_any_of_its_objects_does() -> None:
    before = snapshots_of(("m", "a"), seen("m/a", "m/b", "a", "a2"))
    assert before == {"m": before["m"], "a": before["a"]}
    assert snapshots_of(("m",), seen("m/a"))["m"] != before["m"]
    assert snapshots_of(("m",), seen("m/a", "m/b", size=2))["m"] != before["m"]


@pytest.mark.parametrize("other", ["a.tar", "a", "a.TGZ"])
def test_a_note_is_shared_with_every_other_drop_that_has_it(other: str) -> None:
    assert shares_note("a.json", "a.zip", ["a.zip", other])
    apart = ["a.zip", "a.zip.ready", "a.json", "a.tar.part", "a.x", "ab.zip", ".a"]
    assert not shares_note("a.json", "a.zip", apart)


def test_markers_notes_and_receipts_go_by_the_drops_name() -> None:
    names = ("b.ready", "a.zip.ready", "a.zip", "c", "c.tmp", "c.json", "d.PART.part")
    assert (marked_among(names), unmarked_among(names)) == (("a.zip", "b"), ("c",))
    assert (notes_of("a.tar.gz"), notes_of("m.x"), notes_of("a.json")) == (
        ("a.json", "a.JSON"),
        ("m.x.json", "m.x.JSON"),
        ("a.json.json", "a.json.JSON"),
    )
    assert [receipt_of(name) for name in ("a.zip", "Receipt.tar.gz", "receipt", "receipts.zip")] == [
        "receipt.json",
        "earkiv-receipt.json",
        "earkiv-receipt.json",
        "receipt.json",
    ]
