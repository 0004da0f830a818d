"""Reports of problems and of checked links, in the forms that people and servers read.

report       the results of one command
text         for a terminal, and as JSON
github       annotations and the summary of a step
junit        test cases
sarif        code scanning
"""
