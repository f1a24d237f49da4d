"""The command line: results on stdout, logs on stderr; exit statuses in `outcome.py`."""
