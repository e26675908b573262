"""Posts that come by themselves: feeds that are asked, services that send, and their reading."""
