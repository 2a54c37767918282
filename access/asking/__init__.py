"""Asking for what is not on the web: what is written in a form, the book of requests, and the link that answers it."""
