"""人员: who may talk to the bot, as what."""
