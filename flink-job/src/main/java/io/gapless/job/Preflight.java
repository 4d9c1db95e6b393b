package io.gapless.job;

import io.gapless.archive.Archive;
import io.gapless.archive.sink.ArchiveSinkSettings;
import io.gapless.source.catalogue.Catalogue;
import io.gapless.source.catalogue.CatalogueException;
import java.io.IOException;

/** Looks at what the job will need, where it is submitted, so that mistakes show at once. */
final class Preflight {
    private Preflight() {}

    /**
     * @throws CatalogueException if the catalogue cannot be used
     * @throws IOException if the archive cannot be used
     */
    static void check(RecorderConfiguration configuration) throws CatalogueException, IOException {
        Catalogue.read(configuration.catalogue());
        ArchiveSinkSettings archive = RecorderJob.archiveSettings(configuration);
        Archive.openForWriting(archive.root(), archive.hadoopConfiguration()).close();
    }
}
