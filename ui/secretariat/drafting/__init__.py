"""The call editor: one room for each part of a call, over a draft that saves itself."""
