"""The README's pictures are those that the browser test made: each shown, small, and unchanged since."""

from PIL import Image

from tests.architecture.source_tree import REPOSITORY
from tests.browser.pictured import HEIGHT, IMAGES, MOST_BYTES, WIDTH, digest, kept

_FEWEST_COLOURS = 16
"""An empty page, or one without its style, has fewer."""


def test_every_picture_is_kept_with_what_it_shows_and_the_readme_shows_it() -> None:
    readme = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert {path.name for path in IMAGES.glob("*.png")} == set(kept())
    assert not [name for name in kept() if f"](docs/images/{name})" not in readme]


def test_no_picture_was_changed_by_hand_or_is_too_large_to_load() -> None:
    for one in kept().values():
        assert digest(one.path) == one.sha256, f"{one.name}: make it anew with `make pictures`"
        assert one.path.stat().st_size < MOST_BYTES
        with Image.open(one.path) as picture:
            assert picture.size == (WIDTH, HEIGHT)
            assert len(picture.convert("RGB").getcolors(WIDTH * HEIGHT) or ()) >= _FEWEST_COLOURS
