"""One module for each dialog. A dialog asks; what it found is a Change for the document."""
