"""What every app stands on: people, roles, audit, mail, clock, money, files. It knows no tender."""
