"""PDF, DOCX, ODT and XLSX as pages, text and blocks, read in a process of their own that may die without harm."""
