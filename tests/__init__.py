"""The tests. A file a verb or a page; sentence names."""
