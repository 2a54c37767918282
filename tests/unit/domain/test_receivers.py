"""Where webhooks may go: a table of URLs, and one of addresses."""

from ipaddress import ip_address, ip_network

import pytest

from ingest.domain.receivers import Receiver, ReceiverFault, Receivers, is_public, read_receiver

F = ReceiverFault
PUBLIC = Receivers()
INSIDE = Receivers(networks=(ip_network("127.0.0.0/8"), ip_network("10.20.0.0/16")))
HTTPS = Receiver(scheme="https", host="mottagare.example", port=443, target="/")


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("https://mottagare.example/hooks", None),
        ("https://mottagare.example:8443/hooks?till=earkiv", None),
        ("https://8.8.8.8/", None),
        ("https://[2606:4700::1111]/", None),
        ("http://mottagare.example/", F.NOT_HTTPS),
        ("http://127.0.0.1:8000/", F.NOT_HTTPS),
        ("ftp://mottagare.example/", F.NOT_HTTPS),
        ("file:///etc/passwd", F.NOT_HTTPS),
        ("", F.NOT_A_URL),
        ("mottagare.example", F.NOT_HTTPS),
        ("https://user:secret@mottagare.example/", F.CREDENTIALS),
        ("https://mottagare.example@127.0.0.1/", F.CREDENTIALS),
        ("https://mottagare.example:22/", F.PORT),
        ("https://mottagare.example:99999/", F.NOT_A_URL),
        ("https://mottagare.example:/", F.NOT_A_URL),
        ("https://mottagare.example./", F.NOT_A_URL),
        ("https://mottagare.example\\@127.0.0.1/", F.NOT_A_URL),
        ("https://mottagare.example/ x", F.NOT_A_URL),
        ("https://mottagare.example/\r\nX: y", F.NOT_A_URL),
        ("https://mottagare.example/#del", F.NOT_A_URL),
        ("https://räksmörgås.example/", F.NOT_A_URL),
        ("https:///hooks", F.NOT_A_URL),
        ("https://[::1/", F.NOT_A_URL),
        ("https://-x.example/", F.NOT_A_URL),
        ("https://2130706433/", F.NOT_A_URL),
        ("https://127.1/", F.NOT_A_URL),
        ("https://0x7f.0.0.0x1/", F.NOT_A_URL),
        ("https://017700000001/", F.NOT_A_URL),
        ("https://0x7f000001.example/", None),
        ("https://1.mottagare.x0/", None),
        ("https://mottagare.example/" + "a" * 2000, F.NOT_A_URL),
        ("https://127.0.0.1/", F.ADDRESS),
        ("https://[::1]/", F.ADDRESS),
        ("https://[::ffff:8.8.8.8]/", F.ADDRESS),
        ("https://169.254.169.254/latest/meta-data/", F.ADDRESS),
        ("https://10.0.0.1/", F.ADDRESS),
    ],
)
def test_a_url_is_read_strictly(url: str, fault: ReceiverFault | None) -> None:
    assert PUBLIC.fault_of(url, None) is fault


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("0.0.0.0", False),  # noqa: S104 - an address to be refused
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("100.100.100.200", False),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("168.63.129.16", False),
        ("169.254.169.254", False),
        ("172.16.0.1", False),
        ("192.0.0.192", False),
        ("192.0.2.1", False),
        ("192.88.99.1", False),
        ("192.168.1.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
        ("100::1", False),
        ("2001::1", False),
        ("2001:db8::1", False),
        ("2002:7f00:1::", False),
        ("3fff::1", False),
        ("fc00::1", False),
        ("fd00:ec2::254", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fec0::1", False),
        ("ff02::1", False),
    ],
)
def test_an_address_is_public_or_refused(address: str, public: bool) -> None:  # noqa: FBT001 - a table's column
    assert is_public(ip_address(address)) is public
    assert PUBLIC.permits(ip_address(address), HTTPS) is public


def test_networks_that_the_operator_names_are_reached_too_and_nothing_beside_them() -> None:
    for address, port, expected in (
        ("10.20.3.4", 8080, True),
        ("127.0.0.1", 8080, True),
        ("10.21.0.1", 443, False),
        ("169.254.169.254", 443, False),
        ("8.8.8.8", 443, True),
        ("8.8.8.8", 8080, False),
    ):
        receiver = Receiver(scheme="https", host="x.example", port=port, target="/")
        assert INSIDE.permits(ip_address(address), receiver) is expected, address
    everything = Receivers(networks=(ip_network("0.0.0.0/0"), ip_network("::/0")))
    assert everything.permits(ip_address("192.168.1.1"), HTTPS)
    for address in (
        "0.0.0.0",  # noqa: S104 - an address to be refused
        "100.100.100.200",
        "168.63.129.16",
        "169.254.169.254",
        "192.0.0.192",
        "224.0.0.1",
        "::ffff:169.254.169.254",
        "2002:a9fe:a9fe::",
        "2001:0:1::1",
        "fd00:ec2::254",
        "fe80::1",
        "ff02::1",
    ):
        assert not everything.permits(ip_address(address), HTTPS), address


def test_without_tls_only_this_machine_and_only_where_it_is_named() -> None:
    for url in ("http://127.0.0.1:8000/", "http://localhost:8000/", "http://[::1]:8000/"):
        assert PUBLIC.fault_of(url, None) is F.NOT_HTTPS
    assert INSIDE.fault_of("http://127.0.0.1:8000/", None) is None
    assert INSIDE.fault_of("http://localhost:8000/", None) is None
    assert INSIDE.fault_of("http://[::1]:8000/", None) is F.ADDRESS
    assert INSIDE.fault_of("http://10.20.0.1/", None) is F.NOT_HTTPS
    plain = Receiver(scheme="http", host="localhost", port=8000, target="/")
    assert INSIDE.permits(ip_address("127.0.0.1"), plain)
    assert not INSIDE.permits(ip_address("10.20.0.1"), plain)
    assert not INSIDE.permits(ip_address("8.8.8.8"), plain)


def test_a_producer_that_has_a_list_is_told_at_its_hosts_alone() -> None:
    listed = Receivers(hosts={"Exempelstaden": ("hooks.example", "*.exempel.example"), "*": ("annars.example",)})
    for producer, host, fault in (
        ("Exempelstaden", "hooks.example", None),
        ("Exempelstaden", "a.exempel.example", None),
        ("Exempelstaden", "exempel.example", F.HOST),
        ("Exempelstaden", "xexempel.example", F.HOST),
        ("Exempelstaden", "annars.example", F.HOST),
        ("Annan", "annars.example", None),
        (None, "annars.example", None),
        ("Annan", "hooks.example", F.HOST),
    ):
        assert listed.fault_of(f"https://{host}/", producer) is fault, (producer, host)
    assert str(listed) == "networks= hosts=Exempelstaden=hooks.example,*.exempel.example;*=annars.example"
    assert Receivers(hosts={"Annan": ("x.example",)}).fault_of("https://y.example/", "Exempelstaden") is None


def test_a_receiver_says_its_host_as_http_does() -> None:
    for url, host in (
        ("https://A.example/x?y", "a.example"),
        ("https://a.example:8443", "a.example:8443"),
        ("https://[2606:4700::1111]:8443/", "[2606:4700::1111]:8443"),
    ):
        receiver = read_receiver(url)
        assert isinstance(receiver, Receiver)
        assert receiver.authority == host
    assert isinstance(read_receiver("https://a.example/x?y"), Receiver)
