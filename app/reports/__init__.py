"""What is seen: read-only queries for pages, checklists and counts. Nothing here writes."""
