"""The pages' commands for the server."""
