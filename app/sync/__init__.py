"""From the phone and from the page: entries in, receipts out, nothing lost in between."""
