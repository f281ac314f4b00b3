"""A community's own roll, one kind of the lists on the workbench (app/exchange/lists).

Unlike a list that others sent it says itself which buildings there are and who lives
where. All its lines are read together: each is checked by the form of `app.intake`,
finds its grid and door with the help of the others, and is compared with them
(reading, twins). Batch by batch a line then says what is new about somebody (changes)
and is written (writing); what was before stays with the row (restoring). An empty cell
never erases, and nobody is taken off the roll because a list leaves her out.
"""
