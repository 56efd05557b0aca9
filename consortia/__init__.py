"""The parties: organisations, who speaks for them, and the consortia they form. It knows no tender."""
