"""绑定, 资料: what people say about themselves. Understood so far, not done yet."""
