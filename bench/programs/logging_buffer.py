"""The logging module, formatted into a buffer."""

import io
import logging


def run():
    stream = io.StringIO()
    logger = logging.Logger("bench", logging.INFO)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    logger.addHandler(handler)
    for n in range(8_000):
        logger.debug("not shown %d", n)
        logger.info("record %d of %s", n, "many")
        if n % 10 == 0:
            logger.warning("value %r is odd: %.2f", n, n / 3)
    return len(stream.getvalue())


if __name__ == "__main__":
    print(run())
