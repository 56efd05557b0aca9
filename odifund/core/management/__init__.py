"""The portal's commands for the server."""
