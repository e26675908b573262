"""What every capability is built from."""
