"""Functions that reach a stage of the story, only through actions."""
