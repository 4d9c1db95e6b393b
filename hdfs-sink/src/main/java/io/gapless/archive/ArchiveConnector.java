package io.gapless.archive;

import java.io.IOException;

/** Opens the archive when it is first needed, and again later if that failed. */
@FunctionalInterface
public interface ArchiveConnector {
    /**
     * May take as long as {@link Archive#openForWriting} does.
     *
     * @throws IOException with one sentence for people if the archive cannot be used now
     */
    Archive connect() throws IOException;
}
