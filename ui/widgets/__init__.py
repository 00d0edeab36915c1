"""The small parts that pages are made of; each shows a value and tells when a person changed it."""
