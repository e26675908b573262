"""Notices and assessment sheets: from figures to what stands on paper, page and picture."""
