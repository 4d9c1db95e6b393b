package io.gapless.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import io.gapless.media.GapCause;
import org.junit.jupiter.api.Test;

/** What a camera says of itself must not fill logs, nor forge their lines. */
class SessionEndTest {
    private static String told(String sentence) {
        return new SessionEnd.Failed(GapCause.CAMERA_PROTOCOL, sentence).sentence();
    }

    @Test
    void cutsLongSentences() {
        assertThat(told("offers " + "x".repeat(1_000_000))).hasSize(303).endsWith("...");
    }

    @Test
    void isOneLine() {
        assertThat(told("answered 500\r\n12:00 INFO all is well\u001b[2J"))
                .isEqualTo("answered 500??12:00 INFO all is well?[2J");
    }
}
