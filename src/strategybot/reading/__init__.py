"""From page text to the model."""
