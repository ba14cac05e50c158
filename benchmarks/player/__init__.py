"""What `scripts/bench player_load` is made of: students by locust, idle streams, and the plain endpoint beside ours."""
