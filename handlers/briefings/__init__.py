"""舆情日报: drafted at 16:30, sent at 17:30 after the liaison's word; nothing is reported too."""
