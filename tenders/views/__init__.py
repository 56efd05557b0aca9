"""How people reach it: a module a noun, each view short."""
