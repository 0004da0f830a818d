"""From pages of HTML to laid-out parts: renderer, page numbers, workers and the cache of parts."""
