"""Texts that a package may hold: all that XML can carry, awkward characters often."""

from hypothesis import strategies as st

# Not XML: surrogates, control characters but for these three, and two noncharacters.
_CONTROLS = "".join(map(chr, range(0x20))).translate({9: None, 10: None, 13: None})
_characters = st.characters(codec="utf-8", exclude_characters=_CONTROLS + "\ufffe\uffff")
_awkward = st.sampled_from(list("<>&\"'\t\n\r ]%#?åäöé\u0085\u2028\u00ad\U0001f5c4"))

xml_texts = st.text(st.one_of(_awkward, _characters), max_size=40)
