"""The workbench for lists that others send: people to be dealt with, as a file.

1. The file is read and its table found (tables, columns); every row becomes a line
(rows), is understood (understanding) and placed (doors). 2. The list and its rows are
kept as they came (receiving). 3. Batch by batch, each in a transaction of its own, the
rows are matched to people (people) and become work (working, deeds): a clean row at
once, a doubtful one waits for a person (settling). Nothing is stopped by a row, the
same file again changes nothing, and the whole can be taken back (undoing). Every row
is given back with what became of it (result_file).
"""
