"""What `make run` and the tests start: embedded servers, the portal's processes, their folders.

It uses the standard library, psycopg2 and the servers' binaries, never Django: it has to work
before the portal can.
"""
