"""Repeatable measurements of earkiv against floors and peers (DESIGN §10): `python -m benchmarks`.

Both sides of a comparison run by turns, each in a fresh process, on the same bytes; what counts is the ratio.
"""
