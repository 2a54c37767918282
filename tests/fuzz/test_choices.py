"""The choices that bytes make."""

from tests.fuzz.choices import ByteChoices


def test_every_choice_is_read_off_the_bytes() -> None:
    choices = ByteChoices(bytes([0b1010_0000, 0b0100_0000, 7]))
    assert choices.getrandbits(3) == 0b101
    assert choices.choice("abcd") == "c"
    assert not choices.is_used_up  # Three bits each, of a byte of their own.


def test_the_same_bytes_make_the_same_choices_and_others_make_others() -> None:
    made = [[choices.randint(0, 1000) for _ in range(4)] for choices in map(ByteChoices, (b"abcdefgh" * 4,) * 2)]
    assert made[0] == made[1]
    assert made[0] != [ByteChoices(b"hgfedcba" * 4).randint(0, 1000) for _ in range(4)]


def test_when_the_bytes_are_used_up_the_first_is_chosen() -> None:
    choices = ByteChoices(b"")
    assert (choices.choice("abc"), choices.randint(3, 9), choices.random()) == ("a", 3, 0.0)
    assert choices.is_used_up
