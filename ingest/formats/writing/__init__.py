"""Writers: frozen values in, the same bytes out every time, streamed to a sink.

No writer asks the clock or makes up an id: what it says stands in its arguments or is derived from them. A
text with a character that XML cannot carry (control characters, lone surrogates, U+FFFE, U+FFFF) raises
ValueError; refusing such a text with a finding is the readers' work, so here it is a fault of the program.
"""
