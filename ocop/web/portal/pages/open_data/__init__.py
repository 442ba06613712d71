"""Open data: the sets, the files they come as, their schemas, the catalogue of them, and what changed when."""
