"""The practice round: a fictional call with worked examples, made by the program itself."""
