"""The circuit breaker by a clock that the test turns."""

from tutor.breaker import Breaker


def test_it_opens_after_failures_in_a_row_and_tries_again_after_the_pause() -> None:
    now = [0.0]
    breaker = Breaker(2, 30, lambda: now[0])
    breaker.failed()
    breaker.succeeded()
    breaker.failed()
    assert breaker.admits(), "two failures, but not in a row"
    breaker.failed()
    assert not breaker.admits()
    now[0] = 31
    assert [breaker.admits(), breaker.admits()] == [True, False], "one attempt alone"
    breaker.failed()
    assert not breaker.admits()
    now[0] = 62
    assert breaker.admits()
    breaker.succeeded()
    assert [breaker.admits(), breaker.admits()] == [True, True]
