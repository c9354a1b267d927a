"""What brings the portal up: here on a developer's machine, elsewhere on an operator's."""
