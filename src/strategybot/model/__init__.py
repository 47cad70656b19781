"""The field's nouns as frozen values: no I/O, no wikitext."""
