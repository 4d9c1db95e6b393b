package io.gapless.job;

import io.gapless.archive.Archive;
import io.gapless.archive.sink.ArchiveSinkSettings;
import io.gapless.backfill.RingEndpoint;
import io.gapless.source.catalogue.Catalogue;
import io.gapless.source.catalogue.CatalogueException;
import java.io.IOException;

/** Looks at what the job will need, where it is submitted, so that mistakes show at once. */
final class Preflight {
    private Preflight() {}

    /**
     * @throws CatalogueException if the catalogue cannot be used
     * @throws IOException if the archive cannot be used
     * @throws IllegalArgumentException if something is missing that {@code role} needs
     */
    static void check(RecorderConfiguration configuration, Role role)
            throws CatalogueException, IOException {
        configuration.requireFor(role);
        Catalogue.read(configuration.catalogue());
        if (role.archives()) {
            archive(RecorderJob.archiveSettings(configuration));
            for (RingEndpoint ring : configuration.rings()) {
                ring.address(System.getenv());
            }
        }
        if (role.keepsRing()) {
            RecorderJob.service(configuration.ring().orElseThrow())
                    .secret()
                    .secret(System.getenv());
        }
    }

    private static void archive(ArchiveSinkSettings archive) throws IOException {
        Archive.openForWriting(archive.root(), archive.hadoopConfiguration()).close();
    }
}
