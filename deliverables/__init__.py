"""What a contract owes and what came of it: workshop, blog, report, patterns, payments, the library."""
