"""What can be wrong with the installed schemas; both are faults of the installation, never of a delivery.

SchemaFault
├── SchemasMissing      schemas that the catalogue names are not installed, or not as the catalogue says
└── SchemaInstallError  they could not be fetched, checked or put in place
"""


class SchemaFault(Exception):
    """A fault of the installation, with one text in Swedish (`sv`) and one in English (`en`)."""

    def __init__(self, *, sv: str, en: str) -> None:
        """Keep both texts; `str()` gives them with the Swedish first."""
        super().__init__(f"{sv}\n{en}")
        self.sv = sv
        self.en = en


class SchemasMissing(SchemaFault):
    """Schemas are not installed; the texts name them and the command that brings them."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Name the schema files that are missing or differ from the catalogue."""
        listed = ", ".join(names)
        super().__init__(
            sv=f"XML-scheman saknas eller är ändrade: {listed}. Kör `earkiv schemas install`.",
            en=f"XML schemas are missing or changed: {listed}. Run `earkiv schemas install`.",
        )
        self.names = names


class SchemaInstallError(SchemaFault):
    """The schemas could not be installed; the texts say why and what to do."""
