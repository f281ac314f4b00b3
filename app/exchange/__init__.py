"""From and to files: rolls and area lists in, ledgers and reports out."""
