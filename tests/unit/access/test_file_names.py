"""Names are given out so that no header, folder or screen is misled by them."""

import pytest

from access.file_names import attachment, inline, safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Ansökan.pdf", "Ansökan.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Windows\\x.exe", "C__Windows_x.exe"),
        ('a"b;c.pdf', "a_b;c.pdf"),
        ("rad\r\nSet-Cookie: a=b", "rad Set-Cookie_ a=b"),
        ("bild\u202egnp.exe", "bildgnp.exe"),
        ("noll\u200bbredd.txt", "nollbredd.txt"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        ("console.txt", "console.txt"),
        ("  .dold. ", "dold"),
        ("...", "dokument"),
        ("", "dokument"),
        ("a\ud800b", "ab"),
        ("o\u0308ppen.txt", "öppen.txt"),
    ],
)
def test_a_name_is_made_safe_and_stays_readable(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("a" * 300 + ".pdf") == "a" * 116 + ".pdf"
    assert safe_name("a" * 300) == "a" * 120
    assert len(safe_name("a." + "b" * 300)) == 120


def test_a_header_tells_the_name_twice() -> None:
    """Plain letters for the oldest, the whole name for all others (RFC 6266, RFC 8187)."""
    told = attachment("Ansökan 1 (kopia).pdf")
    whole = "filename*=UTF-8''Ans%C3%B6kan%201%20%28kopia%29.pdf"
    assert told == f'attachment; filename="Ansokan 1 (kopia).pdf"; {whole}'
    assert inline("x.txt").startswith('inline; filename="x.txt"')


@pytest.mark.parametrize("name", ['"', "\r\nX: y", "日本語.pdf", "%22.pdf", "a\x00b"])
def test_no_name_ends_its_header(name: str) -> None:
    told = attachment(name)
    assert told.isascii()
    assert told.isprintable()
    assert told.count('"') == 2
