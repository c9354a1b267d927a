"""Tests by behaviour; tests/cast.py holds the people they tell about."""
