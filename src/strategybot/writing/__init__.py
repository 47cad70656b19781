"""From the model to page text: the Jinja environment, the types of safe text, languages and dates."""
