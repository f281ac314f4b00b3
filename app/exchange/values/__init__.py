"""What single cells say, however people write it."""
