"""The register's desk: products, producers, stars, claims and reports."""
