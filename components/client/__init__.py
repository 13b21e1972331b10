"""What programs and the server's `/api/v1` say to each other (shapes), and the client that speaks it."""
