"""What the API answers, made of the rooms' queries: rows to JSON, one page of a list, the description and its page for people."""
