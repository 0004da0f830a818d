"""From one book to its published editions: what changed, one Sphinx run an edition, and the exchange in build/.

In the order in which data passes: `inputs` (digests of what goes in), `working_files` (what the last build left),
`editions` (all of them, side by side), `sphinx_run` (one builder), `progress` (on a terminal), `page_marks` (pages of
the booklet in the other editions), `downloads` (the site with the other editions in it), `publish` (into build/),
`places` (one place in all that stands there).
"""
