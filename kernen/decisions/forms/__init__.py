"""What people fill in when they propose, answer and decide."""
