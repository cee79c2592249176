"""Spreadsheets and quiz formats, in and out."""
