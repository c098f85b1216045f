"""How organisations answer a proposal: who is asked, by e-mail too, and what their answers show."""
