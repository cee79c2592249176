"""A believable working area in a team file of its own: for trying Tavle out, for tests, for measuring."""

from app.demo.writing import DEMO_NOW, DEMO_PERSON, DemoError, DemoReport, write_demo

__all__ = ["DEMO_NOW", "DEMO_PERSON", "DemoError", "DemoReport", "write_demo"]
