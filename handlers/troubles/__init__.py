"""系统状态: what is wrong with the service itself, told before members notice."""
