"""The stand-in for the providers: speaks their APIs, renders real clips. Knows no studio, no engine, no screen."""
