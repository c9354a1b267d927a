"""What the portal costs, beside what it cannot cost less than and what an afternoon's work would cost."""
