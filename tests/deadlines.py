"""How long a test waits for what it started, or for what may be frozen: far beyond the usual, but never for ever."""

# For threads and programs of a test.
PATIENCE = 120
# For psycopg2: a server that does not answer, a statement that waits for somebody's lock.
BOUNDED = {"connect_timeout": 60, "options": "-c statement_timeout=60s -c lock_timeout=60s"}
