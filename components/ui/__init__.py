"""What is SHOWN. Asks the studio, decides nothing, and is the only place that knows Streamlit."""
