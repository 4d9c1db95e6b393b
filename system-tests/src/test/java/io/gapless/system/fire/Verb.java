package io.gapless.system.fire;

import java.util.Arrays;
import java.util.Locale;

/** What is done to a target. */
enum Verb {
    /** SIGKILL. */
    KILL,
    /** SIGTERM. */
    TERMINATE,
    /** SIGSTOP: the process keeps all it has and does nothing. */
    STOP,
    /** SIGCONT. */
    CONTINUE,
    /** Starts a process that has ended. */
    START,
    /** Nothing gets through a link, in silence: no connection breaks, no new one succeeds. */
    CUT,
    /** The link is as it was. */
    HEAL,
    /** The link carries so many percent of the rate of all video. */
    SLOW,
    /** The link loses so many percent of its packets; needs network namespaces. */
    LOSE,
    /** The disk of a DataNode fills up. */
    FILL_DISK,
    /** And is empty again. */
    FREE_DISK,
    /** The archive may not grow. */
    QUOTA,
    /** It may again. */
    LIFT_QUOTA,
    /** The job is stopped with a savepoint. */
    SAVEPOINT,
    /** The job is started from that savepoint. */
    RESTORE;

    /** As in a scenario: {@code fill-disk}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The verb of a word. */
    static Verb of(String word) {
        return Arrays.stream(values())
                .filter(verb -> verb.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown fault '" + word + "'"));
    }

    static boolean isWord(String word) {
        return Arrays.stream(values()).anyMatch(verb -> verb.word().equals(word));
    }
}
