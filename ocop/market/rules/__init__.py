"""Pure decisions of the market."""
