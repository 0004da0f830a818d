"""Whose turn it is: time, queues of hosts, the scheduler and its workers."""
