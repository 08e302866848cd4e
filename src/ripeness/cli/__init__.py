"""The command line. One file per command in ``commands/``; nothing heavy is imported up here."""
