"""约稿: calls for drafts: ordered, claimed, reminded of, answered."""
