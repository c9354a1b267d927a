// Comfort for the staff; every page works by plain posts without it.
