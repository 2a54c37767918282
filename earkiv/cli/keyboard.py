"""Who sits at the keyboard of an embedded archive, by the system's own account: no environment makes two of one."""

import os
import pwd

from ingest.domain.people import ALL_ROLES, Person


def keyboard_subject() -> str:
    """Give what tells the person at the keyboard from others: the system's number of whoever runs the program."""
    return f"keyboard {os.getuid()}"


def at_keyboard() -> Person:
    """Give the person at the keyboard, who has all roles (DESIGN §7)."""
    number = os.getuid()
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:
        name = f"uid {number}"
    return Person(name=name, subject=keyboard_subject(), roles=ALL_ROLES)
