"""The rows of a list: read, checked by the forms of intake, with their grids and doors."""
