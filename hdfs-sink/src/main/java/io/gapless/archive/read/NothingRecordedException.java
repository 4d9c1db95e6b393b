package io.gapless.archive.read;

import java.io.IOException;

/** The archive holds nothing of what was asked for. The message is one sentence for people. */
public final class NothingRecordedException extends IOException {
    private static final long serialVersionUID = 1L;

    NothingRecordedException(String message) {
        super(message);
    }
}
