"""What the playbook editor knows of a component: its name, its text and its identity for ever."""

from dataclasses import dataclass
from uuid import UUID, uuid5

MODULE_UUID = UUID("7a951812-28a2-445a-a257-f26deae34d44")


@dataclass(frozen=True, slots=True)
class Component:
    """One connector, trigger or action.

    Args:
        docker_parameters: the name it is registered and started under.
        name: what the editor shows.
        description: one sentence for the editor.
        file_stem: what its JSON file is called after the kind; `docker_parameters` when empty.
        subject: what it collects, in words for a log line.
        fixed_uuid: only for what existed before; new components get one from their name.
    """

    docker_parameters: str
    name: str
    description: str
    file_stem: str = ""
    fixed_uuid: str = ""
    subject: str = ""

    @property
    def uuid(self) -> str:
        """Return the uuid that installed configurations point at; it never changes."""
        return self.fixed_uuid or str(uuid5(MODULE_UUID, self.docker_parameters))

    @property
    def stem(self) -> str:
        """Return the name of its JSON file without kind and ending."""
        return self.file_stem or self.docker_parameters
