"""The assessor's and the secretariat's desk for ESF+ applications in Övre Norrland: the program without a screen."""

__version__ = "0.1.0"
