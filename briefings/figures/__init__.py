"""Figures: one module each, from a document to plain data for its template."""
