"""Runs and tests the portal on a bare machine; only the standard library, as it comes first."""
