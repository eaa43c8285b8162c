"""Connects to the broker, without a second try; the exit code says whether it worked."""

from lab_app import app

with app.connection_for_write() as connection:
    # Not connection.connect(), which tries again for 20 s on Redis.
    connection.transport.establish_connection()
