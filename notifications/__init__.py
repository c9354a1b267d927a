"""Short messages: rows written beside the change they tell of, and what carries them to a phone."""
