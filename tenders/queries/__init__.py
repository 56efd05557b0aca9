"""What pages and moves read, a module a noun."""
