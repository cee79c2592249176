"""The local database: the log and outbox, the tables folded from it, the one fold, the write door."""
