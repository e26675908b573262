"""What the service can do: one module or package per capability."""
