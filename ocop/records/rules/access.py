"""Who reads the record of who did what. Product decision: those who keep accounts and those who inspect, nobody else."""

# Values of people.enums.Role; this room stands below people and so knows them as text only.
ADMINISTRATOR = "administrator"
AUDIT_READERS = frozenset({ADMINISTRATOR, "inspector"})
