"""One guarded request: the guard, the transport, the fetcher, its replies and the redirects that follow."""
