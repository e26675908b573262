"""来源: where posts come from by themselves; feeds, services that send, sheets."""
