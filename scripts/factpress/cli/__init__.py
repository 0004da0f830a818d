"""The command `factpress`: one module a command."""
