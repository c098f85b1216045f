"""What an organisation owes in figures, and what it gives."""
