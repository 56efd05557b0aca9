"""What people type, cleaned and laid out; forms never save."""
