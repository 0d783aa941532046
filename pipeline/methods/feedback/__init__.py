"""What participants say, and what their silence may hide: response, weights, bounds, protected questions, open answers."""
