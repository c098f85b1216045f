"""The pages of deciding, by who uses them."""
