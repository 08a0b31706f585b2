"""From a query to what fits it: candidates from the indexes, their traits, and a learnt ranking."""
