package io.gapless.source.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogueFileTest {
    @TempDir Path directory;
    private Path path;
    private CatalogueFile file;

    @BeforeEach
    void catalogue() throws IOException {
        path = directory.resolve("cameras.yaml");
        file = new CatalogueFile(path);
        write("gate", "yard");
    }

    @Test
    void answersOnceUntilItChanges() throws Exception {
        assertThat(poll()).containsExactly("gate", "yard");
        assertThat(file.poll()).isEmpty();
        write("gate");
        assertThat(file.poll()).isEmpty();
        assertThat(poll()).containsExactly("gate");
        assertThat(file.poll()).isEmpty();
    }

    @Test
    void aFileThatIsBeingWrittenRemovesNoCamera() throws Exception {
        assertThat(poll()).containsExactly("gate", "yard");
        write("gate");
        assertThat(file.poll()).isEmpty();
        write("gate", "yard", "roof");
        assertThat(file.poll()).isEmpty();
        assertThat(poll()).containsExactly("gate", "yard", "roof");
    }

    @Test
    void aBrokenFileIsComplainedAboutOnce() throws Exception {
        assertThat(poll()).hasSize(2);
        Files.writeString(path, "cameras: [");
        assertThat(file.poll()).isEmpty();
        assertThatThrownBy(file::poll).isInstanceOf(CatalogueException.class);
        assertThat(file.poll()).isEmpty();
    }

    private List<String> poll() throws CatalogueException {
        return file.poll().orElseThrow().cameras().stream().map(c -> c.id().value()).toList();
    }

    private void write(String... ids) throws IOException {
        StringBuilder text = new StringBuilder("cameras:\n");
        for (String id : ids) {
            text.append("  - {id: ").append(id).append(", url: 'rtsp://192.0.2.1/'}\n");
        }
        Files.writeString(path, text);
    }
}
