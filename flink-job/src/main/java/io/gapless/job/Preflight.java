package io.gapless.job;

import io.gapless.archive.Archive;
import io.gapless.source.catalogue.Catalogue;
import io.gapless.source.catalogue.CatalogueException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;

/** Looks at what the job will need, where it is submitted, so that mistakes show at once. */
final class Preflight {
    private Preflight() {}

    /**
     * @throws CatalogueException if the catalogue cannot be used
     * @throws IOException if the archive cannot be used
     */
    static void check(RecorderConfiguration configuration) throws CatalogueException, IOException {
        Catalogue.read(configuration.catalogue());
        Configuration hadoop = new Configuration();
        configuration.hadoop().forEach(hadoop::set);
        Archive.openForWriting(configuration.archive(), hadoop).close();
    }
}
