"""Blocks are of the size asked for, whatever the chunks were, and nothing is lost between them."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from ingest.adapters.s3.blocks import Blocks


@given(st.lists(st.binary(max_size=40)), st.integers(1, 30))
def test_blocks_are_the_chunks_cut_anew(chunks: list[bytes], size: int) -> None:
    blocks = Blocks(chunks)
    taken = []
    while block := blocks.take(size):
        taken.append(block)
    whole = b"".join(chunks)
    assert taken == [whole[start : start + size] for start in range(0, len(whole), size)]
    assert (blocks.fixity.size, blocks.fixity.sha256) == (len(whole), hashlib.sha256(whole).hexdigest())
