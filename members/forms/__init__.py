"""Forms of members, one module a subject."""
