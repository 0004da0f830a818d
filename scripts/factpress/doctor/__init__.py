"""What is native: libraries and programs that no Python package brings, looked for before work starts.

`probe` searches the machine, `requirements` is the table of what is needed and says how to install what is missing.
A room of two: the table is read by the commands, the tests, the README's test and the servers.
"""
