"""Views of the records: the logs, deliveries that were given up, and stored files."""
