"""What is true: the tables, each with its verbs.

Common ground (places, people, records, cases, tasks, events, …) serves every
subject; subjects (care, codes, returnees, incidents, days) never import each
other. A verb writes the record, the changed case and tasks, and an event in
the caller's transaction; it never commits. Every write names `by=` and `at=`.
"""
