package io.gapless.job.embedded;

import static java.util.Objects.requireNonNull;

import io.gapless.job.Role;
import java.util.Locale;
import java.util.Optional;

/**
 * A process of {@code nvr up}.
 *
 * @param number counts the members of a kind from 1; only replicas can be several
 */
public record Member(Kind kind, int number) {
    /** What a process is for. */
    public enum Kind {
        SIMULATOR,
        HDFS,
        PRIMARY,
        REPLICA
    }

    public static final Member SIMULATOR = new Member(Kind.SIMULATOR, 1);
    public static final Member HDFS = new Member(Kind.HDFS, 1);
    public static final Member PRIMARY = new Member(Kind.PRIMARY, 1);

    public Member {
        requireNonNull(kind, "kind is null");
        if (number < 1 || (number > 1 && kind != Kind.REPLICA)) {
            throw new IllegalArgumentException("there is no %s %d".formatted(kind, number));
        }
    }

    /**
     * @param number from 1
     */
    public static Member replica(int number) {
        return new Member(Kind.REPLICA, number);
    }

    /** The inverse of {@link #name()}. */
    static Member parse(String name) {
        String kind = name.replaceAll("\\d+$", "");
        String number = name.substring(kind.length());
        return new Member(
                Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                number.isEmpty() ? 1 : Integer.parseInt(number));
    }

    /** As it stands in file names and sentences: {@code primary}, {@code replica2}. */
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT) + suffix();
    }

    /** What a name has after its word: nothing for the first of a kind, so that one looks alone. */
    String suffix() {
        return number == 1 ? "" : Integer.toString(number);
    }

    /** The job that it runs, if it is a recorder. */
    Optional<Role> job() {
        return switch (kind) {
            case SIMULATOR, HDFS -> Optional.empty();
            case PRIMARY, REPLICA -> Optional.of(Role.parse(kind.name().toLowerCase(Locale.ROOT)));
        };
    }

    /** Members of a higher tier use those of a lower one; those of one tier are independent. */
    int tier() {
        return switch (kind) {
            case SIMULATOR -> 0;
            case HDFS -> 1;
            case PRIMARY, REPLICA -> 2;
        };
    }
}
