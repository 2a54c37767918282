"""A message as a page: what a person read, and nothing that reaches outside."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from ingest.adapters.tools.mail_page import page_of, sanitised


def message(body: str, subtype: str = "plain") -> EmailMessage:
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = "Åsa <asa@exempel.se>", "EXN <exn@exempel.se>", "Hej <å>"
    made["Date"] = "Mon, 1 Jan 2024 10:00:00 +0100"
    made.set_content(body, subtype=subtype)
    return made


def test_head_and_text_stand_on_the_page() -> None:
    page = page_of(message("rad 1\n  indragen & <rak>\n").as_bytes())
    for text in (
        "Åsa &lt;asa@exempel.se&gt;",
        "Hej &lt;å&gt;",
        "Mon, 01 Jan 2024",
        "rad 1<br>",
        "indragen &amp; &lt;rak&gt;",
    ):
        assert text in page


def test_attachments_are_named() -> None:
    with_file = message("se bilaga")
    with_file.add_attachment(b"12345", maintype="application", subtype="pdf", filename="ritning <1>.pdf")
    assert "ritning &lt;1&gt;.pdf (application/pdf, 5 bytes)" in page_of(with_file.as_bytes())


def test_plain_text_comes_before_a_web_page_and_the_page_where_there_is_no_text() -> None:
    both = message("som text")
    both.add_alternative("<p>som sida</p>", subtype="html")
    assert "som text" in page_of(both.as_bytes())
    assert "som sida" not in page_of(both.as_bytes())
    assert "<p>som sida</p>" in page_of(message("<p>som sida</p>", "html").as_bytes())


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p onclick='x'>a</p>", "<p>a</p>"),
        ("<img src='http://x/y.png'>a", "a"),
        ("<a href='http://x'>länk</a>", "länk"),
        ("<script>x</script><style>y</style>a", "a"),
        ("<link rel=stylesheet href='http://x'><iframe src='file:///etc/passwd'></iframe>a", "a"),
        ("<table><tr><td style='background:url(http://x)'>a</td></tr></table>", "<table><tr><td>a</td></tr></table>"),
        ("a &lt;b&gt; &#x3c;script&#x3e;", "a &lt;b&gt; &lt;script&gt;"),
        ("<div>a</div>b", "a<br>b"),
        ("<p>a<svg><p>b</svg>c", "<p>ac"),
    ],
)
def test_nothing_of_a_page_reaches_outside(html: str, kept: str) -> None:
    assert sanitised(html) == kept


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: a\nContent-Type: text/plain; charset=nosuch\n\n\xe5",
        b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: multipart/mixed; boundary=x\n\n--x\n",
        b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n!!!",
        b"Date: never\nFrom: <<<\nContent-Type: image/png\n\nx",
    ],
)
def test_whatever_calls_itself_a_message_becomes_some_page(content: bytes) -> None:
    assert page_of(content).startswith("<html>")
