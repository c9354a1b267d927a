"""The member's pages about claims: a view fetches, builds a form, makes one call, and answers."""
