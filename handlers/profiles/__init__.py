"""绑定, 我的资料, 信息员换人, 调岗: who somebody is to the bot, and how that changes."""
