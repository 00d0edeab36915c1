"""The databases on the person's computer: tables, journal, documents and search index."""
