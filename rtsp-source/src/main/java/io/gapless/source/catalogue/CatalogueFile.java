package io.gapless.source.catalogue;

import io.gapless.source.yaml.YamlException;
import io.gapless.source.yaml.YamlFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * A catalogue file that people edit while it is in use. Changed content counts once two readings in
 * a row agree on it: an editor that writes in place shows half a file for a moment, and half a list
 * of cameras is a valid catalogue that would end the recording of the other half.
 *
 * <p>One thread at a time.
 */
public final class CatalogueFile {
    private final Path file;
    private byte[] accepted = null;
    private byte[] candidate = null;

    public CatalogueFile(Path file) {
        this.file = file;
    }

    /**
     * The catalogue if it is new: the first time, and whenever it has changed.
     *
     * @throws CatalogueException if the file cannot be read, or is new and not a valid catalogue;
     *     whatever was read before stays in force
     */
    public Optional<Catalogue> poll() throws CatalogueException {
        try {
            byte[] bytes = YamlFile.bytes(file, "the catalogue");
            if (Arrays.equals(bytes, accepted)) {
                candidate = null;
                return Optional.empty();
            }
            if (accepted != null && !Arrays.equals(bytes, candidate)) {
                candidate = bytes;
                return Optional.empty();
            }
            candidate = null;
            accepted = bytes;
            return Optional.of(Catalogue.parse(file, bytes));
        } catch (YamlException e) {
            throw new CatalogueException(e.getMessage());
        }
    }
}
