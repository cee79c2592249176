"""What a person can do: one module an area, each declaring its decisions in the registry."""

from app.decisions import absences, complaints, contacts, shifts

__all__ = ["absences", "complaints", "contacts", "shifts"]
