"""How the archive is served: the command, the processes that answer, and what goes over the wire."""
