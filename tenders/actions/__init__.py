"""What people and the clock do here: each function is a verb with the acting person and the moment."""
