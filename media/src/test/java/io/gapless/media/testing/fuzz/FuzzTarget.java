package io.gapless.media.testing.fuzz;

/**
 * Takes whatever bytes there are. It must come back soon, keep nothing, and throw only if it finds
 * a fault: what the code under test may throw, it catches, and what must hold, it checks.
 */
@FunctionalInterface
public interface FuzzTarget {
    void accept(byte[] input) throws Exception;
}
