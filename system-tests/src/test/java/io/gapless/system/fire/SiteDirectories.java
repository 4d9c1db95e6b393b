package io.gapless.system.fire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a site keeps what. */
record SiteDirectories(Path root) {
    Path of(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    Path ring() {
        return root.resolve("ring");
    }

    /** Where scenarios let recorders spill ({@code spill.directory: spill}). */
    Path spill() {
        return root.resolve("spill");
    }

    Path file(String name) {
        return root.resolve(name);
    }
}
