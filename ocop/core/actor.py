"""Who acts, in which capacity: what every action is told and every audit entry keeps."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person under one mandate, the system itself, or a visitor. Values only, so that every room may hold one.

    `role` is a value of `people.enums.Role`, empty for a visitor and for a person who has no mandate today.
    `unit_key` is the administrative unit the mandate's office answers for (`places.Unit.key`), empty if none.
    `subject` is whom a mandate without an office speaks for, for instance `producer:htx-tai-hoan`.
    """

    user_id: int | None = None
    mandate_id: int | None = None
    role: str = ""
    office_key: str = ""
    unit_key: str = ""
    subject: str = ""
    system: str = ""  # the name of the machine that acts ("seed", "import", "sweep"), empty for people

    @property
    def is_signed_in(self) -> bool:
        return self.user_id is not None


VISITOR = Actor()


def system_actor(name: str) -> Actor:
    """The actor for what no person does: seeding, sweeps, imports."""
    return Actor(system=name)
