"""The ground floor: the database handle, time, ids, sealing, words. Knows nothing of the trade."""
