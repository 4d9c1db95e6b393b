package io.gapless.archive.hold;

import java.nio.file.Path;

/** What a disk's thread is to do. */
sealed interface SpillWork {
    /** Room for the fragment is reserved. */
    record Write(HeldEvents camera, HeldFragment fragment, MemoryBytes bytes)
            implements SpillWork {}

    record Delete(Path file) implements SpillWork {}

    /** For what dead processes left. */
    record Look() implements SpillWork {}
}
