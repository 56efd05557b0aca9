"""The competition's commands for the server."""
