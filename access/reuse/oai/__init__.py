"""OAI-PMH 2.0: a request's arguments become a request or errors, a request an answer, an answer XML."""
