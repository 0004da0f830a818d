"""From an article in any file to an outline and a draft ledger (`factpress new`, `import`).

In the order in which an article passes: `reader` tells what a file is, `plain_text`, `markdown_text`, `web_page` and
`office` read it into a `document` (those of foreign formats in a `child` process), `sentences` cuts its blocks,
`units` gives ids and fingerprints, `disclosure` finds the article's own notice, `proposals` says what each unit may
claim, `chapters` sets the first text of the book, `new_project` makes all its files (from `project_files`).
"""
