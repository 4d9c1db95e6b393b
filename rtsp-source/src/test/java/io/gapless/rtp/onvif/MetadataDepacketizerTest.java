package io.gapless.rtp.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetadataDepacketizerTest {
    private final List<String> documents = new ArrayList<>();
    private final MetadataDepacketizer depacketizer =
            new MetadataDepacketizer(
                    (document, time) ->
                            documents.add(time + " " + StandardCharsets.UTF_8.decode(document)));

    private void packet(String text, int time, boolean marker) {
        depacketizer.packet(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), time, marker);
    }

    @Test
    void theMarkerEndsADocument() {
        packet("<a/>", 1, true);
        packet("<b>", 2, false);
        packet("é", 2, false);
        packet("</b>", 2, true);
        assertThat(documents).containsExactly("1 <a/>", "2 <b>é</b>");
    }

    @Test
    void soDoesAnotherTime() {
        packet("<a>", 1, false);
        packet("</a>", 1, false);
        packet("<b/>", 2, false);
        packet("<c/>", 3, true);
        assertThat(documents).containsExactly("1 <a></a>", "2 <b/>", "3 <c/>");
    }

    /** What was lost may have been the end of one document and the beginning of the next. */
    @Test
    void afterALossNothingIsPutTogetherThatMayNotBelongTogether() {
        packet("<a>", 1, false);
        depacketizer.packetsLost();
        packet("</a>", 1, true);
        packet("<b/>", 2, true);
        depacketizer.packetsLost();
        packet("</c>", 3, true);
        packet("<d/>", 4, true);
        assertThat(documents).containsExactly("2 <b/>", "4 <d/>");
    }

    @Test
    void aDocumentWithoutEndIsLeftOut() {
        String piece = "x".repeat(1400);
        for (int i = 0; i <= MetadataDepacketizer.LONGEST_BYTES / 1400; i++) {
            packet(piece, 1, false);
        }
        packet("</a>", 1, true);
        packet("<b/>", 2, true);
        assertThat(documents).containsExactly("2 <b/>");
    }

    @Test
    void theLongestIsKeptWhole() {
        for (int i = 0; i < MetadataDepacketizer.LONGEST_BYTES / 1024; i++) {
            packet("x".repeat(1024), 1, false);
        }
        packet("", 1, true);
        assertThat(documents)
                .containsExactly("1 " + "x".repeat(MetadataDepacketizer.LONGEST_BYTES));
    }

    @Test
    void emptyPacketsAreNoDocuments() {
        packet("", 1, true);
        packet("", 2, false);
        packet("", 3, true);
        assertThat(documents).isEmpty();
    }
}
