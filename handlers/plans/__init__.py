"""年度计划: the year's plan of topics, whose nodes remind units and call upon them for drafts."""
