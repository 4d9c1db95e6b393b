package io.gapless.media.testing.fuzz;

import java.util.List;
import java.util.Map;

/** The fuzz targets of a module; has a public constructor without parameters. */
public interface FuzzTargets {
    /** By name, in a fixed order. */
    Map<String, FuzzTarget> targets();

    /** Inputs that are made by code, besides those of the {@link Corpus}. */
    default List<byte[]> seeds(String target) {
        return List.of();
    }
}
