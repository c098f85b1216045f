"""Backup and restore: what `kernen backup` saves, `kernen restore` brings back, whole or not.

`archive` knows the file, `sqlite` and `postgresql` the database, `backup` and `restore` the order
of the steps. Both try the archive in a throwaway database before they believe it."""
