"""Papers as Word documents: from the values of handlers/rules/papers.py to bytes, nothing else."""
